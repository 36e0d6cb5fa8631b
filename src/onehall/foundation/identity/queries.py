"""Who is signed in."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

from onehall.foundation.database import fetch_one
from onehall.foundation.identity.models import Grant, Role, Session
from onehall.foundation.identity.policies import (
    SECOND_FACTOR,
    SECOND_FACTOR_ROLES,
    SESSION_IDLE_MINUTES,
    SESSION_MAXIMUM_HOURS,
    SHIFT_ENDS,
)
from onehall.foundation.identity.rules import shift_over
from onehall.foundation.identity.services import token_hash
from onehall.foundation.policy.services import policy_book
from onehall.foundation.scopes import Actor, NotFound
from onehall.foundation.values.ids import CounterId, HallId, SessionId, UserId
from onehall.foundation.values.text import Text

# A person's roles as one text: what it means is worked out once in a process, and anew as soon as anything in it changes.
_GRANTS = """(
        select string_agg(concat_ws(' ', coalesce(g.hall_id::text, '*'), r.code, array_to_string(r.permissions, ' ')), E'\\n')
        from identity_grant g join identity_role r on r.id = g.role_id where g.user_id = u.id) as grants"""

_SESSION = f"""
    select s.id, s.user_id, s.hall_id, s.counter_id, s.started_at, s.seen_at, s.locked_at, u.name, u.staff_no, u.language,
           u.must_change, {_GRANTS},
           exists (select 1 from identity_secondfactor f where f.user_id = u.id and f.revoked_at is null
                   and f.confirmed_at is not null) as has_factor,
           coalesce((select max(id) from policy_policyvalue), 0) as policy_version
    from identity_session s
    join identity_user u on u.id = s.user_id and u.is_active
    where s.token_hash = %(hash)s and s.ended_at is null
"""  # noqa: S608 - both parts stand here

_HELD_BY = f"""
    select t.id, t.user_id, t.hall_id, t.counter_id, t.seen_at, t.scopes, u.name, u.staff_no, u.language, {_GRANTS},
           coalesce((select max(id) from policy_policyvalue), 0) as policy_version
    from identity_token t
    join identity_user u on u.id = t.user_id and u.is_active
    where t.token_hash = %(hash)s and t.revoked_at is null and t.expires_at > %(at)s
"""  # noqa: S608 - both parts stand here


_SERVICE = f"""
    select u.id as user_id, %(hall)s::bigint as hall_id, %(counter)s::bigint as counter_id, u.name, u.staff_no, u.language, {_GRANTS}
    from identity_user u where u.id = %(user)s and not u.is_active
"""  # noqa: S608 - both parts stand here


@dataclass(frozen=True, slots=True)
class _Rights:
    permissions: frozenset[str]
    halls: frozenset[HallId] | None
    roles: frozenset[str]


@lru_cache(maxsize=4096)  # structural: people times halls
def _rights(grants: str, hall_id: int) -> _Rights:
    """What the grants give in this hall; `halls` None where one of them holds everywhere."""
    given = [(hall, role, names) for hall, role, *names in map(str.split, grants.splitlines()) if names]
    here = ("*", str(hall_id))
    return _Rights(
        frozenset(name for hall, _, names in given for name in names if hall in here),
        None
        if any(hall == "*" for hall, _, _ in given)
        else frozenset(HallId(int(hall)) for hall, _, _ in given),
        frozenset(role for _, role, _ in given),
    )


@dataclass(frozen=True, slots=True)
class Presence:
    """The actor behind a browser's token."""

    actor: Actor
    must_change: bool
    seen_at: datetime
    policy_version: int
    must_enrol: bool = False
    locked: bool = False


def presence(*, token: str, at: datetime) -> Presence | None:
    """Who holds this token, or None when it is unknown, ended, idle too long, too old or of a shift that is over (SEC-08)."""
    row = fetch_one(_SESSION, {"hash": token_hash(token)})
    if row is None:
        return None
    book = policy_book(hall_id=row["hall_id"], at=at, version=row["policy_version"])
    idle = timedelta(minutes=book[SESSION_IDLE_MINUTES])
    if at - row["seen_at"] > idle or at - row["started_at"] > timedelta(hours=book[SESSION_MAXIMUM_HOURS]):
        return None
    ends, managing = book[SHIFT_ENDS], book[SECOND_FACTOR_ROLES]
    if shift_over(started_at=row["started_at"], at=at, ends=ends):
        return None
    rights = _rights(row["grants"] or "", row["hall_id"])
    actor = replace(_actor(row, rights), session_id=SessionId(row["id"]))
    needed = book[SECOND_FACTOR] == "required" and not rights.roles.isdisjoint(managing)
    return Presence(
        actor,
        row["must_change"],
        row["seen_at"],
        row["policy_version"],
        must_enrol=needed and not row["has_factor"],
        locked=row["locked_at"] is not None,
    )


@dataclass(frozen=True, slots=True)
class OpenSession:
    """A sign-in that is not ended; whether it is too old is judged when it is used."""

    id: int
    started_at: datetime
    seen_at: datetime


def sessions_of(user_id: int) -> list[OpenSession]:
    """Where a person is signed in, the newest first."""
    rows = Session.objects.filter(user_id=user_id, ended_at=None).order_by("-pk")
    return [OpenSession(row.pk, row.started_at, row.seen_at) for row in rows]


def is_managing(*, user_id: int, hall_id: int, at: datetime) -> bool:
    """Whether one of this person's roles counts as manager or above."""
    roles = policy_book(hall_id=hall_id, at=at)[SECOND_FACTOR_ROLES]
    return Grant.objects.filter(user_id=user_id, role__code__in=roles).exists()


def must_have_factor(*, user_id: int, hall_id: int, at: datetime) -> bool:
    """Whether the policy asks a second factor of one of this person's roles."""
    asked = policy_book(hall_id=hall_id, at=at)[SECOND_FACTOR] == "required"
    return asked and is_managing(user_id=user_id, hall_id=hall_id, at=at)


@dataclass(frozen=True, slots=True)
class TokenPresence:
    """The actor behind a programme's token."""

    actor: Actor
    seen_at: datetime | None


def token_presence(*, token: str, at: datetime) -> TokenPresence | None:
    """For whom this token speaks, with what it and its person may do now; None when unknown, expired, revoked or the person left."""
    row = fetch_one(_HELD_BY, {"hash": token_hash(token), "at": at})
    if row is None:
        return None
    rights = _rights(row["grants"] or "", row["hall_id"])
    actor = replace(_actor(row, rights), token_id=row["id"], policy_version=row["policy_version"])
    actor = replace(actor, permissions=actor.permissions.intersection(row["scopes"]))
    return TokenPresence(actor, row["seen_at"])


def service_actor(*, user_id: int, hall_id: int, counter_id: int) -> Actor:
    """The system's own login at a counter where nobody sits, with what its roles allow there; no person's (decision 0063)."""
    row = fetch_one(_SERVICE, {"user": user_id, "hall": hall_id, "counter": counter_id})
    if row is None:
        raise NotFound(what="服务账号", what_en="The service account")
    return _actor(row, _rights(row["grants"] or "", hall_id))


def _actor(row: dict[str, Any], rights: _Rights) -> Actor:
    return Actor(
        user_id=UserId(row["user_id"]),
        name=row["name"],
        staff_no=row["staff_no"],
        hall_id=HallId(row["hall_id"]),
        counter_id=CounterId(row["counter_id"]) if row["counter_id"] else None,
        permissions=rights.permissions,
        halls=rights.halls,
        lang=row["language"],
    )


def role_names() -> dict[str, Text]:
    """What the roles are called, by code."""
    return {role.code: Text(role.name_zh, role.name_en) for role in Role.objects.order_by("pk")}
