"""The queue of what waits for a second person, one request with its decision, and lending the right to decide (SEC-04)."""

from datetime import date, datetime
from typing import Any

from django.http import HttpResponse

from onehall.contexts.organisation import api as organisation
from onehall.entrances.board.approvals.words import STATES, told
from onehall.entrances.board.pages import SIZE, Unreadable, intent_of, page
from onehall.foundation.approvals import BALANCE, EXPORT, INVOICE, KINDS, LOGIN, REVERSAL, State
from onehall.foundation.approvals import queries as approvals
from onehall.foundation.documents.tables import open_formats
from onehall.foundation.scopes import Actor
from onehall.foundation.values.period import CHINA, day_of, local
from onehall.foundation.values.text import Text
from onehall.foundation.web.permit import permit
from onehall.foundation.web.requests import Request
from onehall.foundation.web.responses import go
from onehall.journeys.decide_approval import decide_approval
from onehall.journeys.delegate_approvals import delegate_approvals
from onehall.journeys.end_delegation import end_delegation
from onehall.journeys.request_activity import request_activity
from onehall.journeys.withdraw_approval import withdraw_approval

APPROVALS = "/board/approvals/"
TOPICS = "approval.changed"
_DECIDING = ("export.approve", "activity.approve", "staff.manage", "reversal.approve", "invoice.approve")
_NOBODY = ("", Text("选一位", "choose"))


@permit("approval.view", methods=("GET",))
def listed(request: Request) -> HttpResponse:
    """What waits for me, what I asked for, what was decided here."""
    return page(
        request,
        "board/approvals/page.html",
        _facts(request),
        part="board/approvals/lists.html",
        here=APPROVALS,
    )


@permit("approval.view", methods=("GET",))
def one(request: Request, request_id: int) -> HttpResponse:
    """All that is known of one request, and what I may do with it."""
    asked = approvals.request(request_id, at=request.at, scope=request.actor.scope)
    facts = {**_row(request, asked), **_mine(asked, by=request.actor, at=request.at), "topics": TOPICS}
    return page(request, "board/approvals/one.html", facts, here=APPROVALS)


def _mine(asked: Any, *, by: Actor, at: datetime) -> dict[str, Any]:
    """What this person may do with it now."""
    mine = asked.asked_person == approvals.person_of(by.user_id)
    return {
        "details": told(asked, scope=by.scope),
        "may_decide": asked.state is State.WAITING and approvals.powers(by=by, at=at).may(asked),
        "may_withdraw": mine and asked.state in (State.WAITING, State.APPROVED),
        "may_use": asked.kind
        if mine
        and asked.state is State.APPROVED
        and asked.kind in (BALANCE, EXPORT, INVOICE, LOGIN, REVERSAL)
        else "",
        "whole": "here" if asked.halls == (by.hall_id,) else "all",
        "formats": open_formats(),
    }


@permit("approval.view", methods=("POST",))
def decide(request: Request, request_id: int) -> HttpResponse:
    """Yes or no."""
    answer = request.POST.get("answer", "")
    approvals.request(request_id, at=request.at, scope=request.actor.scope)
    if answer not in ("approve", "decline"):
        raise Unreadable(what="批准与否", what_en="The decision", field="answer")
    decide_approval(
        request_id=request_id, approve=answer == "approve", note=request.POST.get("note", ""),
        intent=intent_of(request), by=request.actor, at=request.at,
    )  # fmt: skip
    return go(request, APPROVALS)


@permit("approval.view", methods=("POST",))
def withdraw(request: Request, request_id: int) -> HttpResponse:
    """It is not needed any more."""
    withdraw_approval(request_id=request_id, by=request.actor, at=request.at)
    return go(request, f"{APPROVALS}{request_id}")


@permit("approval.view", methods=("POST",))
def delegate(request: Request) -> HttpResponse:
    """Lends my right to decide."""
    delegate_approvals(
        to_staff_no=request.POST.get("to", ""),
        start=max(day_of(_day(request, "start")).start, request.at),
        end=day_of(_day(request, "end")).end,
        reason=request.POST.get("reason", ""),
        intent=intent_of(request),
        by=request.actor,
        at=request.at,
    )
    return go(request, APPROVALS)


@permit("approval.view", methods=("POST",))
def end(request: Request, delegation_id: int) -> HttpResponse:
    """The right is back."""
    end_delegation(delegation_id=delegation_id, by=request.actor, at=request.at)
    return go(request, APPROVALS)


@permit("approval.view", methods=("POST",))
def activity(request: Request) -> HttpResponse:
    """An activity outside opening hours."""
    asked = request_activity(
        title=request.POST.get("title", ""), start=_moment(request, "begins"), end=_moment(request, "ends"),
        intent=intent_of(request), by=request.actor, at=request.at,
    )  # fmt: skip
    return go(request, f"{APPROVALS}{asked}")


def _moment(request: Request, name: str) -> datetime:
    try:
        return datetime.fromisoformat(request.POST.get(name, "").strip()).replace(tzinfo=CHINA)
    except ValueError:
        raise Unreadable(what="时间", what_en="The time", field=name) from None


def _day(request: Request, name: str) -> date:
    try:
        return date.fromisoformat(request.POST.get(name, "").strip())
    except ValueError:
        raise Unreadable(what="日期", what_en="The day", field=name) from None


def _facts(request: Request) -> dict[str, Any]:
    by, at = request.actor, request.at
    waiting = approvals.to_decide(by=by, at=at, limit=SIZE)
    lent = approvals.delegations(at=at, scope=by.scope)
    return {
        "topics": TOPICS,
        "source": APPROVALS,
        "waiting": [{**_row(request, asked), "key": number} for number, asked in enumerate(waiting, start=1)],
        "mine": [_row(request, asked) for asked in approvals.asked_by(by=by, at=at, limit=SIZE)],
        "past": [_row(request, asked) for asked in approvals.past(at=at, limit=SIZE, scope=by.scope)],
        "lent": [{"line": one, "mine": by.user_id in (one.from_user, one.to_user)} for one in lent],
        **_lending(request),
    }


def _lending(request: Request) -> dict[str, Any]:
    """To whom the right may be lent; nothing where there is none to lend."""
    by = request.actor
    if not any(by.may(code) for code in _DECIDING):
        return {"people": []}
    people = [one for one in organisation.people(scope=by.scope, hall_id=by.hall_id) if one.user_id]
    others = [(one.staff_no, f"{one.name} {one.staff_no}") for one in people if one.user_id != by.user_id]
    return {"people": [_NOBODY, *others], "today": local(request.at).date().isoformat()}


def _row(request: Request, asked: Any) -> dict[str, Any]:
    kind, state = STATES[asked.state]
    halls = {hall.id: hall.name for hall in organisation.halls(scope=request.actor.scope)}
    return {
        "asked": asked, "kind": KINDS[asked.kind], "mark": kind, "state": state,
        "what": told(asked, scope=request.actor.scope)[0][1], "hall": halls.get(asked.hall_id, Text("—", "—")),
    }  # fmt: skip
