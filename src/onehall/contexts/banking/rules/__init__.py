"""Deciding about bags and the bank's record: values in, values out."""

from onehall.contexts.banking.rules.bags import bag_total, check_sealing, deadline
from onehall.contexts.banking.rules.bank import read_rows, reconcile
from onehall.contexts.banking.rules.months import booking_moment, check_close
from onehall.contexts.banking.rules.transfers import (
    Sought,
    Transfer,
    TransferRefused,
    chosen,
    masked,
    sought,
    used_before,
)

__all__ = [
    "Sought",
    "Transfer",
    "TransferRefused",
    "bag_total",
    "booking_moment",
    "check_close",
    "check_sealing",
    "chosen",
    "deadline",
    "masked",
    "read_rows",
    "reconcile",
    "sought",
    "used_before",
]
