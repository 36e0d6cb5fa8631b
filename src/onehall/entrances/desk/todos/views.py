"""The list of what waits, and an enquiry with everything that may be done with it."""

from datetime import datetime
from typing import Any

from django.http import HttpResponse

from onehall.contexts.organisation import api as organisation
from onehall.contexts.workforce import api as workforce
from onehall.entrances.desk.counter.forms import BadRequest, intent_of, whole_number
from onehall.entrances.desk.follow_ups.page import page
from onehall.foundation.refusals import Refusal
from onehall.foundation.scopes import Actor
from onehall.foundation.values.ids import PartyId
from onehall.foundation.values.text import Text
from onehall.foundation.web.permit import permit
from onehall.foundation.web.requests import Request
from onehall.foundation.web.responses import go
from onehall.journeys.answer_enquiry import answer_enquiry
from onehall.journeys.answer_offer import answer_offer
from onehall.journeys.close_enquiry import close_enquiry
from onehall.journeys.offer_enquiry import offer_enquiry
from onehall.journeys.take_enquiry import take_enquiry
from onehall.readings.precedence import first_served
from onehall.readings.todos import todos

TODOS, ENQUIRIES = "/desk/todos/", "/desk/enquiries/"
TOPICS = (
    "enquiry.changed approval.changed basket.changed payment.taken work.dispatched work.signed work.assigned"
    " work.finished work.returned work.called work.archived notice.changed"
)
MOST = 100
_KEYS = 9
_GROUPS = (Text("客户在等", "Customers wait"), Text("同事在等", "Colleagues wait"), Text("案头", "Paper"))


@permit("account.self", methods=("GET",))
def todo_list(request: Request) -> HttpResponse:
    """Customers first, then colleagues, then paper; a digit opens one."""
    by, at = request.actor, request.at
    found = todos(by=by, at=at, limit=MOST, scope=by.scope)
    groups: dict[int, list[dict[str, Any]]] = {}
    for number, todo in enumerate(found, start=1):
        row = {"todo": todo, "late": todo.late(at), "digit": number if number <= _KEYS else ""}
        groups.setdefault(todo.waits_for, []).append(row)
    facts = {
        "groups": [(_GROUPS[place], rows) for place, rows in sorted(groups.items())],
        "total": len(found),
        "topics": TOPICS,
    }
    return page(request, "desk/todos/page.html", facts, part="desk/todos/list.html")


@permit("enquiry.handle")
def enquiries(request: Request) -> HttpResponse:
    """Open enquiries of the hall, and the form that takes one; sent, the enquiry."""
    by = request.actor
    if request.method == "POST":
        party = PartyId(whole_number(request, "party")) if request.POST.get("party") else None
        taken = take_enquiry(
            what=request.POST.get("what", ""), party_id=party, intent=intent_of(request), by=by, at=request.at
        )
        return go(request, f"{ENQUIRIES}{taken.id}")
    facts = {"rows": _open(by, request.at), "party": request.GET.get("party", ""), "topics": TOPICS}
    return page(request, "desk/todos/enquiries.html", facts, part="desk/todos/enquiry_rows.html")


def _open(by: Actor, at: datetime) -> list[dict[str, Any]]:
    """Whoever stands ahead first, and why (CUS-07)."""
    found = workforce.open_enquiries(hall_id=by.hall_id, limit=MOST, scope=by.scope)
    ordered = first_served(found, party_of=lambda one: one.party_id, at=at, scope=by.scope)
    return [
        {"enquiry": one, "mark": mark, "late": one.due_at <= at and not one.answered_at}
        for one, mark in ordered
    ]


@permit("enquiry.handle", methods=("GET",))
def enquiry(request: Request, enquiry_id: int) -> HttpResponse:
    """Who took it, who has it, what was said; and the steps that are mine now."""
    by = request.actor
    shown = workforce.enquiry(enquiry_id, scope=by.scope)
    facts = {
        "enquiry": shown,
        "late": shown.due_at <= request.at and not shown.answered_at,
        "handovers": workforce.handovers(enquiry_id, scope=by.scope),
        "steps": [step.value for step in workforce.Step if _mine(step, shown, by.user_id)],
        "people": _others(shown, by=by),
        "topics": TOPICS,
    }
    return page(request, "desk/todos/enquiry.html", facts, here=ENQUIRIES)


def _others(shown: workforce.Enquiry, *, by: Actor) -> list[tuple[str, Any]]:
    """Colleagues who might take it over."""
    people = organisation.people(scope=by.scope, hall_id=shown.hall_id)
    others = [
        (one.staff_no, f"{one.name} {one.staff_no}")
        for one in people
        if one.user_id not in (None, by.user_id)
    ]
    return [("", Text("选一位", "choose")), *others]


@permit("enquiry.handle", methods=("POST",))
def offer(request: Request, enquiry_id: int) -> HttpResponse:
    """To a colleague, who may say no."""
    given = request.POST
    to, note = given.get("to", ""), given.get("note", "")
    offer_enquiry(enquiry_id=enquiry_id, to_staff_no=to, note=note, by=request.actor, at=request.at)
    return go(request, f"{ENQUIRIES}{enquiry_id}")


@permit("enquiry.handle", methods=("POST",))
def receive(request: Request, enquiry_id: int) -> HttpResponse:
    """Yes or no."""
    workforce.enquiry(enquiry_id, scope=request.actor.scope)
    said = request.POST.get("receipt", "")
    if said not in ("accept", "decline"):
        raise BadRequest(field="receipt", field_name="receipt")
    remark = request.POST.get("remark", "")
    answer_offer(
        enquiry_id=enquiry_id, accept=said == "accept", remark=remark, by=request.actor, at=request.at
    )
    return go(request, f"{ENQUIRIES}{enquiry_id}")


@permit("enquiry.handle", methods=("POST",))
def answer(request: Request, enquiry_id: int) -> HttpResponse:
    """What the customer was told."""
    outcome = request.POST.get("outcome", "")
    answer_enquiry(enquiry_id=enquiry_id, outcome=outcome, by=request.actor, at=request.at)
    return go(request, f"{ENQUIRIES}{enquiry_id}")


@permit("enquiry.handle", methods=("POST",))
def close(request: Request, enquiry_id: int) -> HttpResponse:
    """Seen through."""
    close_enquiry(enquiry_id=enquiry_id, by=request.actor, at=request.at)
    return go(request, ENQUIRIES)


def _mine(step: workforce.Step, shown: workforce.Enquiry, user_id: int) -> bool:
    try:
        workforce.allow(step, shown, user_id)
    except Refusal:
        return False
    return True
