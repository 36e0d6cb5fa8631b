"""What the documents part asks of the outside: a printer."""

from dataclasses import dataclass
from typing import Protocol

from onehall.foundation.documents.contracts import Document, Outcome, PrintJob


@dataclass(frozen=True, slots=True)
class Answer:
    """How a print ended: PRINTED, FAILED (no whole copy can have come out) or UNCLEAR; `failure` in a word."""

    outcome: Outcome
    failure: str = ""


class Printer(Protocol):
    """A printer at an address. It never raises for what printers do: it answers."""

    def print(self, *, document: Document, job: PrintJob, lang: str) -> Answer:
        """Puts one copy on paper, or says why not. Returns within the adapter's own time limits."""
        ...
