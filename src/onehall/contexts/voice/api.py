"""The door of voice."""

from onehall.contexts.voice.contracts import (  # noqa: I001 - packed
    CALLER_ID, Call, Grant, Line, LineState, MonthOfLine, NoSuchLine, TopUp, Waits,
)  # fmt: skip
from onehall.contexts.voice.policies import (
    HALF_FROM, LEAST_TOP_UP, MOST_TOP_UP, OPENING_ACCOUNT, OUTLIER_FACTOR, PREPAID_ACCOUNT, RAW_MONTHS, REVENUE_ACCOUNT, STOP_DAYS,
)  # fmt: skip
from onehall.contexts.voice.queries.bills import (
    bills_of_line, bills_of_run, run, runs, standing_run, wait_for_months,
)  # fmt: skip
from onehall.contexts.voice.queries.calls import (
    balance, balances, month_of_line, months_of, suspense, suspense_counts,
)  # fmt: skip
from onehall.contexts.voice.queries.lines import fees_of_month, line, line_by_id, lines_of, lines_used, plans  # fmt: skip
from onehall.contexts.voice.rules import (
    PER_FEN, Bill, MonthRun, Plan, Row, RunRefused, StateRefused, Taken, TopUpRefused, Unrated, check_in_use, check_shown, check_take_back, check_top_up, next_month,
)  # fmt: skip
from onehall.contexts.voice.services.calls import correct_charges, forget_raw, rate_calls, rate_line, take_calls  # fmt: skip
from onehall.contexts.voice.services.lines import hold_line, rename_line, set_line
from onehall.contexts.voice.services.months import approve_run, draft_bills, start_run, withdraw_run
from onehall.contexts.voice.services.takeover import take_over_lines, withdraw_lines
from onehall.contexts.voice.services.tariffs import establish_plan, establish_prefixes
from onehall.contexts.voice.services.topups import move_rest, take_back_top_up, take_rest, top_up

__all__ = [
    "CALLER_ID", "HALF_FROM", "LEAST_TOP_UP", "MOST_TOP_UP", "OPENING_ACCOUNT", "OUTLIER_FACTOR", "PER_FEN", "PREPAID_ACCOUNT", "RAW_MONTHS", "REVENUE_ACCOUNT", "STOP_DAYS",
    "Bill", "Call", "Grant", "Line", "LineState", "MonthOfLine", "MonthRun", "NoSuchLine", "Plan", "Row", "RunRefused", "StateRefused", "Taken",
    "TopUp", "TopUpRefused", "Unrated", "Waits", "approve_run", "balance", "balances", "bills_of_line", "bills_of_run", "check_in_use", "check_shown", "check_take_back", "check_top_up", "correct_charges", "draft_bills",
    "establish_plan", "establish_prefixes", "fees_of_month", "forget_raw", "hold_line", "line", "line_by_id", "lines_of", "lines_used", "month_of_line", "months_of", "move_rest", "next_month", "plans",
    "rate_calls", "rate_line", "rename_line", "run", "runs", "set_line", "standing_run", "start_run", "suspense", "suspense_counts", "take_back_top_up", "take_calls", "take_over_lines", "take_rest", "top_up",
    "wait_for_months", "withdraw_lines", "withdraw_run",
]  # fmt: skip
