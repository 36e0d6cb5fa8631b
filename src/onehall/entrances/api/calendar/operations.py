"""Working days and opening hours: as they stand day by day, and changed from a day on (LAW-34, LAW-35)."""

from datetime import timedelta
from typing import Any

from ninja import Query
from pydantic import Field

from onehall.contexts.organisation import api as organisation
from onehall.entrances.api.shared.operation import Noun
from onehall.entrances.api.shared.schema import Day, Given, Shown, Word
from onehall.foundation.values.period import local
from onehall.foundation.values.text import Text
from onehall.foundation.web.requests import Request
from onehall.journeys.set_calendar_days import DaysGiven, set_calendar_days
from onehall.journeys.set_opening_hours import HoursGiven, set_opening_hours

noun = Noun(Text("日历与营业时间", "Calendar and opening hours"))
_CHANGE: dict[str, Any] = {"permission": "calendar.change"}
_FAR = 9000  # structural: the last year that a calendar is asked for, below the end of what dates can say


class SpanAsked(Given):
    """From which day on, and how many; from today without one."""

    first: Day | None = None
    days: int = Field(31, ge=1, le=366)


class PlannedDay(Shown):
    """A day as it stands; `hours` empty is closed."""

    day: Day
    works: bool
    name: str
    hours: str


class CalendarDays(Given):
    """`hours`: null keeps the weekday's, empty closes. `everywhere`: in every hall, for headquarters."""

    first: Day
    last: Day
    kind: organisation.DayKind
    name: Word = ""
    hours: Word | None = None
    reason: Word = Field(min_length=1)
    everywhere: bool = False


class Opening(Given):
    """Weekdays from 0 (Monday) to 6; `last` null is for good; `hours` empty closes."""

    weekdays: list[int] = Field(min_length=1, max_length=7)
    first: Day
    last: Day | None = None
    hours: Word
    reason: Word = Field(min_length=1)


@noun.operation("GET", "/calendar", permission="board.view", words=Text("日历", "The calendar day by day"), shows=list[PlannedDay])  # fmt: skip
def planned(request: Request, asked: SpanAsked = Query(...)) -> Any:  # noqa: B008 - how a query is declared
    return _plan(request, asked.first or local(request.at).date(), asked.days)


@noun.operation("POST", "/calendar/days", words=Text("定日子", "Set days"), shows=list[PlannedDay], **_CHANGE)
def days(request: Request, given: CalendarDays) -> Any:
    words = DaysGiven(**given.model_dump())
    set_calendar_days(given=words, by=request.actor, at=request.at)
    return _plan(request, given.first, (given.last - given.first).days + 1)


@noun.operation("POST", "/calendar/hours", words=Text("改营业时间", "Change opening hours"), shows=list[PlannedDay], **_CHANGE)  # fmt: skip
def hours(request: Request, given: Opening) -> Any:
    words = HoursGiven(tuple(given.weekdays), given.first, given.last, given.hours, given.reason)
    set_opening_hours(given=words, by=request.actor, at=request.at)
    return _plan(request, given.first, 7)


def _plan(request: Request, first: Day, days: int) -> list[organisation.DayPlan]:
    calendar = organisation.calendar_of(request.actor.hall_id, scope=request.actor.scope)
    if first.year > _FAR:
        why, why_en = "日子太远", "that is too far away"
        raise organisation.CalendarRefused(field="first", why=why, why_en=why_en)
    return [organisation.plan_of(first + timedelta(days=ahead), calendar) for ahead in range(days)]
