"""Deciding whether a month may be closed (CSH-05)."""

from datetime import date, datetime, timedelta

from onehall.foundation.refusals import PeriodClosed
from onehall.foundation.values.period import Period, midnight

_LAST = timedelta(microseconds=1)


def check_close(*, span: Period, at: datetime, open_items: int, closed: bool) -> None:
    """A month is closed whole, once, after its end, and with nothing left open. Raises PeriodClosed."""
    if closed:
        raise PeriodClosed(
            why="这个月已经月结",
            why_en="This month is closed already",
            do="请看月结单。",
            do_en="See its sheet.",
        )
    if at < span.end:
        raise PeriodClosed(
            why="这个月还没有过完", why_en="This month is not over yet", do="下月 1 日起办理。",
            do_en="Close it from the first of the next month on.",
        )  # fmt: skip
    if open_items:
        raise PeriodClosed(
            why=f"还有 {open_items} 项没有办完", why_en=f"{open_items} things are still open",
            do="请逐项办完或说明，页面上有链接。", do_en="Finish or explain each; the page links to them.",
        )  # fmt: skip


def booking_moment(booked_on: date, *, at: datetime, closed: bool) -> datetime:
    """When a line of the bank's record is booked: at the end of the bank's day, never later than now; now where its month is closed."""
    end_of_day = midnight(booked_on + timedelta(days=1)) - _LAST
    return at if closed else min(at, end_of_day)
