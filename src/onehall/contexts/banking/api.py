"""The door of banking."""

from onehall.contexts.banking.contracts import (  # noqa: I001 - packed
    Bag, BagRefused, BankFileRefused, BankLine, BankRow, Finding, Imported, MonthClose, Verdict,
)  # fmt: skip
from onehall.contexts.banking.policies import (
    BANK_DAYS, COLUMN_AMOUNT, COLUMN_DATE, COLUMN_LABEL, COLUMN_REFERENCE, DEPOSIT_HOUR,
)  # fmt: skip
from onehall.contexts.banking.queries import (
    arrivals, bag, bagged, bags_of_hall, bank_line, findings, hold_books, is_closed, lines_labelled, month_close, month_closes,
)  # fmt: skip
from onehall.contexts.banking.rules import bag_total, booking_moment, deadline, read_rows, reconcile
from onehall.contexts.banking.services import (
    claim_line, close_month, hand_over_bag, keep_bank_rows, note_finding, propose_close, seal_bag, sign_bag,
)  # fmt: skip

__all__ = [
    "BANK_DAYS", "COLUMN_AMOUNT", "COLUMN_DATE", "COLUMN_LABEL", "COLUMN_REFERENCE", "DEPOSIT_HOUR", "Bag", "BagRefused",
    "BankFileRefused", "BankLine", "BankRow", "Finding", "Imported", "MonthClose", "Verdict", "arrivals", "bag", "bag_total",
    "bagged", "bags_of_hall", "bank_line", "booking_moment", "claim_line", "close_month", "deadline", "findings", "hand_over_bag",
    "hold_books", "is_closed", "keep_bank_rows", "lines_labelled", "month_close", "month_closes", "note_finding", "propose_close",
    "read_rows",
    "reconcile", "seal_bag", "sign_bag",
]  # fmt: skip
