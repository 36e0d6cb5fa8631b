"""What is typed about days and hours, and what it would change."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from django.http import QueryDict

from onehall.contexts.fieldwork import api as fieldwork
from onehall.contexts.organisation import api as organisation
from onehall.entrances.board.pages import Unreadable
from onehall.foundation.policy.services import policy_book
from onehall.foundation.values.period import local
from onehall.foundation.values.text import Text
from onehall.foundation.web.requests import Request
from onehall.journeys.set_calendar_days import DaysGiven
from onehall.journeys.set_opening_hours import HoursGiven

HOLIDAY, WORKDAY, ORDINARY = organisation.DayKind
KINDS = {
    HOLIDAY: Text("放假", "day off"),
    WORKDAY: Text("调休上班", "worked instead"),
    ORDINARY: Text("恢复平常", "as usual again"),
}
WEEKDAYS = [
    Text(f"周{zh}", en)
    for zh, en in zip("一二三四五六日", ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"], strict=True)
]
_SHOWN = 14
_AHEAD = 100  # structural: days that a preview looks ahead


def days_given(given: QueryDict) -> DaysGiven:
    """Days off, worked or as usual. Raises Unreadable."""
    try:
        kind = organisation.DayKind(given.get("kind", ""))
    except ValueError:
        raise Unreadable(what="放假还是上班", what_en="Day off or worked", field="kind") from None
    first = _day(given, "first_day")
    return DaysGiven(
        first=first, last=_day(given, "last_day") if given.get("last_day") else first, kind=kind,
        name=given.get("name", ""), hours=_own_hours(given), reason=given.get("reason", ""),
        everywhere=given.get("where") == "all",
    )  # fmt: skip


def hours_given(given: QueryDict) -> HoursGiven:
    """Opening hours from a day on. Raises Unreadable."""
    chosen = [number for number in given.getlist("weekdays") if number in "0123456" and number]
    return HoursGiven(
        weekdays=tuple(int(number) for number in chosen), first=_day(given, "from_day"),
        last=_day(given, "to_day") if given.get("to_day") else None,
        hours="" if given.get("closed") else _needed(given), reason=given.get("why", ""),
    )  # fmt: skip


def changes(request: Request) -> dict[str, Any]:
    """The days that would look otherwise, and until when an installation paid today would be due. Raises what saving raises."""
    by, today = request.actor, local(request.at).date()
    before = organisation.calendar_of(by.hall_id, scope=by.scope)
    if request.GET.get("what") == "hours":
        opening = hours_given(request.GET).word(today=today)
        after, first = replace(before, openings=(*before.openings, opening)), opening.first_day
    else:
        words = days_given(request.GET).words(hall_id=by.hall_id, today=today)
        after, first = replace(before, days=(*before.days, *words)), words[0].day
    found = organisation.changed_days(before, after, first=first, days=_AHEAD)
    due = [_due(request, calendar) for calendar in (before, after)]
    return {"changed": found[:_SHOWN], "more": len(found) - _SHOWN, "due": due if due[0] != due[1] else None}


def _due(request: Request, calendar: organisation.HallCalendar) -> date:
    off, worked = organisation.work_days(calendar.days, since=local(request.at).date())
    days = policy_book(hall_id=request.actor.hall_id, at=request.at)[fieldwork.INSTALL_WORKING_DAYS]
    counted = fieldwork.WorkCalendar(holidays=off, exchanged=worked)
    until = fieldwork.install_due(request.at, working_days=days, calendar=counted)
    return local(until - timedelta(seconds=1)).date()


def _own_hours(given: QueryDict) -> str | None:
    """None where the day keeps the hours of its weekday."""
    if given.get("opens") == "closed":
        return ""
    return given.get("hours", "") or None if given.get("opens") == "own" else None


def _needed(given: QueryDict) -> str:
    typed = given.get("open_hours", "").strip()
    if not typed:
        why, why_en = (
            "没有写营业时间；不营业请勾选“不营业”",
            "the hours are missing; tick “closed” where it is closed",
        )
        raise organisation.CalendarRefused(field="open_hours", why=why, why_en=why_en)
    return typed


def _day(given: QueryDict, name: str) -> date:
    try:
        return date.fromisoformat(given.get(name, "").strip())
    except ValueError:
        raise Unreadable(what="日期", what_en="The day", field=name) from None
