"""Deciding about telephone lines: values in, values out."""

from onehall.contexts.voice.rules.bills import Bill  # noqa: I001 - packed
from onehall.contexts.voice.rules.lines import (
    Plan, Row, StateRefused, Taken, Unrated, check_number, check_state,
)  # fmt: skip
from onehall.contexts.voice.rules.months import (
    MonthRun, RunRefused, check_approval, check_shown, check_start, check_withdrawal, next_month,
)  # fmt: skip
from onehall.contexts.voice.rules.topups import (
    PER_FEN, TopUpRefused, check_in_use, check_take_back, check_top_up,
)  # fmt: skip

__all__ = [
    "PER_FEN", "Bill", "MonthRun", "Plan", "Row", "RunRefused", "StateRefused", "Taken", "TopUpRefused", "Unrated", "check_approval", "check_in_use", "check_number", "check_shown",
    "check_start", "check_state", "check_take_back", "check_top_up", "check_withdrawal", "next_month",
]  # fmt: skip
