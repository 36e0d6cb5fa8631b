"""The door of invoicing."""

from onehall.contexts.invoicing.contracts import MoreThanAll, PaperUndone, RedReceipt, Undoing
from onehall.contexts.invoicing.queries import red_receipts, red_receipts_given
from onehall.contexts.invoicing.rules import undoing
from onehall.contexts.invoicing.services import issue_red

__all__ = [
    "MoreThanAll", "PaperUndone", "RedReceipt", "Undoing", "issue_red", "red_receipts", "red_receipts_given", "undoing",
]  # fmt: skip
