"""Staff: who holds which role where, whose login is shut, who keeps what; new colleagues and their lesson (decision 0048).

A programme lets nobody in: the first password of whom it added is handed out by a person, as are roles and resets.
"""

from datetime import date
from typing import Any

from ninja import Query

from onehall.contexts.organisation import api as organisation
from onehall.contexts.workforce import api as workforce
from onehall.entrances.api.shared.operation import Noun
from onehall.entrances.api.shared.paging import Stretch, stretch_of
from onehall.entrances.api.shared.schema import Bilingual, Given, Id, Key, Moment, Sentence, Shown, Word
from onehall.foundation.identity.grants import grants_of, roles_to_give
from onehall.foundation.identity.regain import standings
from onehall.foundation.identity.services import lessons_owed
from onehall.foundation.scopes import Scope
from onehall.foundation.values.text import Text
from onehall.foundation.web.requests import Request
from onehall.journeys.add_person import add_person
from onehall.journeys.name_keeper import name_keeper
from onehall.journeys.record_lesson import record_lesson

noun = Noun(Text("人员与岗位", "Staff and roles"))
_MANAGE: dict[str, Any] = {"permission": "staff.view"}
_CHANGE: dict[str, Any] = {"permission": "staff.bring"}


class Role(Shown):
    """A role held; `hall_id` null is every hall, or another one than those that may be seen."""

    role: str
    name: Bilingual
    hall_id: int | None
    everywhere: bool


class Member(Shown):
    """Somebody of the hall. Locked by failed attempts until `locked_until`; `lesson_owed` cannot sign in yet."""

    id: int
    staff_no: str
    name: str
    roles: list[Role]
    locked_until: Moment | None
    devices: int
    lesson_owed: bool


class Staff(Shown):
    """By staff number; follow `next` for more."""

    items: list[Member]
    next: str | None


class RoleLine(Shown):
    """A role that may be given."""

    code: str
    name: Bilingual


class ColleagueGiven(Given):
    """A new colleague of the hall, with the role they begin in."""

    staff_no: Word
    name: Word
    role: Word
    reason: Sentence


class Colleague(Shown):
    """Their number. They get in once the lesson is recorded and a person has handed out the first password."""

    id: int


class LessonGiven(Given):
    """The day on which the confidentiality lesson was passed."""

    passed_on: date
    note: Sentence


class KeeperGiven(Given):
    """Who keeps it from now on; `what` names the device or the corner."""

    duty: workforce.Duty
    person_id: Id
    what: Word = ""


class KeeperShown(Shown):
    """Who keeps what."""

    duty: workforce.Duty
    what: str
    person_id: int
    name: str
    staff_no: str
    named_at: Moment


@noun.operation("GET", "/staff", words=Text("本厅人员和岗位", "People of the hall with their roles"), shows=Staff, **_MANAGE)  # fmt: skip
def listed(request: Request, stretch: Stretch = Query(...)) -> Any:  # noqa: B008 - how a query is declared
    by = request.actor
    found = organisation.people(scope=by.scope, hall_id=by.hall_id)
    return stretch_of(request, _members(request, found), stretch, lambda one: one["staff_no"])


@noun.operation("GET", "/roles", words=Text("可以给的岗位", "The roles that may be given"), shows=list[RoleLine], **_MANAGE)  # fmt: skip
def roles(request: Request) -> Any:
    return roles_to_give(by=request.actor)


@noun.operation("POST", "/staff", words=Text("登记新员工", "A new colleague"), shows=Colleague, status=201, **_CHANGE)  # fmt: skip
def add(request: Request, given: ColleagueGiven, key: Key) -> Any:
    return add_person(**given.model_dump(), intent=key, by=request.actor, at=request.at)


@noun.operation("POST", "/staff/{int:person_id}/lesson", words=Text("登记保密课", "The confidentiality lesson was passed"), shows=Colleague, **_CHANGE)  # fmt: skip
def lesson(request: Request, person_id: int, given: LessonGiven) -> Any:
    record_lesson(person_id=person_id, **given.model_dump(), by=request.actor, at=request.at)
    return {"id": person_id}


@noun.operation("GET", "/keepers", words=Text("本厅各项负责人", "Who keeps what in the hall"), shows=list[KeeperShown], **_MANAGE)  # fmt: skip
def keepers(request: Request) -> Any:
    return workforce.keepers(request.actor.hall_id, scope=request.actor.scope)


@noun.operation("POST", "/keepers", words=Text("指定负责人", "Name a keeper"), shows=list[KeeperShown], **_CHANGE)  # fmt: skip
def name(request: Request, given: KeeperGiven) -> Any:
    name_keeper(**given.model_dump(), by=request.actor, at=request.at)
    return keepers(request)


def _members(request: Request, found: list[organisation.Person]) -> list[dict[str, Any]]:
    logins = [one.user_id for one in found if one.user_id]
    stands, owed = standings(logins), lessons_owed(logins)
    shown = []
    for one in found:
        login = stands.get(one.user_id or 0)
        until = login.locked_until if login and login.locked(request.at) else None
        shown.append({
            "id": one.id, "staff_no": one.staff_no, "name": one.name, "roles": _held(one.user_id, request.actor.scope),
            "locked_until": until, "devices": login.devices if login else 0, "lesson_owed": one.user_id in owed,
        })  # fmt: skip
    return shown


def _held(user_id: int | None, scope: Scope) -> list[dict[str, Any]]:
    """Other halls than those that may be seen are not named."""
    return [
        {
            "role": one.role, "name": one.name, "everywhere": one.hall_id is None,
            "hall_id": one.hall_id if one.hall_id and scope.allows(one.hall_id) else None,
        }
        for one in (grants_of(user_id) if user_id else [])
    ]  # fmt: skip
