"""When things are due. Days are counted by a calendar that is handed in; times of day are local."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum

from onehall.foundation.values.period import local, midnight

Urgency = StrEnum("Urgency", "EASY SOON LATE")
"""How near a limit is: amber before red (WRK-06)."""


@dataclass(frozen=True, slots=True)
class WorkCalendar:
    """Which days count. `holidays` do not, `exchanged` weekend days do (LAW-34); by default Monday to Friday."""

    weekend: frozenset[int] = frozenset({5, 6})  # structural: Saturday and Sunday of date.weekday()
    holidays: frozenset[date] = field(default_factory=frozenset)
    exchanged: frozenset[date] = field(default_factory=frozenset)

    def works(self, day: date) -> bool:
        """Whether `day` is a working day."""
        return day in self.exchanged or (day not in self.holidays and day.weekday() not in self.weekend)


def add_working_days(day: date, days: int, calendar: WorkCalendar) -> date:
    """The working day that lies `days` after `day`, which itself does not count; 0 is the next one from `day` on."""
    while not calendar.works(day) and days == 0:
        day += timedelta(days=1)
    while days > 0:
        day += timedelta(days=1)
        days -= calendar.works(day)
    return day


def _end_of(day: date) -> datetime:
    return midnight(day + timedelta(days=1))


def install_due(paid_at: datetime, *, working_days: int, calendar: WorkCalendar) -> datetime:
    """The end of the last working day on which the line must be in (WRK-06)."""
    return _end_of(add_working_days(local(paid_at).date(), working_days, calendar))


def return_due(finished_at: datetime, *, working_days: int, calendar: WorkCalendar) -> datetime:
    """The end of the last working day on which the signed sheet comes back (WRK-02)."""
    return _end_of(add_working_days(local(finished_at).date(), working_days, calendar))


def dispatch_due(accepted_at: datetime, *, by_minute: int) -> datetime:
    """Orders taken in a day are handed over the same day (WRK-03); one taken after the hour, before midnight."""
    day = local(accepted_at).date()
    due = midnight(day) + timedelta(minutes=by_minute)
    return due if due > accepted_at else _end_of(day)


def follow_up_due(since: datetime, *, wait: int, opens: int, closes: int) -> datetime:
    """`wait` minutes later, but never at an hour when nobody is called (WRK-05, WRK-13); minutes of the day."""
    due = local(since + timedelta(minutes=wait))
    start = midnight(due.date())
    if due < start + timedelta(minutes=opens):
        return start + timedelta(minutes=opens)
    if due >= start + timedelta(minutes=closes):
        return midnight(due.date() + timedelta(days=1)) + timedelta(minutes=opens)
    return due


def urgency(until: datetime | None, *, at: datetime, warn_before: int) -> Urgency:
    """Red when the limit has passed, amber within `warn_before` minutes of it."""
    if until is None or at < until - timedelta(minutes=warn_before):
        return Urgency.EASY
    return Urgency.LATE if at >= until else Urgency.SOON
