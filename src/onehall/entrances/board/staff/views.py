"""People of the hall with their roles, keepers and lessons; changes name their reason (ORG-06, ORG-08, SEC-06)."""

from datetime import date, datetime
from typing import Any

from django.http import HttpResponse

from onehall.contexts.organisation import api as organisation
from onehall.contexts.workforce import api as workforce
from onehall.entrances.board.pages import Unreadable, intent_of, number_of, page
from onehall.foundation.identity.contracts import ResetAwaited
from onehall.foundation.identity.grants import grants_of, roles_to_give
from onehall.foundation.identity.regain import Regained, standings
from onehall.foundation.identity.services import lessons_owed
from onehall.foundation.scopes import Actor
from onehall.foundation.values.ids import HallId
from onehall.foundation.values.period import local
from onehall.foundation.values.text import Text
from onehall.foundation.web.permit import permit
from onehall.foundation.web.requests import Request
from onehall.foundation.web.responses import go
from onehall.journeys.add_person import PersonAdded, add_person
from onehall.journeys.give_role import give_role
from onehall.journeys.name_keeper import name_keeper
from onehall.journeys.record_lesson import record_lesson
from onehall.journeys.reset_login import ResetAsked, reset_login
from onehall.journeys.take_role import take_role
from onehall.journeys.unlock_login import unlock_login

STAFF = "/board/staff/"
APPROVAL = Text("审批号", "The number of the approval")
_NOBODY = ("", Text("选一位", "choose"))
DUTIES = {
    workforce.Duty.SAFETY: Text("安全员", "Safety officer"),
    workforce.Duty.CARDS: Text("卡负责人", "Card keeper"),
    workforce.Duty.INVOICES: Text("票据管理员", "Keeper of invoices"),
    workforce.Duty.DEVICE: Text("设备负责人", "Keeper of a device"),
    workforce.Duty.CORNER: Text("区域负责人", "Keeper of a corner"),
}
_NAMED = (workforce.Duty.SAFETY, workforce.Duty.CARDS, workforce.Duty.INVOICES)
"""Duties that every hall has somebody for."""


@permit("staff.manage", methods=("GET",))
def listed(request: Request) -> HttpResponse:
    """Everybody of the hall."""
    return _page(request)


@permit("staff.manage", methods=("POST",))
def add(request: Request) -> HttpResponse:
    """A new colleague; the first password is shown this once."""
    given = request.POST
    fresh = add_person(
        staff_no=given.get("staff_no", ""), name=given.get("name", "")[:60], role=given.get("role", ""),
        reason=given.get("reason", ""), intent=intent_of(request), by=request.actor, at=request.at,
    )  # fmt: skip
    return _page(request, fresh=fresh)


@permit("staff.manage", methods=("POST",))
def give(request: Request, person_id: int) -> HttpResponse:
    """One role more."""
    role, reason = request.POST.get("role", ""), request.POST.get("reason", "")
    give_role(person_id=person_id, role=role, reason=reason, by=request.actor, at=request.at)
    return go(request, STAFF)


@permit("staff.manage", methods=("POST",))
def take(request: Request, person_id: int) -> HttpResponse:
    """One role less."""
    role, reason = request.POST.get("role", ""), request.POST.get("reason", "")
    take_role(person_id=person_id, role=role, reason=reason, by=request.actor, at=request.at)
    return go(request, STAFF)


@permit("staff.manage", methods=("POST",))
def lesson(request: Request, person_id: int) -> HttpResponse:
    """Passed."""
    organisation.person(person_id, scope=request.actor.scope)
    try:
        day = date.fromisoformat(request.POST.get("passed_on", ""))
    except ValueError:
        raise Unreadable(what="通过日期", what_en="The day", field="passed_on") from None
    note = request.POST.get("note", "")
    record_lesson(person_id=person_id, passed_on=day, note=note, by=request.actor, at=request.at)
    return go(request, STAFF)


@permit("staff.manage", methods=("POST",))
def keeper(request: Request) -> HttpResponse:
    """Whoever is named keeps it from now on."""
    try:
        duty = workforce.Duty(request.POST.get("duty", ""))
    except ValueError:
        raise Unreadable(what="职责", what_en="The duty", field="duty") from None
    person_id = number_of(request, "person", Text("负责人", "The keeper"))
    what = request.POST.get("what", "")
    name_keeper(duty=duty, what=what, person_id=person_id, by=request.actor, at=request.at)
    return go(request, STAFF)


@permit("staff.manage", methods=("POST",))
def login(request: Request, person_id: int) -> HttpResponse:
    """A password for the first sign-in, shown this once; the devices go, too, where that was ticked."""
    given = request.POST
    approval = number_of(request, "approval", APPROVAL) if given.get("approval") else None
    asked = ResetAsked(given.get("reason", ""), bool(given.get("devices")), approval)
    try:
        done = reset_login(
            person_id=person_id, asked=asked, intent=intent_of(request), by=request.actor, at=request.at
        )
    except ResetAwaited as awaited:
        awaited.href = f"/board/approvals/{awaited.facts['number']}"
        raise
    return _page(request, again=done)


@permit("staff.manage", methods=("POST",))
def unlock(request: Request, person_id: int) -> HttpResponse:
    """Failed attempts are forgotten."""
    unlock_login(person_id=person_id, reason=request.POST.get("reason", ""), by=request.actor, at=request.at)
    return go(request, STAFF)


def _page(request: Request, fresh: PersonAdded | None = None, again: Regained | None = None) -> HttpResponse:
    told = {"fresh": fresh, "again": again}
    facts = {"topics": "staff.changed", **told, **_people(request), **_keepers(request)}
    part = "" if fresh or again else "board/staff/lists.html"
    return page(request, "board/staff/page.html", facts, part=part, here=STAFF)


def _people(request: Request) -> dict[str, Any]:
    by = request.actor
    people = organisation.people(scope=by.scope, hall_id=by.hall_id)
    roles = [(role.code, role.name) for role in roles_to_give(by=by)]
    return {
        "rows": _rows(people, by=by, at=request.at),
        "roles": [("", Text("选岗位", "choose")), *roles],
        "today": local(request.at).date().isoformat(),
        "people": [_NOBODY, *[(one.id, f"{one.name} {one.staff_no}") for one in people]],
    }


def _rows(people: list[organisation.Person], *, by: Actor, at: datetime) -> list[dict[str, Any]]:
    """Each person with what they hold where, the lesson, and how their login stands."""
    passed = workforce.lessons([one.id for one in people], scope=by.scope)
    logins = [one.user_id for one in people if one.user_id]
    owed, stands = lessons_owed(logins), standings(logins)
    halls = {hall.id: hall.name for hall in organisation.halls(scope=by.scope)}
    rows = []
    for one in people:
        held = grants_of(one.user_id) if one.user_id else []
        shown = [(role, _where(role.hall_id, halls), role.hall_id == by.hall_id) for role in held]
        login = stands.get(one.user_id or 0)
        rows.append({
            "person": one, "held": shown, "lesson": passed.get(one.id), "owed": one.user_id in owed, "login": login,
            "locked": bool(login and login.locked(at)), "other": one.user_id not in (None, by.user_id),
        })  # fmt: skip
    return rows


def _where(hall_id: HallId | None, halls: dict[HallId, Text]) -> Text:
    """Where a role is held; other halls than those that may be seen are not named."""
    if hall_id is None:
        return Text("全部营业厅", "every hall")
    return halls.get(hall_id, Text("别的营业厅", "another hall"))


def _keepers(request: Request) -> dict[str, Any]:
    by = request.actor
    kept = workforce.keepers(by.hall_id, scope=by.scope)
    missing = [DUTIES[duty] for duty in _NAMED if duty not in {one.duty for one in kept}]
    duties = [(duty.value, words) for duty, words in DUTIES.items()]
    return {"keepers": [(one, DUTIES[one.duty]) for one in kept], "missing": missing, "duties": duties}
