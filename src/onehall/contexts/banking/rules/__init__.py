"""Deciding about bags and the bank's record: values in, values out."""

from onehall.contexts.banking.rules.bags import bag_total, check_sealing, deadline
from onehall.contexts.banking.rules.bank import read_rows, reconcile
from onehall.contexts.banking.rules.months import booking_moment, check_close

__all__ = [
    "bag_total",
    "booking_moment",
    "check_close",
    "check_sealing",
    "deadline",
    "read_rows",
    "reconcile",
]
