"""Six weeks of the hall as they stand, what was said of them by whom, and changing it from a day on (LAW-34, LAW-35)."""

from datetime import date, timedelta
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from onehall.contexts.organisation import api as organisation
from onehall.entrances.board.calendar import forms
from onehall.entrances.board.pages import page
from onehall.foundation.refusals import Refusal
from onehall.foundation.values.period import local
from onehall.foundation.values.text import Text
from onehall.foundation.web.permit import permit
from onehall.foundation.web.requests import Request
from onehall.foundation.web.responses import go
from onehall.journeys.set_calendar_days import set_calendar_days
from onehall.journeys.set_opening_hours import set_opening_hours

CALENDAR = "/board/calendar/"
_WEEKS = 6
_WEEK = timedelta(days=7)
_OPENS = [
    ("usual", Text("照那个星期几", "as on that weekday")),
    ("own", Text("另定", "hours of its own")),
    ("closed", Text("不营业", "closed")),
]
_HERE, _EVERYWHERE = ("hall", Text("本厅", "this hall")), ("all", Text("全部营业厅", "every hall"))


@permit("board.view", methods=("GET",))
def weeks(request: Request) -> HttpResponse:
    """Six weeks from the one asked for."""
    by, today = request.actor, local(request.at).date()
    first = _monday(request, today)
    calendar = organisation.calendar_of(by.hall_id, scope=by.scope)
    plans = [organisation.plan_of(first + timedelta(days=day), calendar) for day in range(_WEEKS * 7)]
    facts = {
        "topics": "calendar.changed", "today": today, "weekdays": list(enumerate(forms.WEEKDAYS)),
        "rows": [plans[at : at + 7] for at in range(0, len(plans), 7)],
        "earlier": first - _WEEKS * _WEEK, "later": first + _WEEKS * _WEEK,
        "source": f"{CALENDAR}?from={first}", **_said(request, calendar, today), **_asked(request, today),
    }  # fmt: skip
    return page(request, "board/calendar/page.html", facts, part="board/calendar/weeks.html", here=CALENDAR)


@permit("calendar.change", methods=("POST",))
def days(request: Request) -> HttpResponse:
    """Days off, worked, or as usual again."""
    set_calendar_days(given=forms.days_given(request.POST), by=request.actor, at=request.at)
    return go(request, CALENDAR)


@permit("calendar.change", methods=("POST",))
def hours(request: Request) -> HttpResponse:
    """Opening hours by weekday."""
    set_opening_hours(given=forms.hours_given(request.POST), by=request.actor, at=request.at)
    return go(request, CALENDAR)


@permit("calendar.change", methods=("GET",))
def preview(request: Request) -> HttpResponse:
    """What saving would change, or why it would be refused."""
    try:
        facts: dict[str, Any] = forms.changes(request)
    except Refusal as refusal:
        facts = {"denied": refusal}
    return render(request, "board/calendar/preview.html", facts)


def _said(request: Request, calendar: organisation.HallCalendar, today: date) -> dict[str, Any]:
    """What was said of days to come and of hours that hold or will, the newest first, each with who said it."""
    people = organisation.people(scope=request.actor.scope, hall_id=request.actor.hall_id)
    names = {one.user_id: one.name for one in people}
    coming = [word for word in calendar.days if word.day >= today]
    openings = [word for word in calendar.openings if word.last_day is None or word.last_day >= today]
    return {
        "days": [(word, forms.KINDS[word.kind], names.get(word.by, "—")) for word in reversed(coming)],
        "openings": [
            (word, [forms.WEEKDAYS[number] for number in word.weekdays], names.get(word.by, "—"))
            for word in reversed(openings)
        ],
        "usual": calendar.usual,
    }


def _asked(request: Request, today: date) -> dict[str, Any]:
    """What the forms offer."""
    everywhere = request.actor.halls is None
    return {
        "kinds": [(kind.value, words) for kind, words in forms.KINDS.items()],
        "opens": _OPENS,
        "wheres": [_HERE, _EVERYWHERE] if everywhere else [_HERE],
        "tomorrow": today + timedelta(days=1),
    }


def _monday(request: Request, today: date) -> date:
    """The Monday of the week that was asked for, of this one where none or no real day is given."""
    try:
        day = date.fromisoformat(request.GET.get("from", ""))
    except ValueError:
        day = today
    return day - timedelta(days=day.weekday())
