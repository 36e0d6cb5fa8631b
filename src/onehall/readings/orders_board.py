"""Orders of a hall by state, age and handling time, and the list behind every figure; the day's orders for checking (ORD-11, ORD-17)."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from onehall.foundation.database import fetch_all
from onehall.foundation.scopes import Scope
from onehall.foundation.values.ids import HallId
from onehall.foundation.values.money import Money
from onehall.foundation.values.period import CHINA, local, midnight
from onehall.foundation.values.text import Text

_SOLD = """
    with sold as materialized (
        select id, basket_id, accepted_at from pub_orders_sold
        where hall_id = %(hall)s and accepted_at >= %(start)s and accepted_at < %(end)s
    ), edge as materialized (
        select min(id) as low, max(id) as high, min(basket_id) as first, max(basket_id) as last from sold
    ), back as materialized (
        select sold.id, sold.basket_id, sold.accepted_at from sold where sold.id in (
            select order_id from pub_orders_taken_back
            where order_id between (select low from edge) and (select high from edge))
    )
"""
# Old orders are filed, all but a few: those few are looked for, and what is filed is the difference. Each `in` is one range of an
# index, hashed once, however many orders the hall has.
_REST = f"""
    {_SOLD}, rest as materialized (
        select sold.id, sold.accepted_at from sold
        where sold.id not in (
            select order_id from pub_orders_filed
            where order_id between (select low from edge) and (select high from edge))
          and sold.id not in (select id from back)
    ), standing as materialized (
        select rest.id, rest.accepted_at, case when rest.id in (
            select order_id from pub_orders_done
            where order_id between (select low from edge) and (select high from edge))
            then 'completed' else 'accepted' end as state
        from rest
        union all select back.id, back.accepted_at, 'void' from back
    )
"""  # noqa: S608 - parts of this file
_DAYS = f"""
    {_REST}, counted as materialized (
        select state, (accepted_at at time zone %(zone)s)::date as day, count(*) as number, min(accepted_at) as oldest
        from standing group by 1, 2
    )
    select state, day, number, oldest from counted
    union all
    select 'archived', whole.day, whole.number - coalesce(known.number, 0), null
    from (select days.day, one.number
          from unnest(%(days)s::date[], %(dawns)s::timestamptz[], %(dusks)s::timestamptz[]) as days(day, dawn, dusk)
          cross join lateral (
              select count(*) as number from pub_orders_sold
              where hall_id = %(hall)s and accepted_at >= days.dawn and accepted_at < days.dusk) one) whole
    left join (select day, sum(number) as number from counted group by 1) known on known.day = whole.day
    where whole.number > coalesce(known.number, 0)
"""  # noqa: S608 - parts of this file
_MEASURED = """
    measured as materialized (
        select span.id, date_part('epoch', span.settled_at - span.opened_at) - coalesce(held.seconds, 0) as seconds
        from pub_orders_span span
        left join (select basket_id, sum(date_part('epoch', resumed_at - held_at)) as seconds from pub_orders_hold
                   where resumed_at is not null and basket_id between (select first from edge) and (select last from edge)
                   group by 1) held on held.basket_id = span.id
        left join pub_orders_paper paper on paper.basket_id = span.id
        where span.id between (select first from edge) and (select last from edge) and paper.basket_id is null
          and span.hall_id = %(hall)s and span.settled_at >= %(start)s and span.settled_at < %(end)s
          and span.counter_id not in (select counter_id from pub_organisation_online_counter where hall_id = %(hall)s)
    )
"""
# As in pub_orders_basket: without the time on hold, and not for forms typed from paper (ORD-11), nor for what nobody served (0063).
_HANDLING = f"""
    {_SOLD}, {_MEASURED}
    select width_bucket(measured.seconds, %(edges)s::float8[]) as bucket, count(*) as number from measured group by 1
"""  # noqa: S608 - parts of this file
_FULL = """
    select o.id, o.serial, o.name_zh, o.name_en, o.amount_fen, o.accepted_at, o.state, p.name as customer, u.name as by
    from pub_orders_order o
    join pub_customers_party p on p.id = o.party_id
    join identity_user u on u.id = o.by_id
"""
_AFTER = "(%(last)s::bigint is null or (sold.accepted_at, sold.id) < (%(until)s, %(last)s))"
_NEWEST = f"""
    {_FULL} where o.id = any(array(
        select id from pub_orders_sold sold
        where hall_id = %(hall)s and accepted_at >= %(start)s and accepted_at < %(end)s
          and accepted_at <= coalesce(%(until)s, %(end)s) and {_AFTER}
        order by accepted_at desc, id desc limit %(limit)s))
    order by o.accepted_at desc, o.id desc
"""  # noqa: S608 - parts of this file
_STANDING = f"""
    {_REST} {_FULL} where o.id = any(array(
        select sold.id from standing sold
        where {_AFTER} and (sold.state = %(state)s or (%(state)s = 'open' and sold.state in ('accepted', 'completed')))
        order by sold.accepted_at desc, sold.id desc limit %(limit)s))
    order by o.accepted_at desc, o.id desc
"""  # noqa: S608 - parts of this file
# From the newest on, asking of each whether it is filed: a page is full after a few more than it shows.
_FILED = f"""
    {_FULL} where o.id = any(array(
        select sold.id from pub_orders_sold sold
        cross join lateral (select from pub_orders_filed filed where filed.order_id = sold.id limit 1) filed
        where sold.hall_id = %(hall)s and sold.accepted_at >= %(start)s and sold.accepted_at < %(end)s
          and sold.accepted_at <= coalesce(%(until)s, %(end)s) and {_AFTER}
          and not exists (select from pub_orders_taken_back back where back.order_id = sold.id)
        order by sold.accepted_at desc, sold.id desc limit %(limit)s))
    order by o.accepted_at desc, o.id desc
"""  # noqa: S608 - parts of this file
# From the newest on as well. Time on hold only shortens: who was quick on the clock is passed over without asking for it.
_SLOW = f"""
    {_FULL} where o.id = any(array(
        select sold.id from pub_orders_sold sold
        join pub_orders_span span on span.id = sold.basket_id
            and span.settled_at > span.opened_at + make_interval(secs => %(slow)s)
            and span.counter_id not in (select counter_id from pub_organisation_online_counter where hall_id = %(hall)s)
        where sold.hall_id = %(hall)s and sold.accepted_at >= %(start)s and sold.accepted_at < %(end)s
          and sold.accepted_at <= coalesce(%(until)s, %(end)s) and {_AFTER}
          and span.settled_at - span.opened_at - coalesce((
              select sum(held.resumed_at - held.held_at) from pub_orders_hold held
              where held.basket_id = span.id and held.resumed_at is not null), interval '0') > make_interval(secs => %(slow)s)
          and not exists (select from pub_orders_paper paper where paper.basket_id = span.id)
        order by sold.accepted_at desc, sold.id desc limit %(limit)s))
    order by o.accepted_at desc, o.id desc
"""  # noqa: S608 - parts of this file
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
    """Orders of one day in one state, and when the oldest of them was accepted; of filed ones nobody asks that."""

    state: str
    day: date
    number: int
    oldest: datetime | None


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
    first, last = local(start).date(), local(end).date()
    days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    edges = [max(midnight(days[0]), start), *(midnight(day) for day in days[1:]), end]
    facts = {"hall": hall_id, "start": start, "end": end, "zone": str(CHINA)}
    spans = {"days": days, "dawns": edges[:-1], "dusks": edges[1:]}
    return tuple(DayCount(**row) for row in fetch_all(_DAYS, {**facts, **spans}))


def handling_times(*, hall_id: HallId, start: datetime, end: datetime, scope: Scope) -> tuple[int, ...]:
    """How many paid baskets of [start, end) took how long: one count for each of `EDGES` (ORD-11); paper forms and
    the online counter are not measured."""
    scope.require(hall_id)
    facts = {"hall": hall_id, "start": start, "end": end, "edges": list(EDGES)}
    found = {row["bucket"]: row["number"] for row in fetch_all(_HANDLING, facts)}
    return tuple(found.get(bucket, 0) for bucket in range(1, len(EDGES) + 1))


def orders_listed(
    *, hall_id: HallId, start: datetime, end: datetime, state: str = "", slow: int | None = None, after: str = "",
    limit: int, scope: Scope,
) -> list[OrderRow]:  # fmt: skip
    """Newest first from `after` on; `state` "open" is whatever is not filed or void; `slow` (instead of a
    state): handled longer than so many seconds."""
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
    by_state = _FILED if state == "archived" else _STANDING if state else _NEWEST
    asked = by_state if slow is None else _SLOW
    return [_row(row) for row in fetch_all(asked, {**facts, "limit": limit})]


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
