"""Spans of time: half-open, aware, reckoned in the calendar of the place where the hall stands."""

import calendar
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from typing import TypeVar
from zoneinfo import ZoneInfo

CHINA = ZoneInfo("Asia/Shanghai")
"""The one civil time of the country whose law and money the product knows."""

Day = TypeVar("Day", datetime, date)


@dataclass(frozen=True, slots=True)
class Period:
    """From `start` up to, not including, `end`. Both know their zone; a period is never empty."""

    start: datetime
    end: datetime

    def __post_init__(self) -> None:
        if self.start.utcoffset() is None or self.end.utcoffset() is None:
            raise ValueError("a period is made of aware datetimes")
        if self.start >= self.end:
            raise ValueError(f"a period ends after it starts: {self.start} … {self.end}")

    def __contains__(self, at: datetime) -> bool:
        return self.start <= at < self.end

    def overlaps(self, other: "Period") -> bool:
        """Whether the two share an instant; periods that only touch do not."""
        return self.start < other.end and other.start < self.end

    @classmethod
    def months_from(cls, start: datetime, months: int, *, zone: tzinfo = CHINA) -> "Period":
        """A term of whole months: the same day `months` later, or that month's last day."""
        return cls(start, add_months(start, months, zone=zone))


def local(at: datetime, *, zone: tzinfo = CHINA) -> datetime:
    """The same instant on the wall clock of `zone`. A naive datetime is refused."""
    if at.utcoffset() is None:
        raise ValueError(f"{at} does not know its zone")
    return at.astimezone(zone)


def midnight(day: date, *, zone: tzinfo = CHINA) -> datetime:
    """The first instant of a calendar day."""
    return datetime(day.year, day.month, day.day, tzinfo=zone)


def add_months(anchor: Day, months: int, *, zone: tzinfo = CHINA) -> Day:
    """`months` after (or before) the anchor, on the anchor's day of the local calendar, else on the month's last day.

    Count every term from its anchor, not from the previous term's end: 31 January + 2 is 31 March, while
    + 1 + 1 is 28 March. A datetime comes back in `zone` with its wall-clock time; a date stays a date.
    """
    day = local(anchor, zone=zone) if isinstance(anchor, datetime) else anchor
    years, month0 = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month0 + 1
    last = calendar.monthrange(year, month)[1]
    return day.replace(year=year, month=month, day=min(day.day, last))


def add_years(anchor: Day, years: int, *, zone: tzinfo = CHINA) -> Day:
    """Twelve months a year: 29 February comes back on 28 February where there is no 29th."""
    return add_months(anchor, 12 * years, zone=zone)


def day_of(day: date, *, zone: tzinfo = CHINA) -> Period:
    """One calendar day."""
    return Period(midnight(day, zone=zone), midnight(day + timedelta(days=1), zone=zone))


def month_of(day: date, *, zone: tzinfo = CHINA) -> Period:
    """The calendar month that holds `day`."""
    return _months(day.replace(day=1), 1, zone)


def quarter_of(day: date, *, zone: tzinfo = CHINA) -> Period:
    """The calendar quarter that holds `day`."""
    return _months(date(day.year, (day.month - 1) // 3 * 3 + 1, 1), 3, zone)


def year_of(day: date, *, zone: tzinfo = CHINA) -> Period:
    """The calendar year that holds `day`."""
    return _months(date(day.year, 1, 1), 12, zone)


def _months(first: date, count: int, zone: tzinfo) -> Period:
    return Period(midnight(first, zone=zone), midnight(add_months(first, count), zone=zone))
