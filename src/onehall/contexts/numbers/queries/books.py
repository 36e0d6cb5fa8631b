"""Books at counters: what they still give, who holds them, what is written off."""

from datetime import UTC, date, datetime
from typing import Any

from onehall.contexts.numbers import rules
from onehall.contexts.numbers.contracts import BookState
from onehall.contexts.numbers.models import Book
from onehall.foundation.database import fetch_all
from onehall.foundation.scopes import Scope
from onehall.foundation.values.ids import BookId, CounterId, HallId

_LIVES = """
    select l.*, r.by_id as back_by from pub_numbers_book_life l left join numbers_bookreturn r on r.book_id = l.id
    where l.hall_id = %(hall)s and (%(book)s::bigint is null or l.id = %(book)s) order by l.id desc
"""
_CHECKS = """
    select id, book_id as book, kind, day, first_number, last_number, papers, stubs, voids, voids_due, reason, by_id as by, at
    from pub_numbers_stub_check
    where hall_id = %(hall)s and (%(counted)s::timestamptz is null or at = %(counted)s) and (%(day)s::date is null or day = %(day)s) order by id desc limit %(limit)s
"""
_SPOILT = """
    select book_id as book, number from pub_numbers_spoilt where hall_id = %(hall)s and at >= %(since)s and at < %(before)s
"""

_BEFORE_ALL = datetime(2000, 1, 1, tzinfo=UTC)
"""Before the first paper of any book."""


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
    """The books of a hall, the newest first, with holder and return; one of them where asked. Raises NotFound outside the scope."""
    scope.require(hall)
    lives = {row["id"]: row for row in fetch_all(_LIVES, {"hall": hall, "book": book})}
    rows = Book.objects.filter(pk__in=list(lives)).order_by("-id")
    return tuple(_held(row, lives[row.pk]) for row in rows)


def _held(row: Book, life: dict[str, Any]) -> rules.BookHeld:
    back = (
        rules.BookBack(life["stubs"], life["back_by"], life["returned_at"]) if life["returned_at"] else None
    )
    at = rules.BookAt(
        range=row.as_range(), prefix=row.prefix, first=row.first, next=row.next, width=row.width, written_off=life["written_off"],
        looked_upto=life["looked_upto"] or _BEFORE_ALL,
    )  # fmt: skip
    return rules.BookHeld(
        row.as_range(), row.last - row.first + 1, row.issued_at, back, life["holder_id"], at
    )


def stubs_written_off(
    hall: HallId, *, limit: int, scope: Scope, at: datetime | None = None, day: date | None = None
) -> tuple[rules.StubsWrittenOff, ...]:
    """What was written off, the newest first; that of one moment, or of one day's report, where asked. Raises NotFound outside the scope."""
    scope.require(hall)
    rows = fetch_all(_CHECKS, {"hall": hall, "limit": limit, "counted": at, "day": day})
    return tuple(rules.StubsWrittenOff(**row) for row in rows)


def spoilt_papers(
    hall: HallId, *, since: datetime, before: datetime, scope: Scope
) -> dict[BookId, tuple[str, ...]]:
    """The numbers put down as spoilt in a span, by book. Raises NotFound outside the scope."""
    scope.require(hall)
    found: dict[BookId, tuple[str, ...]] = {}
    for row in fetch_all(_SPOILT, {"hall": hall, "since": since, "before": before}):
        found[BookId(row["book"])] = (*found.get(BookId(row["book"]), ()), row["number"])
    return found
