"""Orders of a hall by state, age and handling time, and the list behind every figure; the day's orders for checking (ORD-11, ORD-17)."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from onehall.foundation.database import fetch_all
from onehall.foundation.scopes import Scope
from onehall.foundation.values.ids import HallId
from onehall.foundation.values.money import Money
from onehall.foundation.values.period import CHINA
from onehall.foundation.values.text import Text

_DAYS = """
    select state, (accepted_at at time zone %(zone)s)::date as day, count(*) as number, min(accepted_at) as oldest
    from pub_orders_order
    where hall_id = %(hall)s and accepted_at >= %(start)s and accepted_at < %(end)s
    group by 1, 2
"""
_HANDLING = """
    select width_bucket(b.handling_seconds::float8, %(edges)s::float8[]) as bucket, count(*) as number
    from pub_ledger_payment p join pub_orders_basket b on b.id = p.basket_id
    where p.hall_id = %(hall)s and p.at >= %(start)s and p.at < %(end)s and b.handling_seconds is not null
    group by 1
"""
_LIST = """
    select o.id, o.serial, o.name_zh, o.name_en, o.amount_fen, o.accepted_at, o.state, o.basket_id, p.name as customer,
           u.name as by
    from pub_orders_order o
    join pub_customers_party p on p.id = o.party_id
    join identity_user u on u.id = o.by_id
    where o.hall_id = %(hall)s and o.accepted_at >= %(start)s and o.accepted_at < %(end)s
      and (%(state)s = '' or o.state = %(state)s or (%(state)s = 'open' and o.state in ('accepted', 'completed')))
      and (%(slow)s::int is null or exists (select 1 from pub_orders_basket b where b.id = o.basket_id
                                            and b.handling_seconds > %(slow)s))
      and (%(last)s::bigint is null or (o.accepted_at, o.id) < (%(until)s, %(last)s))
    order by o.accepted_at desc, o.id desc limit %(limit)s
"""
_OF_DAY = """
    select id from pub_orders_order
    where hall_id = %(hall)s and accepted_at >= %(start)s and accepted_at < %(end)s and state <> 'void'
"""
_DRAWN = """
    select o.id, o.serial, o.name_zh, o.name_en, o.accepted_at, o.basket_id, p.name as customer, u.name as by,
           s.at is not null as signed, f.at as form_at, c.good, c.note, c.at as checked_at, w.name as checked_by
    from pub_orders_order o
    join pub_customers_party p on p.id = o.party_id
    join identity_user u on u.id = o.by_id
    left join pub_orders_signature s on s.basket_id = o.basket_id
    left join pub_orders_form f on f.basket_id = o.basket_id
    left join pub_orders_check c on c.order_id = o.id
    left join identity_user w on w.id = c.by_id
    where o.id = any(%(ids)s) and o.hall_id = %(hall)s
    order by o.accepted_at, o.id
"""
EDGES = (0.0, 60.0, 120.0, 180.0, 300.0)
"""Seconds at which the columns of the handling times begin."""


@dataclass(frozen=True, slots=True)
class DayCount:
    """Orders of one day in one state, and when the oldest of them was accepted."""

    state: str
    day: date
    number: int
    oldest: datetime


@dataclass(frozen=True, slots=True)
class OrderRow:
    """A line of the list."""

    id: int
    serial: str
    name: Text
    amount: Money
    accepted_at: datetime
    state: str
    customer: str
    by: str

    @property
    def place(self) -> str:
        """Where the list goes on after this line."""
        return f"{self.accepted_at.isoformat()}~{self.id}"


@dataclass(frozen=True, slots=True)
class Drawn:
    """An order of the sample with what the records say, and the result of its check if it was checked."""

    id: int
    serial: str
    name: Text
    accepted_at: datetime
    customer: str
    by: str
    signed: bool
    form_at: datetime | None
    good: bool | None
    note: str
    checked_at: datetime | None
    checked_by: str


def orders_by_day(*, hall_id: HallId, start: datetime, end: datetime, scope: Scope) -> tuple[DayCount, ...]:
    """Counts of the orders accepted in [start, end), by state and local day."""
    scope.require(hall_id)
    facts = {"hall": hall_id, "start": start, "end": end, "zone": str(CHINA)}
    return tuple(DayCount(**row) for row in fetch_all(_DAYS, facts))


def handling_times(*, hall_id: HallId, start: datetime, end: datetime, scope: Scope) -> tuple[int, ...]:
    """How many paid baskets of [start, end) took how long: one count for each of `EDGES` (ORD-11); paper forms are not measured."""
    scope.require(hall_id)
    facts = {"hall": hall_id, "start": start, "end": end, "edges": list(EDGES)}
    found = {row["bucket"]: row["number"] for row in fetch_all(_HANDLING, facts)}
    return tuple(found.get(bucket, 0) for bucket in range(1, len(EDGES) + 1))


def orders_listed(
    *, hall_id: HallId, start: datetime, end: datetime, state: str = "", slow: int | None = None, after: str = "",
    limit: int, scope: Scope,
) -> list[OrderRow]:  # fmt: skip
    """Newest first from `after` on; `state` "open" is whatever is not filed or void; `slow`: handled longer than so many seconds."""
    scope.require(hall_id)
    until, last = _place(after)
    facts = {
        "hall": hall_id,
        "start": start,
        "end": end,
        "state": state,
        "slow": slow,
        "until": until,
        "last": last,
    }
    return [_row(row) for row in fetch_all(_LIST, {**facts, "limit": limit})]


def orders_of_day(*, hall_id: HallId, start: datetime, end: datetime, scope: Scope) -> list[int]:
    """The numbers of a day's orders that stand, to draw from."""
    scope.require(hall_id)
    return [row["id"] for row in fetch_all(_OF_DAY, {"hall": hall_id, "start": start, "end": end})]


def drawn_orders(*, ids: tuple[int, ...], hall_id: HallId, scope: Scope) -> list[Drawn]:
    """These orders with signature, form and result."""
    scope.require(hall_id)
    return [
        Drawn(
            row["id"], row["serial"], Text(row["name_zh"], row["name_en"]), row["accepted_at"], row["customer"], row["by"],
            row["signed"], row["form_at"], row["good"], row["note"] or "", row["checked_at"], row["checked_by"] or "",
        )
        for row in fetch_all(_DRAWN, {"ids": list(ids), "hall": hall_id})
    ]  # fmt: skip


def _row(row: dict[str, Any]) -> OrderRow:
    return OrderRow(
        row["id"], row["serial"], Text(row["name_zh"], row["name_en"]), Money(row["amount_fen"]), row["accepted_at"],
        row["state"], row["customer"], row["by"],
    )  # fmt: skip


def _place(after: str) -> tuple[datetime | None, int | None]:
    """The moment and number where the list goes on; from the start for what no list hands out."""
    moment, _, number = after.partition("~")
    try:
        return datetime.fromisoformat(moment), int(number)
    except ValueError:
        return None, None
