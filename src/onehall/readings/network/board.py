"""The network of the caller's halls at a glance: who is on line where, what was refused, what waits, which devices are well (NET-03, NET-04)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from onehall.contexts.provisioning import api as provisioning
from onehall.foundation.database import fetch_all, fetch_one
from onehall.foundation.scopes import Scope
from onehall.foundation.values.text import Text
from onehall.readings.network.places import compounds_of

_COMPOUNDS = """
    with mine as (
        select l.account_name as account, split_part(h.path, '/', 1) as compound
        from pub_subscriptions_line l join pub_customers_premises h on h.id = l.dwelling_id
        where l.ended_at is null and l.kind = 'broadband'
          and (%(compounds)s::text[] is null or split_part(h.path, '/', 1) = any(%(compounds)s))
    ), broke as (
        select m.compound, count(distinct e.account) as gone
        from pub_provisioning_session_ended e join mine m on m.account = e.account
        where e.ended_at >= %(lately)s and e.cause = any(%(broken)s)
          and not exists (select 1 from pub_provisioning_session o where o.account = e.account)
        group by m.compound
    )
    select m.compound, coalesce(c.label, m.compound) as name_zh, coalesce(nullif(c.label_en, ''), c.label, m.compound) as name_en,
           count(*) as lines, count(distinct s.account) as on_line,
           coalesce(max(b.gone), 0) as gone
    from mine m
    left join pub_provisioning_session s on s.account = m.account
    left join broke b on b.compound = m.compound
    left join pub_customers_premises c on c.path = m.compound
    group by m.compound, c.label, c.label_en order by gone desc, lines desc, m.compound limit 60
"""
_REFUSALS = """
    select a.reason, count(*) as number, count(distinct a.account) as accounts, max(a.at) as last
    from pub_provisioning_answer a
    where not a.accepted and a.at >= %(since)s
      and (%(compounds)s::text[] is null or exists (
        select 1 from pub_subscriptions_line l join pub_customers_premises h on h.id = l.dwelling_id
        where l.account_name = a.account and split_part(h.path, '/', 1) = any(%(compounds)s)))
    group by a.reason order by number desc
"""
_WAITING = """
    select c.id, c.kind, c.account, c.created_at, c.attempts, c.next_attempt_at, c.last_error, h.label as address_zh,
           coalesce(nullif(h.label_en, ''), h.label) as address_en, l.party_id
    from pub_provisioning_command c
    left join pub_subscriptions_line l on l.account_name = c.account and l.ended_at is null
    left join pub_customers_premises h on h.id = l.dwelling_id
    where c.done_at is null
      and (%(compounds)s::text[] is null or split_part(h.path, '/', 1) = any(%(compounds)s))
      and (%(after)s::bigint is null or c.id > %(after)s)
    order by c.id limit %(limit)s
"""
_WAITING_SUM = """
    select count(*) as number, min(c.created_at) as oldest, count(*) filter (where c.attempts > 0) as tried
    from pub_provisioning_command c
    left join pub_subscriptions_line l on l.account_name = c.account and l.ended_at is null
    left join pub_customers_premises h on h.id = l.dwelling_id
    where c.done_at is null and (%(compounds)s::text[] is null or split_part(h.path, '/', 1) = any(%(compounds)s))
"""
_DEVICES = """
    select n.id, n.name, n.kind, host(n.address) as address, n.coa_port, n.place, n.state, n.changed_at, n.heard_at, n.failures,
           n.resting_until, n.last_error,
           (select count(*) from pub_provisioning_session s where s.nas = n.address) as sessions
    from pub_provisioning_nas n order by n.state, n.name
"""


@dataclass(frozen=True, slots=True)
class Compound:
    """A compound: its broadband lines, how many are on line, how many broke off lately and are not back."""

    code: str
    name: Text
    lines: int
    on_line: int
    gone: int


@dataclass(frozen=True, slots=True)
class Refusals:
    """Refusals of one reason."""

    reason: str
    words: Text
    number: int
    accounts: int
    last: datetime


@dataclass(frozen=True, slots=True)
class Unfulfilled:
    """A command that the network was not told yet (“待生效”); `party_id` None where nobody has the account any more."""

    id: int
    kind: str
    account: str
    created_at: datetime
    attempts: int
    next_attempt_at: datetime
    last_error: str
    address: Text
    party_id: int | None


@dataclass(frozen=True, slots=True)
class Backlog:
    """All that waits, in figures; `tried` of them failed at least once."""

    number: int
    oldest: datetime | None
    tried: int


@dataclass(frozen=True, slots=True)
class AccessDevice:
    """An access device as it is known: never its secret."""

    id: int
    name: str
    kind: str
    address: str
    coa_port: int
    place: str
    state: str
    changed_at: datetime
    heard_at: datetime | None
    failures: int
    resting_until: datetime | None
    last_error: str
    sessions: int


def compounds(*, at: datetime, lately: timedelta, broken: list[str], scope: Scope) -> tuple[Compound, ...]:
    """The scope's compounds, those that lost lines within `lately` first, then the largest."""
    facts = {"compounds": compounds_of(scope=scope), "lately": at - lately, "broken": broken}
    return tuple(
        Compound(row["compound"], Text(row["name_zh"], row["name_en"]), row["lines"], row["on_line"], row["gone"])
        for row in fetch_all(_COMPOUNDS, facts)
    )  # fmt: skip


def refusals(*, since: datetime, scope: Scope) -> tuple[Refusals, ...]:
    """Refusals since then by reason, the most frequent first."""
    rows = fetch_all(_REFUSALS, {"since": since, "compounds": compounds_of(scope=scope)})
    return tuple(
        Refusals(row["reason"], provisioning.reason_words(row["reason"]), row["number"], row["accounts"], row["last"])
        for row in rows
    )  # fmt: skip


def unfulfilled(*, limit: int, scope: Scope, after: int | None = None) -> tuple[Unfulfilled, ...]:
    """What waits, the oldest first; `after` is the number of the last one seen."""
    facts = {"compounds": compounds_of(scope=scope), "limit": limit, "after": after}
    return tuple(_unfulfilled(row) for row in fetch_all(_WAITING, facts))


def backlog(*, scope: Scope) -> Backlog:
    """How much waits and since when."""
    row = fetch_one(_WAITING_SUM, {"compounds": compounds_of(scope=scope)}) or {}
    return Backlog(row["number"], row["oldest"], row["tried"])


# unscoped: access devices belong to the operator; no customer stands in the answer
def devices(*, scope: Scope) -> tuple[AccessDevice, ...]:
    """Every device, those in use first."""
    return tuple(AccessDevice(**row) for row in fetch_all(_DEVICES))


def _unfulfilled(row: dict[str, Any]) -> Unfulfilled:
    address = Text(row.pop("address_zh") or "", row.pop("address_en") or "")
    return Unfulfilled(address=address, **row)
