"""Activities outside opening hours: asked for some days ahead (ESC-03). Values in, value out."""

import re
from datetime import datetime, time, timedelta

from onehall.foundation.escalation.contracts import ActivityRefused
from onehall.foundation.values.period import local

_HOURS = re.compile(r"(\d{1,2}):(\d{2})\s*[–-]\s*(\d{1,2}):(\d{2})")


def outside(*, hours: str, start: datetime, end: datetime) -> bool:
    """Whether some of it lies outside the hall's hours, written like 8:30–19:00; hours that cannot be read cover nothing."""
    found = _HOURS.search(hours)
    begin, finish = local(start), local(end)
    if found is None or begin.date() != finish.date():
        return True
    opens, closes = time(int(found[1]), int(found[2])), time(int(found[3]), int(found[4]))
    return begin.time() < opens or finish.time() > closes


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
