"""Reading drawers and their close. A drawer belongs to one hall: outside the scope it is not found."""

from onehall.contexts.custody.queries.closing import drawer_counts, drawer_steps, standing_count, takings_due
from onehall.contexts.custody.queries.drawers import (
    closed_drawers,
    drawer,
    drawer_balance,
    drawer_of_clerk,
    drawer_of_counter,
    drawer_payments,
    drawer_standing,
    float_before,
    hold_counter,
    last_entry,
    open_drawers,
)

__all__ = [
    "closed_drawers", "drawer", "drawer_balance", "drawer_counts", "drawer_of_clerk", "drawer_of_counter",
    "drawer_payments", "drawer_standing", "drawer_steps", "float_before", "hold_counter", "last_entry", "open_drawers", "standing_count", "takings_due",
]  # fmt: skip
