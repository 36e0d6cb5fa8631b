"""Reading drawers. A drawer belongs to one hall: outside the scope it is not found."""

import json
from typing import Any

from onehall.contexts.custody.contracts import Drawer, Standing
from onehall.foundation.database import fetch_all
from onehall.foundation.scopes import NotFound, Scope
from onehall.foundation.values.ids import CounterId, DrawerId, UserId
from onehall.foundation.values.money import Money

_DRAWERS = """
    select id, hall_id, counter_id, by_id, opened_at, expected_float, opening_float, counted::text, remark, closed_at
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


def open_drawers(*, scope: Scope) -> tuple[Drawer, ...]:
    """Every open drawer in the scope, by counter."""
    return tuple(_drawers(" and closed_at is null order by hall_id, counter_id", scope))


def drawer_standing(drawer_id: DrawerId, *, scope: Scope) -> tuple[Standing, ...]:
    """Where each means stands, cash first (LAW-40). Raises NotFound."""
    drawer(drawer_id, scope=scope)
    rows = fetch_all("select * from custody_standing(%(id)s)", {"id": drawer_id})
    return tuple(
        Standing(row.pop("means"), **{part: Money(fen) for part, fen in row.items()}) for row in rows
    )


def drawer_balance(drawer_id: DrawerId, *, scope: Scope) -> Money:
    """The cash that should lie in the drawer now. Raises NotFound."""
    return drawer_standing(drawer_id, scope=scope)[0].balance


def _drawers(where: str, scope: Scope, **facts: Any) -> list[Drawer]:
    rows = fetch_all(_DRAWERS + where, {"halls": scope.hall_list, **facts})
    return [
        Drawer(
            id=row["id"],
            hall=row["hall_id"],
            counter=row["counter_id"],
            by=row["by_id"],
            opened_at=row["opened_at"],
            expected_float=Money(row["expected_float"]),
            opening_float=Money(row["opening_float"]),
            counted={int(piece): count for piece, count in json.loads(row["counted"]).items()},
            remark=row["remark"],
            closed_at=row["closed_at"],
        )
        for row in rows
    ]
