"""The door of voice."""

from onehall.contexts.voice.contracts import (  # noqa: I001 - packed
    CALLER_ID, Call, Grant, Line, LineState, MonthOfLine, NoSuchLine, TopUp, Waits,
)  # fmt: skip
from onehall.contexts.voice.policies import (
    HALF_FROM, LEAST_TOP_UP, MOST_TOP_UP, OUTLIER_FACTOR, PREPAID_ACCOUNT, RAW_MONTHS, REVENUE_ACCOUNT, STOP_DAYS,
)  # fmt: skip
from onehall.contexts.voice.queries import (
    balance, balances, bills_of_line, bills_of_run, line, line_by_id, lines_of, month_of_line, months_of, plans, run, runs, standing_run,
    suspense, suspense_counts,
)  # fmt: skip
from onehall.contexts.voice.rules import (
    PER_FEN, Bill, MonthRun, Plan, Row, RunRefused, StateRefused, Taken, TopUpRefused, check_shown, check_take_back, check_top_up, next_month,
)  # fmt: skip
from onehall.contexts.voice.services import (
    approve_run, correct_charges, draft_bills, establish_plan, establish_prefixes, forget_raw, rate_calls, set_line, start_run,
    take_back_top_up, take_calls, top_up, withdraw_run,
)  # fmt: skip

__all__ = [
    "CALLER_ID", "HALF_FROM", "LEAST_TOP_UP", "MOST_TOP_UP", "OUTLIER_FACTOR", "PER_FEN", "PREPAID_ACCOUNT", "RAW_MONTHS", "REVENUE_ACCOUNT", "STOP_DAYS",
    "Bill", "Call", "Grant", "Line", "LineState", "MonthOfLine", "MonthRun", "NoSuchLine", "Plan", "Row", "RunRefused", "StateRefused", "Taken",
    "TopUp", "TopUpRefused", "Waits", "approve_run", "balance", "balances", "bills_of_line", "bills_of_run", "check_shown", "check_take_back", "check_top_up", "correct_charges", "draft_bills",
    "establish_plan", "establish_prefixes", "forget_raw", "line", "line_by_id", "lines_of", "month_of_line", "months_of", "next_month", "plans",
    "rate_calls", "run", "runs", "set_line", "standing_run", "start_run", "suspense", "suspense_counts", "take_back_top_up", "take_calls", "top_up",
    "withdraw_run",
]  # fmt: skip
