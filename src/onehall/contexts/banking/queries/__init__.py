"""Reading banking. What it owns belongs to one hall: outside the scope it is not found."""

from onehall.contexts.banking.queries.bags import (
    arrivals,
    bag,
    bagged,
    bags_of_hall,
    bank_line,
    findings,
    lines_by_reference,
    lines_labelled,
)
from onehall.contexts.banking.queries.months import hold_books, is_closed, month_close, month_closes
from onehall.contexts.banking.queries.transfers import transfers

__all__ = [
    "arrivals", "bag", "bagged", "bags_of_hall", "bank_line", "findings", "hold_books", "is_closed", "lines_by_reference",
    "lines_labelled", "month_close", "month_closes", "transfers",
]  # fmt: skip
