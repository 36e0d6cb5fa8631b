"""Papers on their way from the printer to the halls."""

from onehall.contexts.numbers import rules
from onehall.foundation.database import fetch_all
from onehall.foundation.scopes import NotFound, Scope
from onehall.foundation.values.ids import HallId

_LOTS = """
    select l.id, l.kind, l.prefix, l.width, l.first, l.last, l.first_number, l.last_number, l.papers, l.note, l.by_id as by, l.at,
           coalesce((select sum(d.papers) from pub_numbers_draw d where d.lot_id = l.id), 0)::bigint as drawn
    from pub_numbers_lot l where (%(lot)s::bigint is null or l.id = %(lot)s) order by l.id desc
"""
_DRAWS = """
    select d.id, d.hall_id, d.kind, d.first_number, d.last_number, d.papers, d.keeper_id as keeper, d.by_id as by, d.at, d.taken_at,
           coalesce((select sum(b.last - b.first + 1) from pub_numbers_book_life b
               where b.kind = d.kind and b.prefix = d.prefix and b.hall_id = d.hall_id and b.first >= d.first and b.last <= d.last
           ), 0)::bigint as issued
    from pub_numbers_draw d
    where (%(halls)s::bigint[] is null or d.hall_id = any(%(halls)s)) and (%(hall)s::bigint is null or d.hall_id = %(hall)s)
      and (%(draw)s::bigint is null or d.id = %(draw)s) order by d.id desc
"""
_PARTS = "select first, last from pub_numbers_draw where lot_id = %(lot)s"


def lots(*, scope: Scope, lot: int | None = None) -> tuple[rules.Lot, ...]:
    """What came from the printer, the newest first; one of them where asked. Headquarters' own: nothing for one hall's people."""
    if scope.halls is not None:
        return ()
    return tuple(rules.Lot(**row) for row in fetch_all(_LOTS, {"lot": lot}))


def lot_parts(lot: rules.Lot, *, scope: Scope) -> tuple[tuple[int, int], ...]:
    """The ranges of a lot that are with no hall yet. Raises NotFound for who sees some halls only."""
    if scope.halls is not None:
        raise NotFound()
    taken = [(row["first"], row["last"]) for row in fetch_all(_PARTS, {"lot": lot.id})]
    return rules.left_of(lot.first, lot.last, taken)


def draws(*, scope: Scope, hall: HallId | None = None, draw: int | None = None) -> tuple[rules.Draw, ...]:
    """What went to the halls in scope, or to one, the newest first; a single one where asked."""
    rows = fetch_all(_DRAWS, {"halls": scope.hall_list, "hall": hall, "draw": draw})
    return tuple(rules.Draw(**row) for row in rows)
