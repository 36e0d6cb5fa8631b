"""The door of banking."""

from onehall.contexts.banking.contracts import (  # noqa: I001 - packed
    Bag, BagRefused, BankFileRefused, BankLine, BankRow, Finding, Imported, MonthClose, Verdict,
)  # fmt: skip
from onehall.contexts.banking.policies import (
    BANK_DAYS, COLUMN_AMOUNT, COLUMN_DATE, COLUMN_LABEL, COLUMN_PAYER, COLUMN_REFERENCE, DEPOSIT_HOUR,
)  # fmt: skip
from onehall.contexts.banking.queries import (
    arrivals, bag, bagged, bags_of_hall, bank_line, findings, hold_books, is_closed, lines_labelled, month_close, month_closes,
    transfers,
)  # fmt: skip
from onehall.contexts.banking.rules import (
    Sought, Transfer, TransferRefused, bag_total, booking_moment, chosen, deadline, read_rows, reconcile, sought, used_before,
)  # fmt: skip
from onehall.contexts.banking.services import (
    claim_line, close_month, hand_over_bag, keep_bank_rows, note_finding, propose_close, seal_bag, sign_bag,
)  # fmt: skip

__all__ = [
    "BANK_DAYS", "COLUMN_AMOUNT", "COLUMN_DATE", "COLUMN_LABEL", "COLUMN_PAYER", "COLUMN_REFERENCE", "DEPOSIT_HOUR", "Bag", "BagRefused",
    "BankFileRefused", "BankLine", "BankRow", "Finding", "Imported", "MonthClose", "Sought", "Transfer", "TransferRefused", "Verdict",
    "arrivals", "bag", "bag_total", "bagged", "bags_of_hall", "bank_line", "booking_moment", "chosen", "claim_line", "close_month",
    "deadline", "findings", "hand_over_bag", "hold_books", "is_closed", "keep_bank_rows", "lines_labelled", "month_close", "month_closes",
    "note_finding", "propose_close", "read_rows", "reconcile", "seal_bag", "sign_bag", "sought", "transfers", "used_before",
]  # fmt: skip
