"""Reading drawers. A drawer belongs to one hall: outside the scope it is not found."""

import json
from typing import Any

from onehall.contexts.custody.contracts import Drawer, Standing
from onehall.foundation.database import fetch_all, fetch_one
from onehall.foundation.scopes import NotFound, Scope
from onehall.foundation.values.ids import CounterId, DrawerId, HallId, PaymentId, UserId
from onehall.foundation.values.money import Money
from onehall.foundation.values.period import Period

_DRAWERS = """
    select id, hall_id, counter_id, by_id, opened_at, expected_float, opening_float, counted::text, remark, closed_at,
           handed_in_at, confirmed_by_id, cashless
    from custody_drawersession
    where (%(halls)s::bigint[] is null or hall_id = any(%(halls)s))
"""


def drawer(drawer: DrawerId, *, scope: Scope) -> Drawer:
    """One drawer, open or closed. Raises NotFound, also for another hall's."""
    found = _drawers(" and id = %(id)s", scope, id=drawer)
    if not found:
        raise NotFound()
    return found[0]


def drawer_of_counter(counter: CounterId, *, scope: Scope) -> Drawer | None:
    """The open drawer of a counter, whoever opened it."""
    found = _drawers(" and counter_id = %(id)s and closed_at is null", scope, id=counter)
    return found[0] if found else None


def drawer_of_clerk(clerk: UserId, *, scope: Scope) -> Drawer | None:
    """The open drawer of a clerk, wherever it stands."""
    found = _drawers(" and by_id = %(id)s and closed_at is null", scope, id=clerk)
    return found[0] if found else None


def hold_counter(counter: CounterId, *, scope: Scope) -> None:  # unscoped: it reads nothing
    """Until the transaction ends nobody else opens or closes the drawer of a counter where nobody sits."""
    fetch_all(
        "select pg_advisory_xact_lock(hashtextextended('custody', %(counter)s)) is null", {"counter": counter}
    )


def open_drawers(*, scope: Scope) -> tuple[Drawer, ...]:
    """Every open drawer in the scope, by counter."""
    return tuple(_drawers(" and closed_at is null order by hall_id, counter_id", scope))


def closed_drawers(hall: HallId, span: Period, *, scope: Scope) -> tuple[Drawer, ...]:
    """The drawers of a hall that were closed within a span, in that order. Raises NotFound outside the scope."""
    scope.require(hall)
    where = (
        " and hall_id = %(hall)s and closed_at >= %(start)s and closed_at < %(end)s order by closed_at, id"
    )
    return tuple(_drawers(where, scope, hall=hall, start=span.start, end=span.end))


def drawer_standing(drawer_id: DrawerId, *, scope: Scope, upto: int | None = None) -> tuple[Standing, ...]:
    """Where each means stands, cash first, now or when entry `upto` was the last: X and Z alike (LAW-40). Raises NotFound."""
    drawer(drawer_id, scope=scope)
    rows = fetch_all("select * from custody_report(%(id)s, %(upto)s)", {"id": drawer_id, "upto": upto})
    return tuple(
        Standing(
            row.pop("means"), sales=row.pop("sales"), reversals=row.pop("reversals"),
            **{part: Money(fen) for part, fen in row.items()},
        )
        for row in rows
    )  # fmt: skip


def float_before(drawer: Drawer, *, scope: Scope) -> Money:
    """The float that the shift before this one left at its counter; zero before the first. Raises NotFound outside the scope."""
    scope.require(drawer.hall)
    found = fetch_one(
        "select expected_float from custody_drawersession where counter_id = %(counter)s and id < %(id)s"
        " order by id desc limit 1",
        {"counter": drawer.counter, "id": drawer.id},
    )
    return Money(found["expected_float"]) if found else Money.zero()


def drawer_payments(drawer_id: DrawerId, *, scope: Scope) -> tuple[PaymentId, ...]:
    """Every payment whose money passed through a drawer. Raises NotFound."""
    drawer(drawer_id, scope=scope)
    rows = fetch_all(
        "select distinct payment_id as id from custody_drawerentry where drawer_id = %(id)s and kind = 'sale'",
        {"id": drawer_id},
    )
    return tuple(PaymentId(row["id"]) for row in rows)


def last_entry(drawer_id: DrawerId, *, scope: Scope) -> int:
    """The last movement of a drawer, 0 before the first. Raises NotFound."""
    drawer(drawer_id, scope=scope)
    found = fetch_one(
        "select coalesce(max(id), 0) as id from custody_drawerentry where drawer_id = %(id)s",
        {"id": drawer_id},
    )
    return int(found["id"] or 0) if found else 0


def drawer_balance(drawer_id: DrawerId, *, scope: Scope) -> Money:
    """The cash that should lie in the drawer now. Raises NotFound."""
    return drawer_standing(drawer_id, scope=scope)[0].balance


def _drawers(where: str, scope: Scope, **facts: Any) -> list[Drawer]:
    rows = fetch_all(_DRAWERS + where, {"halls": scope.hall_list, **facts})
    return [
        Drawer(
            id=row["id"], hall=row["hall_id"], counter=row["counter_id"], by=row["by_id"], opened_at=row["opened_at"],
            expected_float=Money(row["expected_float"]), opening_float=Money(row["opening_float"]),
            counted={int(piece): number for piece, number in json.loads(row["counted"]).items()}, remark=row["remark"], closed_at=row["closed_at"],
            handed_in_at=row["handed_in_at"], confirmed_by=row["confirmed_by_id"], cashless=row["cashless"],
        )
        for row in rows
    ]  # fmt: skip
