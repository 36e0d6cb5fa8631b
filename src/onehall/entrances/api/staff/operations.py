"""Staff: who holds which role where, and whose login is shut. A programme manages nobody: roles and passwords are given by people."""

from typing import Any

from ninja import Query

from onehall.contexts.organisation import api as organisation
from onehall.entrances.api.shared.operation import Noun
from onehall.entrances.api.shared.paging import Stretch, stretch_of
from onehall.entrances.api.shared.schema import Bilingual, Moment, Shown
from onehall.foundation.identity.grants import grants_of, roles_to_give
from onehall.foundation.identity.regain import standings
from onehall.foundation.identity.services import lessons_owed
from onehall.foundation.scopes import Scope
from onehall.foundation.values.text import Text
from onehall.foundation.web.requests import Request

noun = Noun(Text("人员与岗位", "Staff and roles"))
_MANAGE: dict[str, Any] = {"permission": "staff.view"}


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


@noun.operation("GET", "/staff", words=Text("本厅人员和岗位", "People of the hall with their roles"), shows=Staff, **_MANAGE)  # fmt: skip
def listed(request: Request, stretch: Stretch = Query(...)) -> Any:  # noqa: B008 - how a query is declared
    by = request.actor
    found = organisation.people(scope=by.scope, hall_id=by.hall_id)
    return stretch_of(request, _members(request, found), stretch, lambda one: one["staff_no"])


@noun.operation("GET", "/roles", words=Text("可以给的岗位", "The roles that may be given"), shows=list[RoleLine], **_MANAGE)  # fmt: skip
def roles(request: Request) -> Any:
    return roles_to_give(by=request.actor)


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
