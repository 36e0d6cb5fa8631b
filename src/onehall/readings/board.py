"""The day of a hall in figures, and what waits for whom: the manager's first screen, kept live (ORD-11, WRK-11, SEC-01)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from onehall.foundation.database import fetch_all, fetch_one
from onehall.foundation.scopes import Scope
from onehall.foundation.values.ids import HallId, UserId
from onehall.foundation.values.money import Money
from onehall.foundation.values.period import CHINA, day_of, local
from onehall.foundation.values.text import Text

_TAKINGS = """
    with taken as (
        select coalesce(sum(amount) filter (where at >= %(start)s), 0) as today,
               coalesce(sum(amount) filter (where at < %(start)s and at < %(then)s), 0) as before,
               count(*) filter (where at >= %(start)s and reversed_at is null) as sales
        from pub_ledger_payment where hall_id = %(hall)s and at >= %(eve)s and at < %(now)s
    ), given_back as (
        select coalesce(sum(amount) filter (where reversed_at >= %(start)s), 0) as today,
               coalesce(sum(amount) filter (where reversed_at < %(then)s), 0) as before
        from pub_ledger_payment where hall_id = %(hall)s and at >= %(eve)s and reversed_at < %(now)s
    )
    select (t.today - g.today)::bigint as today, (t.before - g.before)::bigint as before, t.sales
    from taken t cross join given_back g
"""
# Nobody is served at an online counter, and its times are the customer's (decision 0063).
_HANDLING = """
    select count(*) as sales, avg(b.handling_seconds)::float as seconds,
           count(*) filter (where b.handling_seconds > %(limit)s) as slow
    from pub_ledger_payment p join pub_orders_basket b on b.id = p.basket_id
    where p.hall_id = %(hall)s and p.at >= %(start)s and p.at < %(now)s
      and p.counter_id not in (select counter_id from pub_organisation_online_counter where hall_id = %(hall)s)
"""
_HOURS = """
    select extract(hour from p.at at time zone %(zone)s)::int as hour, count(*) as sales
    from pub_ledger_payment p
    where p.hall_id = %(hall)s and p.at >= %(start)s and p.at < %(now)s and p.reversed_at is null
      and p.counter_id not in (select counter_id from pub_organisation_online_counter where hall_id = %(hall)s)
    group by hour order by hour
"""
_DRAWERS = """
    select d.id, c.no as counter, u.name as clerk, d.opened_at,
           d.opening_float + (select coalesce(sum(e.amount), 0)::bigint from pub_custody_entry e
                              where e.drawer_id = d.id and coalesce(e.means, 'cash') = 'cash') as cash
    from pub_custody_drawer d
    join pub_organisation_counter c on c.id = d.counter_id
    join identity_user u on u.id = d.by_id
    where d.hall_id = %(hall)s and d.closed_at is null
    order by length(c.no), c.no
"""
_WAITING = """
    select state, count(*) as number,
           count(*) filter (where waiting_until <= %(now)s) as late,
           count(*) filter (where waiting_until > %(now)s and waiting_until <= %(soon)s) as soon,
           min(waiting_until) as oldest,
           count(*) filter (where state = 'dispatched' and project_manager_id = %(user)s) as to_sign,
           count(*) filter (where state = 'to_visit' and installer_id is null) as to_assign
    from pub_fieldwork_work_order
    where hall_id = %(hall)s and closed_at is null
    group by state
"""
_LATE = """
    select w.id, w.serial, w.account, w.address, w.offering_zh, w.offering_en, w.state, w.accepted_at, w.waiting_until,
           coalesce(m.name, '') as project_manager, coalesce(i.name, '') as installer
    from pub_fieldwork_work_order w
    left join identity_user m on m.id = w.project_manager_id
    left join identity_user i on i.id = w.installer_id
    where w.hall_id = %(hall)s and w.closed_at is null and w.waiting_until <= %(now)s
      and (%(last)s::bigint is null or (w.waiting_until, w.id) > (%(until)s, %(last)s))
    order by w.waiting_until, w.id limit %(limit)s
"""
_OPENINGS = """
    select p.id, p.stated_at, p.reason, u.name as by, c.name as customer
    from pub_customers_purpose p
    join identity_user u on u.id = p.by_id
    join pub_customers_party c on c.id = p.party_id
    where p.hall_id = %(hall)s and p.kind = 'break_glass' and p.stated_at >= %(start)s and p.stated_at < %(now)s
    order by p.stated_at desc
"""


@dataclass(frozen=True, slots=True)
class Business:
    """What was sold today: money less what was given back, and the same up to this time yesterday.

    `seconds` is the mean of acceptance and payment, None before the first sale; `slow` counts those beyond the limit. These and
    `by_hour` are what the hall's people did: sales of the online counter are in `taken` and `sales` alone.
    """

    taken: Money
    taken_before: Money
    sales: int
    seconds: float | None
    slow: int
    by_hour: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class OpenDrawer:
    """A drawer in use and the cash that should lie in it."""

    id: int
    counter: str
    clerk: str
    opened_at: datetime
    cash: Money


@dataclass(frozen=True, slots=True)
class Waiting:
    """Open cases that wait for the same step. `to_sign` are the asking person's own."""

    state: str
    number: int
    late: int
    soon: int
    oldest: datetime | None
    to_sign: int
    to_assign: int


@dataclass(frozen=True, slots=True)
class LateCase:
    """A case past the limit of what it waits for, and who has it; `place` fetches what comes after it."""

    id: int
    serial: str
    account: str
    address: str
    offering: Text
    state: str
    accepted_at: datetime
    waiting_until: datetime
    project_manager: str
    installer: str

    @property
    def place(self) -> str:
        """Where it stands in the list."""
        return f"{self.waiting_until.isoformat()}|{self.id}"


@dataclass(frozen=True, slots=True)
class Opening:
    """A record opened for a reason out of the ordinary, shown to the manager the same day (SEC-01)."""

    id: int
    at: datetime
    by: str
    customer: str
    reason: str


def business(*, hall_id: HallId, limit: int, at: datetime, scope: Scope) -> Business:
    """Sales of the day so far; `limit` is the handling limit in seconds. NotFound outside the scope."""
    scope.require(hall_id)
    facts = {**_day(hall_id, at), "limit": limit, "zone": CHINA.key}
    money, handling = fetch_one(_TAKINGS, facts) or {}, fetch_one(_HANDLING, facts) or {}
    hours = {row["hour"]: row["sales"] for row in fetch_all(_HOURS, facts)}
    return Business(
        taken=Money(money["today"]),
        taken_before=Money(money["before"]),
        sales=money["sales"],
        seconds=handling["seconds"],
        slow=handling["slow"],
        by_hour=_filled(hours),
    )


def open_drawers(*, hall_id: HallId, scope: Scope) -> tuple[OpenDrawer, ...]:
    """The drawers in use, by counter."""
    scope.require(hall_id)
    rows = fetch_all(_DRAWERS, {"hall": hall_id})
    return tuple(OpenDrawer(**{**row, "cash": Money(row["cash"])}) for row in rows)


def waiting(
    *, hall_id: HallId, user_id: UserId, warn_before: int, at: datetime, scope: Scope
) -> dict[str, Waiting]:
    """Open cases by what they wait for; `warn_before` minutes before its limit a case counts as soon."""
    scope.require(hall_id)
    soon = at + timedelta(minutes=warn_before)
    rows = fetch_all(_WAITING, {"hall": hall_id, "user": user_id, "now": at, "soon": soon})
    return {row["state"]: Waiting(**row) for row in rows}


def late_cases(
    *, hall_id: HallId, at: datetime, limit: int, scope: Scope, after: str = ""
) -> tuple[LateCase, ...]:
    """The longest overdue first; `after` is the `place` of the last one seen, a made-up one starts again."""
    scope.require(hall_id)
    until, last = _place(after)
    rows = fetch_all(_LATE, {"hall": hall_id, "now": at, "limit": limit, "until": until, "last": last})
    return tuple(
        LateCase(offering=Text(row.pop("offering_zh"), row.pop("offering_en")), **row) for row in rows
    )


def openings(*, hall_id: HallId, at: datetime, scope: Scope) -> tuple[Opening, ...]:
    """Break-glass openings of the day, the latest first; the customer's name is cut to its first character."""
    scope.require(hall_id)
    return tuple(
        Opening(row["id"], row["stated_at"], row["by"], f"{row['customer'][:1]}**", row["reason"])
        for row in fetch_all(_OPENINGS, _day(hall_id, at))
    )


def _day(hall_id: int, at: datetime) -> dict[str, Any]:
    start = day_of(local(at).date()).start
    day = timedelta(days=1)
    return {
        "hall": hall_id,
        "start": start,
        "eve": start - day,
        "then": at - day,
        "now": at + timedelta(seconds=1),
    }


def _filled(hours: dict[int, int]) -> tuple[tuple[int, int], ...]:
    """Every hour from the first to the last sale, empty ones with a zero, at least a working day's width."""
    first, last = min([*hours, 8]), max([*hours, 18])
    return tuple((hour, hours.get(hour, 0)) for hour in range(first, last + 1))


def _place(after: str) -> tuple[datetime | None, int | None]:
    until, _, last = after.partition("|")
    try:
        return datetime.fromisoformat(until), int(last)
    except ValueError:
        return None, None
