"""The door of the ledger."""

from onehall.contexts.ledger.contracts import (  # noqa: I001 - packed
    AccountKind, CallOut, CopiesMissing, Means, MeansNotOpen, PaidAlready, Payment, PaymentPosted, PaymentReversed, Receipt,
    ReceiptIssued, ReceiptStands, Tender, TendersDiffer, TooLittle, UndoneAlready,
)  # fmt: skip
from onehall.contexts.ledger.policies import OPEN_MEANS, RECEIPT_COPIES
from onehall.contexts.ledger.queries import (
    cash_is_booked, payment, payments_of_baskets, payments_of_party, posted_in, receipt, receipt_by_number, receipts_of_party, receipts_of_payment,
    receipts_of_payments,
)  # fmt: skip
from onehall.contexts.ledger.rules import (
    MEANS_NAMES, Role, Source, call_out, change_due, check_open, pay_in_cash, pay_mixed, suggest_tenders,
)  # fmt: skip
from onehall.contexts.ledger.services import (
    book_cash, book_clearing, book_earned, book_moved, book_opening, book_settled, book_unsold, establish_account, issue_receipt, post_payment, reverse_payment, unbook_cash, void_receipt,
)  # fmt: skip

__all__ = [
    "MEANS_NAMES", "OPEN_MEANS", "RECEIPT_COPIES", "AccountKind", "CallOut", "CopiesMissing", "Means", "MeansNotOpen",
    "PaidAlready", "Payment", "PaymentPosted", "PaymentReversed", "Receipt", "ReceiptIssued", "ReceiptStands", "Role", "Source",
    "Tender", "TendersDiffer", "TooLittle", "UndoneAlready", "book_cash", "book_clearing", "book_earned", "book_moved", "book_opening", "book_settled", "book_unsold", "call_out", "cash_is_booked",
    "change_due", "check_open", "establish_account", "issue_receipt", "pay_in_cash", "pay_mixed", "payment", "payments_of_baskets",
    "payments_of_party", "post_payment", "posted_in", "receipt", "receipt_by_number", "receipts_of_party", "receipts_of_payment",
    "receipts_of_payments", "reverse_payment", "suggest_tenders", "unbook_cash", "void_receipt",
]  # fmt: skip
