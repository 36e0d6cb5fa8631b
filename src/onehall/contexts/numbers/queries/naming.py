"""Which numbers are whose, and which can be had."""

from collections.abc import Sequence
from datetime import datetime

from onehall.contexts.numbers import rules
from onehall.contexts.numbers.contracts import NumberKind, NumberStanding, NumberState, Prefix
from onehall.contexts.numbers.models import LinePrefix, Number, free_at
from onehall.foundation.database import fetch_all
from onehall.foundation.scopes import Scope
from onehall.foundation.values.ids import BasketId
from onehall.foundation.values.text import Text


def prefixes(*, scope: Scope, kind: NumberKind | None = None) -> tuple[Prefix, ...]:
    """The operator's prefix table."""
    del scope  # the table is the same for every hall
    rows = LinePrefix.objects.order_by("kind", "prefix")
    if kind is not None:
        rows = rows.filter(kind=kind)
    return tuple(Prefix(NumberKind(r.kind), r.prefix, r.source, Text(r.name_zh, r.name_en)) for r in rows)


def line_source(*, number: str, kind: NumberKind, scope: Scope) -> Prefix:
    """Which source a number belongs to (ADR-03). Raises UnknownLine."""
    return rules.line_source(number, prefixes(scope=scope, kind=kind), kind=kind)


def number_standing(*, kind: NumberKind, number: str, at: datetime, scope: Scope) -> NumberStanding:
    """Whether a number is free at `at` (ADR-07). Raises nothing: an unknown number is free."""
    del scope  # numbers belong to the operator: two halls must not give the same one
    row = Number.objects.filter(kind=kind, number=number).first()
    if row is None:
        return NumberStanding(kind, number, NumberState.FREE, None, None)
    ends = {"reserved_until": row.reserved_until, "quarantined_until": row.quarantined_until}
    state = rules.standing(NumberState(row.state), **ends, at=at)
    until = None if state == NumberState.FREE else row.reserved_until or row.quarantined_until
    holder = BasketId(row.basket) if row.basket is not None and state != NumberState.FREE else None
    return NumberStanding(kind, number, state, until, holder)


def taken_numbers(*, kind: NumberKind, numbers: Sequence[str], at: datetime, scope: Scope) -> frozenset[str]:
    """Those of the numbers that cannot be had at `at`: in use, reserved or at rest (ADR-07)."""
    del scope  # numbers belong to the operator: two halls must not give the same one
    rows = Number.objects.filter(kind=kind, number__any_of=numbers).exclude(free_at(at))
    return frozenset(rows.values_list("number", flat=True))


_FREE = """
    select g::text as number, r.source
    from numbers_numberrange r, generate_series(r.first, r.last) g
    where r.kind = %(kind)s and r.compound = %(compound)s and (%(source)s = '' or r.source = %(source)s)
      and g::text like %(like)s
      and not exists (select from numbers_number n where n.kind = r.kind and n.number = g::text
          and not (n.state = 'free' or (n.state = 'reserved' and n.reserved_until <= %(at)s)
                   or (n.state = 'quarantined' and n.quarantined_until <= %(at)s)))
    order by r.source = 'own' desc, g limit %(limit)s
"""


def free_numbers(
    *, kind: NumberKind, compound: str, source: str, containing: str, limit: int, at: datetime, scope: Scope
) -> tuple[tuple[str, str], ...]:
    """Numbers with their sources that a line of the compound may be given now, own ones first; `source` "" is any.

    `containing` narrows them to those with these digits in a row; anything but digits finds nothing.
    """
    del scope  # numbers belong to the operator: two halls must not give the same one
    if containing and not (containing.isascii() and containing.isdigit()):
        return ()
    asked = {
        "kind": kind.value,
        "compound": compound,
        "source": source,
        "like": f"%{containing}%",
        "limit": limit,
        "at": at,
    }
    return tuple((row["number"], row["source"]) for row in fetch_all(_FREE, asked))
