"""Who holds which role where: set by the profile, changed on the board with a reason (ORG-06, ORG-08)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from onehall.foundation.database import in_transaction
from onehall.foundation.identity.contracts import GrantRefused
from onehall.foundation.identity.models import Grant, GrantGiven, Role
from onehall.foundation.identity.rules import may_give
from onehall.foundation.scopes import Actor, NotFound
from onehall.foundation.values.ids import HallId
from onehall.foundation.values.text import Text

MANAGES = "staff.manage"


@dataclass(frozen=True, slots=True)
class Held:
    """A role held in one hall; `hall_id` None in every hall."""

    role: str
    name: Text
    hall_id: HallId | None


@dataclass(frozen=True, slots=True)
class RoleLine:
    """A role that may be given."""

    code: str
    name: Text


@in_transaction
def establish_grant(*, user_id: int, role_code: str, hall_id: int | None) -> None:
    """Gives a role in one hall, or with `hall_id` None in every hall, unless somebody took it away on the board."""
    role = Role.objects.get(code=role_code)
    said = GrantGiven.objects.filter(user_id=user_id, role=role, hall_id=hall_id).order_by("-pk").first()
    if said is None or said.held:
        Grant.objects.get_or_create(user_id=user_id, role=role, hall_id=hall_id)


@in_transaction
def withdraw_grants(*, user_id: int, keep: Collection[tuple[str, int | None]]) -> int:
    """Takes every role from the person that is not in `keep` (role code, hall); how many (ORG-06: deny by default).

    What was given on the board stays, unless nothing is kept: then the person has left.
    """
    given = {
        (one.role_id, one.hall_id)
        for one in GrantGiven.objects.filter(user_id=user_id).order_by("pk")
        if one.held and keep
    }
    gone = [
        grant.pk
        for grant in Grant.objects.filter(user_id=user_id).select_related("role")
        if (grant.role.code, grant.hall_id) not in keep and (grant.role_id, grant.hall_id) not in given
    ]
    Grant.objects.filter(pk__in=gone).delete()
    return len(gone)


def grants_of(user_id: int) -> list[Held]:
    """What a person holds where, in the order in which it was given."""
    rows = Grant.objects.filter(user_id=user_id).select_related("role").order_by("pk")
    return [Held(row.role.code, Text(row.role.name_zh, row.role.name_en), _hall(row.hall_id)) for row in rows]


def roles_to_give(*, by: Actor) -> list[RoleLine]:
    """The roles that this person may give."""
    return [
        RoleLine(role.code, Text(role.name_zh, role.name_en))
        for role in Role.objects.order_by("pk")
        if may_give(frozenset(role.permissions), by.permissions)
    ]


def _hall(number: int | None) -> HallId | None:
    return None if number is None else HallId(number)


@in_transaction
def give_role(*, user_id: int, role_code: str, hall_id: int, reason: str, by: Actor, at: datetime) -> None:
    """Raises NotFound, GrantRefused where it reaches further than the giver or has no reason."""
    role = _role(role_code)
    _reasoned(reason)
    if not may_give(frozenset(role.permissions), by.permissions):
        raise GrantRefused(
            field="role", why="这个岗位的权限超过您自己的", why_en="the role reaches further than your own"
        )
    Grant.objects.get_or_create(user_id=user_id, role=role, hall_id=hall_id)
    _said(user_id, role, hall_id, True, reason, by, at)


@in_transaction
def take_role(*, user_id: int, role_code: str, hall_id: int, reason: str, by: Actor, at: datetime) -> None:
    """Raises NotFound, GrantRefused: nobody takes their own last managing role, and none that reaches further than theirs."""
    role = _role(role_code)
    _reasoned(reason)
    held = Grant.objects.filter(user_id=user_id, role=role, hall_id=hall_id)
    if not held.exists():
        raise NotFound(what="这个岗位", what_en="This role")
    if not may_give(frozenset(role.permissions), by.permissions):
        raise GrantRefused(
            field="role", why="这个岗位的权限超过您自己的", why_en="the role reaches further than your own"
        )
    managing = Grant.objects.filter(user_id=user_id, role__permissions__contains=[MANAGES])
    last = MANAGES in role.permissions and managing.count() == 1
    if last and user_id == by.user_id:
        raise GrantRefused(
            field="role",
            why="这是您最后一个管理岗位，要由别人收回",
            why_en="it is your last managing role: somebody else takes it",
        )
    held.delete()
    _said(user_id, role, hall_id, False, reason, by, at)


def _said(user_id: int, role: Role, hall_id: int, held: bool, reason: str, by: Actor, at: datetime) -> None:
    GrantGiven.objects.create(
        user_id=user_id,
        role=role,
        hall_id=hall_id,
        held=held,
        reason=reason.strip()[:200],
        by_id=by.user_id,
        at=at,
    )


def _role(code: str) -> Role:
    found = Role.objects.select_for_update().filter(code=code).first()
    if found is None:
        raise NotFound(what="这个岗位", what_en="This role")
    return found


def _reasoned(reason: str) -> None:
    if not reason.strip():
        raise GrantRefused(field="reason", why="没有写原因", why_en="its reason is missing")
