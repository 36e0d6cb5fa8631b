"""The door of clearing."""

from onehall.contexts.clearing.contracts import (  # noqa: I001 - packed
    Bill, Difference, DifferenceRefused, File, FileRefused, Found, Kind, Ours, Row, Verdict,
)  # fmt: skip
from onehall.contexts.clearing.policies import (
    BANK_ACCOUNT, BILL_DAYS, BILL_HOUR, DIFFERENCE_ACCOUNT, FEE_ACCOUNT, FEES, SETTLING_HALL,
)  # fmt: skip
from onehall.contexts.clearing.ports import BillSource
from onehall.contexts.clearing.queries import (
    bills,
    bills_due,
    booked,
    days_read,
    difference,
    differences,
    wait_for_turn,
)
from onehall.contexts.clearing.rules import compare, fee_of, shares
from onehall.contexts.clearing.services import Moves, heard_late, keep_bill, settle_bill, settle_difference

__all__ = [
    "BANK_ACCOUNT", "BILL_DAYS", "BILL_HOUR", "DIFFERENCE_ACCOUNT", "FEES", "FEE_ACCOUNT", "SETTLING_HALL", "Bill", "BillSource",
    "Difference", "DifferenceRefused", "File", "FileRefused", "Found", "Kind", "Moves", "Ours", "Row", "Verdict", "bills",
    "bills_due", "booked", "compare", "days_read", "difference", "differences", "fee_of", "heard_late", "keep_bill", "settle_bill",
    "settle_difference", "shares", "wait_for_turn",
]  # fmt: skip
