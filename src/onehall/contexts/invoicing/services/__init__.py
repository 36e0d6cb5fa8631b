"""Writing the papers after a receipt: nothing is ever changed."""

from onehall.contexts.invoicing.services.invoices import (  # noqa: I001 - packed
    ask_invoice, ask_red, check_not_invoiced, collect, issue_on_paper, note_answer, sign, take_due, withdraw,
)  # fmt: skip
from onehall.contexts.invoicing.services.papers import issue_red

__all__ = [
    "ask_invoice", "ask_red", "check_not_invoiced", "collect", "issue_on_paper", "issue_red", "note_answer", "sign",
    "take_due", "withdraw",
]  # fmt: skip
