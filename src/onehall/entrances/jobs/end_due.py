"""Every minute: end the subscriptions whose booked end has come (CHG-02)."""

from datetime import datetime

from onehall.runs.end_due_subscriptions import end_due_subscriptions


def end_due(at: datetime) -> None:
    """The clock says what has come."""
    end_due_subscriptions(at=at)
