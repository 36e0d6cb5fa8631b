"""Every hour: what is older than the retention policies say goes."""

from datetime import datetime

from onehall.runs.forget_old_rows import forget_old_rows


def forget_old(at: datetime) -> None:
    """Only what is done: an open session or a waiting event is never forgotten."""
    forget_old_rows(at=at)
