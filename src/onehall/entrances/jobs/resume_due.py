"""Every minute: note the suspensions whose day has come (CHG-03)."""

from datetime import datetime

from onehall.runs.resume_suspended import resume_suspended


def resume_due(at: datetime) -> None:
    """The clock says what has come."""
    resume_suspended(at=at)
