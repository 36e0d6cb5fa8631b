"""Tables of the subscriptions room."""

from onehall.contexts.subscriptions.models.changes import Move, Retention, Suspension

from onehall.contexts.subscriptions.models.lines import (  # isort: skip
    Ending, EndingWithdrawal, PointAddition, Subscription, Term,
)  # fmt: skip

__all__ = [
    "Ending", "EndingWithdrawal", "Move", "PointAddition", "Retention", "Subscription", "Suspension", "Term",
]  # fmt: skip
