"""How invoices say no: one class, its reasons by code, so that a screen and a programme hear the same."""

from onehall.contexts.invoicing.rules.reasons import BUYER, WHY
from onehall.foundation.refusals import Refusal


class InvoiceRefused(Refusal):
    """An invoice that is not made, or not handed out, and what to do instead."""

    code = "invoicing.invoice_refused"
    rule = "RCP-04"
    zh = "{why}。"
    en = "{why_en}."
    alternative_zh = "{do}"
    alternative_en = "{do_en}"


class InvoiceIrregular(InvoiceRefused):
    """空开、套开, or written by hand without its signatures (RCP-03)."""

    code = "invoicing.invoice_irregular"
    rule = "RCP-03"


class AgencyCollected(InvoiceRefused):
    """Money of somebody else is invoiced by them (CAT-11)."""

    code = "invoicing.agency_collected"
    rule = "CAT-11"


class BadBuyer(Refusal):
    """Title data that no invoice can bear."""

    code = "invoicing.bad_buyer"
    rule = "LAW-31"
    status = 400
    zh = "{why}。"
    en = "{why_en}."
    alternative_zh = "{do}"
    alternative_en = "{do_en}"


_CLASSES: dict[str, type[InvoiceRefused]] = {
    "agency": AgencyCollected,
    **dict.fromkeys(("unsigned", "same_person", "empty", "undone"), InvoiceIrregular),
}


def refused(reason: str, *, field: str | None = None, **facts: object) -> InvoiceRefused:
    """The refusal for a reason of `WHY`, its facts written into both sentences."""
    why, instead = WHY[reason]
    return _CLASSES.get(reason, InvoiceRefused)(
        field=field, why=why.zh.format(**facts), why_en=why.en.format(**facts), do=instead.zh, do_en=instead.en
    )  # fmt: skip


def bad(field: str) -> BadBuyer:
    """The refusal of a field of the title data."""
    why, instead = BUYER[field]
    return BadBuyer(field=field, why=why.zh, why_en=why.en, do=instead.zh, do_en=instead.en)
