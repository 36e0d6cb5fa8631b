"""Pure decisions: at what hour a notice may leave, and when it is tried again."""

from datetime import datetime, timedelta

from onehall.foundation.values.period import local

_DOUBLINGS = 16


def may_leave(at: datetime, *, opens: int, closes: int) -> datetime:
    """`at` itself within the hours of the day (minutes since midnight, Chinese time), else the next opening."""
    here = local(at)
    minute = here.hour * 60 + here.minute
    if opens <= minute < closes:
        return at
    midnight = here.replace(hour=0, minute=0, second=0, microsecond=0)
    return midnight + timedelta(days=int(minute >= closes), minutes=opens)


def try_again(at: datetime, *, attempts: int, retry_seconds: int) -> datetime:
    """The wait doubles with each attempt made so far, from 1."""
    return at + timedelta(seconds=retry_seconds * 2 ** min(attempts - 1, _DOUBLINGS))
