"""The door of invoicing."""

from onehall.contexts.invoicing.contracts import (  # noqa: I001 - packed
    Buyer, Invoice, InvoiceKind, InvoiceLine, InvoiceState, MoreThanAll, PaperUndone, RedReceipt, Undoing,
)  # fmt: skip
from onehall.contexts.invoicing.policies import ASK_SECONDS, CATEGORIES, COLLECT_DAYS, OPEN_KINDS, READY_DAYS, REQUEST_MONTHS, STUB_YEARS  # fmt: skip
from onehall.contexts.invoicing.ports import Answer, Said, TaxSide, Wanted
from onehall.contexts.invoicing.queries import (
    hold_payment, invoice, invoiced_by_order, invoices_of_hall, invoices_of_payment, left_invoiced, papers_given, red_receipts,
    red_receipts_given, reversed_by_order,
)  # fmt: skip
from onehall.contexts.invoicing.rules import (
    AGENCY, BadBuyer, InvoiceRefused, Sold, buyer_of, category_of, check_time, is_left_out, kept_until, lines_of, reason_of, red_lines,
    refused, undoing,
)  # fmt: skip
from onehall.contexts.invoicing.services import (
    ask_invoice, ask_red, check_not_invoiced, collect, issue_on_paper, issue_red, note_answer, sign, take_due, withdraw,
)  # fmt: skip

__all__ = [
    "AGENCY", "ASK_SECONDS", "CATEGORIES", "COLLECT_DAYS", "OPEN_KINDS", "READY_DAYS", "REQUEST_MONTHS", "STUB_YEARS",
    "Answer", "BadBuyer", "Buyer", "Invoice", "InvoiceKind", "InvoiceLine", "InvoiceRefused", "InvoiceState",
    "MoreThanAll", "PaperUndone", "RedReceipt", "Said", "Sold", "TaxSide", "Undoing", "Wanted", "ask_invoice",
    "ask_red", "buyer_of", "category_of", "check_not_invoiced", "check_time", "collect", "hold_payment", "invoice",
    "invoiced_by_order", "invoices_of_hall", "invoices_of_payment", "is_left_out", "issue_on_paper", "issue_red",
    "kept_until", "left_invoiced", "lines_of", "note_answer", "papers_given", "reason_of", "red_lines", "red_receipts",
    "red_receipts_given", "refused", "reversed_by_order", "sign", "take_due", "undoing", "withdraw",
]  # fmt: skip
