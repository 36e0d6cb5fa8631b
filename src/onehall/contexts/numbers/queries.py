"""Reads of the numbers room."""

from collections.abc import Sequence
from datetime import datetime

from onehall.contexts.numbers import rules
from onehall.contexts.numbers.contracts import BookState, NumberKind, NumberStanding, NumberState, Prefix
from onehall.contexts.numbers.models import Book, BookReturn, LinePrefix, Number, free_at
from onehall.foundation.database import fetch_all
from onehall.foundation.scopes import Scope
from onehall.foundation.values.ids import BasketId, BookId, CounterId, HallId, UserId
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
    state = rules.standing(
        NumberState(row.state),
        reserved_until=row.reserved_until,
        quarantined_until=row.quarantined_until,
        at=at,
    )
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


def book_state(*, counter_id: CounterId, kind: str, low_mark: int, scope: Scope) -> BookState:
    """What the counter can still issue. A counter of another hall looks as if it had no book (SEC-10)."""
    rows = Book.objects.filter(counter_id=counter_id, kind=kind).order_by("id")
    if scope.halls is not None:
        rows = rows.filter(hall_id__in=scope.halls)
    books = tuple(row.as_range() for row in rows)
    remaining = sum(book.remaining for book in books)
    following = next((book.next_number for book in books if book.next_number), "")
    return BookState(kind, counter_id, following, remaining, remaining <= low_mark, books)


def books_of_hall(hall: HallId, *, scope: Scope, book: BookId | None = None) -> tuple[rules.BookHeld, ...]:
    """The books of a hall, the newest first, with their return; one of them where asked. Raises NotFound outside the scope."""
    scope.require(hall)
    rows = Book.objects.filter(hall_id=hall, **({"pk": book} if book else {})).order_by("-id")
    back = {row.pk: row for row in BookReturn.objects.filter(book__hall_id=hall)}
    return tuple(_held(row, back.get(row.pk)) for row in rows)


def _held(row: Book, back: BookReturn | None) -> rules.BookHeld:
    returned = rules.BookBack(back.stubs, UserId(back.by_id), back.at) if back else None
    return rules.BookHeld(row.as_range(), row.last - row.first + 1, row.issued_at, returned)
