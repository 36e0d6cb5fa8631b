"""The door of balances."""

from onehall.contexts.balances.contracts import BalanceRefused, Kind, Movement
from onehall.contexts.balances.policies import LEAST_DEPOSIT, MOST_DEPOSIT
from onehall.contexts.balances.queries import balance_of, movements_of
from onehall.contexts.balances.rules import check_deposit, check_refund
from onehall.contexts.balances.services import deposit, move_in, put_back, refund, spend, take_back_deposit

__all__ = [
    "LEAST_DEPOSIT", "MOST_DEPOSIT", "BalanceRefused", "Kind", "Movement", "balance_of", "check_deposit", "check_refund", "deposit", "move_in", "movements_of",
    "put_back", "refund", "spend", "take_back_deposit",
]  # fmt: skip
