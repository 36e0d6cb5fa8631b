"""Reading voice."""

from onehall.contexts.voice.queries.bills import (  # noqa: I001 - packed
    bills_of_line, bills_of_run, run, runs, standing_run, wait_for_months, wait_for_rating,
)  # fmt: skip
from onehall.contexts.voice.queries.calls import (
    balance, balances, month_of_line, months_of, suspense, suspense_counts,
)  # fmt: skip
from onehall.contexts.voice.queries.lines import (
    fees_of_month, line, line_by_id, lines_of, lines_used, plans, rent_free,
)  # fmt: skip

__all__ = [
    "balance", "balances", "bills_of_line", "bills_of_run", "fees_of_month", "line", "line_by_id", "lines_of", "lines_used", "month_of_line", "months_of", "plans", "rent_free", "run", "runs",
    "standing_run", "suspense", "suspense_counts", "wait_for_months", "wait_for_rating",
]  # fmt: skip
