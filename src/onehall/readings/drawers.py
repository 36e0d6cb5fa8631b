"""A hall's drawers: those of a day and all that are not closed, and what passed through one of them (CSH-01, CSH-03)."""

from dataclasses import dataclass
from datetime import date, datetime

from onehall.foundation.database import fetch_all
from onehall.foundation.scopes import Scope
from onehall.foundation.values.ids import DrawerId, HallId, UserId
from onehall.foundation.values.money import Money
from onehall.foundation.values.period import day_of

_OF_DAY = """
    select d.id, c.no as counter, u.name as clerk, d.by_id as clerk_id, d.opened_at, d.handed_in_at, d.closed_at,
           coalesce(o.name, '') as confirmed_by, k.amount as counted, k.amount - k.expected as difference,
           coalesce((select s.reason from pub_custody_step s where s.drawer_id = d.id order by s.id desc limit 1), '') as reason
    from pub_custody_drawer d
    join pub_organisation_counter c on c.id = d.counter_id
    join identity_user u on u.id = d.by_id
    left join identity_user o on o.id = d.confirmed_by_id
    left join lateral (
        select amount, expected from pub_custody_count where drawer_id = d.id and d.handed_in_at is not null
        order by turn desc limit 1) k on true
    where d.hall_id = %(hall)s
      and (d.closed_at is null and d.opened_at < %(end)s
           or d.opened_at < %(end)s and d.closed_at >= %(start)s)
    order by d.closed_at is not null, d.handed_in_at is null, length(c.no), c.no, d.id
"""
_ENTRIES = """
    select e.id, e.at, e.kind, e.means, e.received, e.given, e.amount, e.reason, r.id as receipt_id,
           coalesce(r.number, '') as receipt
    from pub_custody_entry e
    left join lateral (
        select id, number from pub_ledger_receipt where payment_id = e.payment_id order by turn desc limit 1) r on true
    where e.drawer_id = %(drawer)s and (%(halls)s::bigint[] is null or e.hall_id = any(%(halls)s))
    order by e.id desc limit %(limit)s
"""
_REFUSED = """
    select n.id, n.at, coalesce(c.no, '') as counter, u.name as clerk, n.piece, n.pieces, n.mark
    from pub_custody_refused_note n join identity_user u on u.id = n.by_id
    left join pub_organisation_counter c on c.id = n.counter_id
    where n.hall_id = %(hall)s order by n.id desc limit %(limit)s
"""


@dataclass(frozen=True, slots=True)
class DrawerLine:
    """A drawer and how far it is: in use, handed in, or closed. What was counted is None before it is handed in."""

    id: DrawerId
    counter: str
    clerk: str
    clerk_id: UserId
    opened_at: datetime
    handed_in_at: datetime | None
    closed_at: datetime | None
    confirmed_by: str
    counted: Money | None
    difference: Money | None
    reason: str

    @property
    def waits(self) -> bool:
        """Whether the duty manager is to confirm it."""
        return self.handed_in_at is not None and self.closed_at is None


@dataclass(frozen=True, slots=True)
class EntryLine:
    """One movement; a sale and its refund with the receipt behind it."""

    id: int
    at: datetime
    kind: str
    means: str
    received: Money
    given: Money
    amount: Money
    reason: str
    receipt_id: int | None
    receipt: str


def drawers_of_day(*, hall: HallId, day: date, scope: Scope) -> tuple[DrawerLine, ...]:
    """What waits for confirmation first, then what is in use, then what was closed. Raises NotFound outside the scope."""
    scope.require(hall)
    period = day_of(day)
    rows = fetch_all(_OF_DAY, {"hall": hall, "start": period.start, "end": period.end})
    return tuple(
        DrawerLine(**{**row, "counted": _money(row["counted"]), "difference": _money(row["difference"])})
        for row in rows
    )


def entries_of(*, drawer: DrawerId, limit: int, scope: Scope) -> tuple[EntryLine, ...]:
    """The newest movements first."""
    rows = fetch_all(_ENTRIES, {"drawer": drawer, "halls": scope.hall_list, "limit": limit})
    return tuple(
        EntryLine(**{**row, **{part: Money(row[part]) for part in ("received", "given", "amount")}})
        for row in rows
    )


def _money(fen: int | None) -> Money | None:
    return None if fen is None else Money(fen)


@dataclass(frozen=True, slots=True)
class NoteLine:
    """Notes that looked false and went back to the customer (LAW-02); `mark` is the number printed on them, if it was read."""

    id: int
    at: datetime
    counter: str
    clerk: str
    piece: Money
    pieces: int
    mark: str


def refused_notes(*, hall: HallId, limit: int, scope: Scope) -> tuple[NoteLine, ...]:
    """A hall's log of refused notes, the newest first. Raises NotFound outside the scope."""
    scope.require(hall)
    rows = fetch_all(_REFUSED, {"hall": hall, "limit": limit})
    return tuple(NoteLine(**{**row, "piece": Money(row["piece"])}) for row in rows)
