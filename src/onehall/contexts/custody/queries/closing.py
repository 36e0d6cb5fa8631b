"""Reading the close of drawers: counts, what was decided, what was left for the bank."""

import json
from collections.abc import Sequence

from onehall.contexts.custody.contracts import Count, Step
from onehall.contexts.custody.queries.drawers import drawer, last_entry
from onehall.foundation.database import fetch_all
from onehall.foundation.scopes import Scope
from onehall.foundation.values.ids import DrawerId
from onehall.foundation.values.money import Money

_TAKINGS = """
    select d.id, (c.amount - d.expected_float + r.deposits - r.put_in)::bigint as due
    from custody_drawersession d
    join lateral (select amount from custody_drawercount where drawer_id = d.id order by turn desc limit 1) c on true
    join lateral custody_report(d.id) r on r.means = 'cash'
    where d.id = any(%(ids)s) and d.closed_at is not null
      and (%(halls)s::bigint[] is null or d.hall_id = any(%(halls)s))
"""


def drawer_counts(drawer_id: DrawerId, *, scope: Scope) -> tuple[Count, ...]:
    """Every count of a drawer in the order they were made. Raises NotFound."""
    drawer(drawer_id, scope=scope)
    return tuple(
        Count(
            id=row["id"], drawer=drawer_id, turn=row["turn"], counted=_pieces(row["counted"]), amount=Money(row["amount"]),
            expected=Money(row["expected"]), upto=row["upto"], by=row["by_id"], at=row["at"],
        )
        for row in fetch_all(
            "select id, turn, counted::text, amount, expected, upto, by_id, at from custody_drawercount"
            " where drawer_id = %(id)s order by turn", {"id": drawer_id},
        )
    )  # fmt: skip


def standing_count(drawer_id: DrawerId, *, scope: Scope) -> Count | None:
    """The last count, if no money moved since and it was not sent back. Raises NotFound."""
    counts = drawer_counts(drawer_id, scope=scope)
    if not counts or counts[-1].upto != last_entry(drawer_id, scope=scope):
        return None
    back = {step.count for step in drawer_steps(drawer_id, scope=scope) if step.kind == "returned"}
    return None if counts[-1].id in back else counts[-1]


def drawer_steps(drawer_id: DrawerId, *, scope: Scope) -> tuple[Step, ...]:
    """Hand-ins, returns and the confirmation, in order. Raises NotFound."""
    drawer(drawer_id, scope=scope)
    rows = fetch_all(
        "select kind, count_id as count, difference, reason, by_id as by, at from custody_drawerstep"
        " where drawer_id = %(id)s order by id",
        {"id": drawer_id},
    )
    return tuple(Step(**{**row, "difference": Money(row["difference"])}) for row in rows)


def takings_due(drawers: Sequence[DrawerId], *, scope: Scope) -> dict[DrawerId, Money]:
    """What closed ones of these left for the bank: counted, less the float that stays, with what was handed over in the shift."""
    rows = fetch_all(_TAKINGS, {"ids": list(drawers), "halls": scope.hall_list})
    return {DrawerId(row["id"]): Money(row["due"]) for row in rows}


def _pieces(counted: str) -> dict[int, int]:
    return {int(piece): count for piece, count in json.loads(counted).items()}
