"""Activities outside opening hours: asked for some days ahead (ESC-03). Values in, value out."""

from datetime import datetime, timedelta

from onehall.foundation.escalation.contracts import ActivityRefused
from onehall.foundation.values.hours import read_hours
from onehall.foundation.values.period import local

_HOUR = 60  # structural: minutes


def outside(*, hours: str, start: datetime, end: datetime) -> bool:
    """Whether some of it lies outside the hall's hours of that day; closed hours, or hours that cannot be read, cover nothing."""
    begin, finish = local(start), local(end)
    if begin.date() != finish.date():
        return True
    try:
        open_at = read_hours(hours)
    except ValueError:
        return True
    first, last = (moment.hour * _HOUR + moment.minute for moment in (begin, finish))
    return not any(opens <= first and last <= closes for opens, closes in open_at)


def check(*, title: str, hours: str, start: datetime, end: datetime, days: int, at: datetime) -> None:
    """Raises ActivityRefused where it has no name or no length, lies within opening hours, or is asked for too late.

    Days are counted by the calendar: asked for on Monday for Thursday, it is three days ahead.
    """
    if not title.strip():
        raise ActivityRefused(field="title", why="没有写活动内容", why_en="it has no name")
    if end <= start:
        raise ActivityRefused(field="end", why="结束早于开始", why_en="it ends before it begins")
    if not outside(hours=hours, start=start, end=end):
        raise ActivityRefused(
            field="start",
            why=f"在营业时间（{hours}）以内，不用申请",
            why_en=f"it lies within opening hours ({hours})",
        )
    if local(start).date() < local(at).date() + timedelta(days=days):
        raise ActivityRefused(
            field="start", why=f"至少提前 {days} 天申请", why_en=f"it is asked for {days} days ahead"
        )
