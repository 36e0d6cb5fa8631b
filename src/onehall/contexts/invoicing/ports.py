"""What invoicing asks of the outside: the tax side, which gives electronic invoices their numbers."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from onehall.contexts.invoicing.contracts import Invoice, InvoiceLine

__all__ = ["Answer", "Invoice", "InvoiceLine", "Said", "TaxSide", "Wanted"]


class Said(StrEnum):
    """UNKNOWN: no answer, or not now (quota used up, closed): the same question is put again."""

    ISSUED = "issued"
    REFUSED = "refused"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Wanted:
    """The invoice to be issued under our serial; `red_of` is the number of the one that it reverses."""

    invoice: Invoice
    seller: str
    red_of: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """What the tax side said; the number has 20 digits (数电票)."""

    said: Said
    number: str = ""
    issued_at: datetime | None = None
    why: str = ""


class TaxSide(Protocol):
    """It never raises for what networks do. Asked twice under one serial it issues one invoice and says the same again."""

    def issue(self, wanted: Wanted, *, at: datetime) -> Answer:
        """Issues it, or says why not."""
        ...
