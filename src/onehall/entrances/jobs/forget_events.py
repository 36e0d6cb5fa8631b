"""Every hour: delete outbox rows that were announced long ago."""

from datetime import datetime, timedelta

from onehall.foundation.outbox.relay import forget

_KEPT = timedelta(days=2)  # long enough to look at after a weekend's trouble; nothing reads them


def forget_events(at: datetime) -> None:
    """Only rows that were taken; what waits is never forgotten."""
    forget(before=at - _KEPT)
