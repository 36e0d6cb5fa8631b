"""Confirmed drawers that were short and that nobody has spoken about yet (PAY-04)."""

from dataclasses import dataclass
from datetime import datetime

from onehall.foundation.database import fetch_all
from onehall.foundation.scopes import Scope
from onehall.foundation.values.ids import DrawerId, HallId
from onehall.foundation.values.money import Money

_SHORT = """
    select d.id as drawer_id, u.name as clerk, d.closed_at, -s.difference as short, s.reason
    from pub_custody_drawer d
    join pub_custody_step s on s.drawer_id = d.id and s.kind = 'confirmed' and s.difference < 0
    join identity_user u on u.id = d.by_id
    left join pub_workforce_shortage p on p.drawer_id = d.id
    where d.hall_id = %(hall)s and p.id is null and d.by_id <> %(user)s
    order by d.closed_at desc limit %(limit)s
"""


@dataclass(frozen=True, slots=True)
class ShortDrawer:
    """A drawer, by how much it was short, and what its clerk said about it."""

    drawer_id: DrawerId
    clerk: str
    closed_at: datetime
    short: Money
    reason: str


def short_drawers(*, hall: HallId, apart_from: int, limit: int, scope: Scope) -> tuple[ShortDrawer, ...]:
    """The newest first, `apart_from` one's own. Raises NotFound outside the scope."""
    scope.require(hall)
    rows = fetch_all(_SHORT, {"hall": hall, "user": apart_from, "limit": limit})
    return tuple(ShortDrawer(**{**row, "short": Money(row["short"])}) for row in rows)
