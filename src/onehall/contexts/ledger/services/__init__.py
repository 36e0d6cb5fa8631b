"""Writing the ledger: one verb each, inside the caller's transaction. Nothing is ever changed."""

from onehall.contexts.ledger.services.cash import (
    book_cash,
    book_clearing,
    book_earned,
    book_moved,
    book_opening,
    book_settled,
    book_unsold,
    unbook_cash,
)
from onehall.contexts.ledger.services.payments import (
    establish_account,
    issue_receipt,
    post_payment,
    reverse_payment,
    void_receipt,
)

__all__ = [
    "book_cash", "book_clearing", "book_earned", "book_moved", "book_opening", "book_settled", "book_unsold", "establish_account", "issue_receipt", "post_payment", "reverse_payment", "unbook_cash",
    "void_receipt",
]  # fmt: skip
