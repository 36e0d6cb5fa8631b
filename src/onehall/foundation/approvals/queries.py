"""Reads of approvals. Requests belong to the hall where they were asked; another hall's are not found (SEC-10)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from onehall.foundation.approvals.contracts import Delegation, OwnRequest, Request, State
from onehall.foundation.approvals.kinds import KINDS
from onehall.foundation.approvals.rules import Held, power, state_of
from onehall.foundation.database import fetch_all, fetch_one
from onehall.foundation.refusals import NotFound, NotPermitted
from onehall.foundation.scopes import Actor, Scope

_REQUEST = """
    select r.id, r.kind, r.subject, r.body, r.size, r.reason, r.hall_id, r.halls, u.name as asked_by,
           r.asked_by_id as asked_user, r.person as asked_person, r.asked_at, r.expires_at, d.approved,
           coalesce(b.name, '') as decided_by, case when d.held_by <> d.person then d.held_by else '' end as decided_for,
           d.at as decided_at, coalesce(d.note, '') as note, d.usable_until, r.closed_why
    from approvals_request r
    join identity_user u on u.id = r.asked_by_id
    left join approvals_decision d on d.request_id = r.id
    left join identity_user b on b.id = d.by_id
    where (%(halls)s::bigint[] is null or r.hall_id = any(%(halls)s))
"""
_ONE = _REQUEST + " and r.id = %(id)s"
_OPEN = (
    _REQUEST
    + " and r.closed_at is null and d.request_id is null and r.expires_at > %(at)s order by r.expires_at, r.id limit %(limit)s"
)
_OF_PERSON = _REQUEST + " and r.person = %(person)s order by r.id desc limit %(limit)s"
_PAST = (
    _REQUEST + " and (d.request_id is not null or r.closed_at is not null) order by r.id desc limit %(limit)s"
)
_PERSON = "select coalesce(nullif(person_no, ''), staff_no) as person from identity_user where id = %(user)s"
_HELD = """
    select coalesce(nullif(u.person_no, ''), u.staff_no) as person, g.hall_id, p as permission
    from identity_user u join identity_grant g on g.user_id = u.id join identity_role r on r.id = g.role_id
    cross join lateral unnest(r.permissions) as p
    where u.is_active and p = any(%(permissions)s) and coalesce(nullif(u.person_no, ''), u.staff_no) = any(%(people)s)
"""
_LENDERS = """
    select distinct coalesce(nullif(l.person_no, ''), l.staff_no) as person
    from approvals_delegation d join identity_user l on l.id = d.lender_id and l.is_active
    join identity_user t on t.id = d.taker_id
    where coalesce(nullif(t.person_no, ''), t.staff_no) = %(person)s
      and d.start <= %(at)s and %(at)s < d.end and d.ended_at is null
"""
_DELEGATIONS = """
    select d.id, l.name as from_name, d.lender_id as from_user, t.name as to_name, d.taker_id as to_user, d.hall_id,
           d.start, d.end, d.reason, d.ended_at
    from approvals_delegation d join identity_user l on l.id = d.lender_id join identity_user t on t.id = d.taker_id
    where (%(halls)s::bigint[] is null or d.hall_id = any(%(halls)s)) and d.end > %(at)s and d.ended_at is null
    order by d.start, d.id
"""


@dataclass(frozen=True, slots=True)
class Powers:
    """Whose rights a person may decide by at a moment."""

    person: str
    held: dict[str, Held]
    lent_by: frozenset[str]

    def over(self, request: Request) -> str:
        """The person by whose right this request may be decided. Raises OwnRequest, NotPermitted."""
        return power(
            permission=KINDS[request.kind].permission, halls=request.halls, asked_by=request.asked_person,
            decider=self.person, held=self.held, lent_by=self.lent_by, concerns=str(request.body.get("concerns", "")),
        )  # fmt: skip

    def may(self, request: Request) -> bool:
        """Whether this person may decide it."""
        try:
            return bool(self.over(request))
        except (OwnRequest, NotPermitted):
            return False


def person_of(user_id: int) -> str:
    """The staff number of the person behind a login: one person for all their logins."""
    found = fetch_one(_PERSON, {"user": user_id})
    return str(found["person"]) if found else ""


def powers(*, by: Actor, at: datetime) -> Powers:
    """The actor's own rights and those lent to them now. A programme's token has none: a person decides."""
    person = person_of(by.user_id)
    if by.token_id is not None:
        return Powers(person, {}, frozenset())
    lent = frozenset(row["person"] for row in fetch_all(_LENDERS, {"person": person, "at": at}))
    return Powers(person, held_by({person, *lent}), lent)


def decides(person: str, *, at: datetime) -> bool:
    """Whether this person may decide anything for others, by their own right or a lent one."""
    return bool(held_by([person])) or bool(fetch_all(_LENDERS, {"person": person, "at": at}))


def second_person(*, permission: str, of: int, halls: Collection[int], by: Actor, at: datetime) -> str:
    """The person by whose right the actor confirms what the login `of` did: never their own, from no login, by no lent right.

    For what is confirmed where it stands, without a request. A programme's token confirms nothing. Raises OwnRequest, NotPermitted.
    """
    person, lent = person_of(by.user_id), frozenset[str]()
    if by.token_id is None:
        lent = frozenset(row["person"] for row in fetch_all(_LENDERS, {"person": person, "at": at}))
    held = {} if by.token_id is not None else held_by({person, *lent}, (permission,))
    return power(
        permission=permission, halls=halls, asked_by=person_of(of), decider=person, held=held, lent_by=lent
    )


def held_by(people: Collection[str], permissions: Collection[str] = ()) -> dict[str, Held]:
    """Of these people, which of the permissions (those that decide a kind, where none are given) are held where."""
    wanted = sorted(permissions or {kind.permission for kind in KINDS.values()})
    found: dict[str, set[tuple[str, int | None]]] = {}
    for row in fetch_all(_HELD, {"permissions": wanted, "people": sorted(people)}):
        found.setdefault(row["person"], set()).add((row["permission"], row["hall_id"]))
    return {person: frozenset(held) for person, held in found.items()}


def request(request_id: int, *, at: datetime, scope: Scope) -> Request:
    """One request, or NotFound."""
    row = fetch_one(_ONE, {"id": request_id, "halls": scope.hall_list})
    if row is None:
        raise NotFound(what="这项审批", what_en="This approval")
    return _request(row, at)


def to_decide(*, by: Actor, at: datetime, limit: int) -> list[Request]:
    """What waits for this person's decision, the soonest to lapse first."""
    rows = fetch_all(_OPEN, {"halls": by.scope.hall_list, "at": at, "limit": limit})
    mine = powers(by=by, at=at)
    return [one for row in rows if mine.may(one := _request(row, at))]


def asked_by(*, by: Actor, at: datetime, limit: int) -> list[Request]:
    """What this person asked for, from whichever login, the newest first."""
    rows = fetch_all(
        _OF_PERSON, {"halls": by.scope.hall_list, "person": person_of(by.user_id), "limit": limit}
    )
    return [_request(row, at) for row in rows]


def past(*, at: datetime, limit: int, scope: Scope) -> list[Request]:
    """What was decided or closed in these halls, the newest first."""
    return [_request(row, at) for row in fetch_all(_PAST, {"halls": scope.hall_list, "limit": limit})]


def delegations(*, at: datetime, scope: Scope) -> list[Delegation]:
    """What is lent now or will be, in these halls."""
    return [Delegation(**row) for row in fetch_all(_DELEGATIONS, {"halls": scope.hall_list, "at": at})]


def _request(row: dict[str, Any], at: datetime) -> Request:
    state: State = state_of(
        approved=row["approved"], expires_at=row["expires_at"], usable_until=row["usable_until"],
        closed_why=row["closed_why"], at=at,
    )  # fmt: skip
    return Request(**{**row, "halls": tuple(row["halls"])}, state=state)
