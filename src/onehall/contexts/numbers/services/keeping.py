"""Books are issued to counters and come back used up with every stub (RCP-01, RCP-02)."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.db import IntegrityError

from onehall.contexts.numbers import rules
from onehall.contexts.numbers.contracts import BookRange, BooksOverlap
from onehall.contexts.numbers.models import Book, BookReturn
from onehall.contexts.numbers.queries import books_of_hall
from onehall.foundation.database import in_transaction
from onehall.foundation.scopes import Actor, NotFound
from onehall.foundation.values.ids import BookId, CounterId, HallId

_OVERLAPS = ("numbers_book_no_overlap", "numbers_lot_no_overlap", "numbers_draw_no_overlap")


@in_transaction
def establish_book(
    *, kind: str, hall_id: HallId, counter_id: CounterId, prefix: str, first: int, last: int, width: int, by: Actor | None,
    at: datetime, paper: bool = True,
) -> BookRange:  # fmt: skip
    """Issues a book, or a series that is not on `paper`, to a counter; the same book again changes nothing; BooksOverlap if another holds one of its numbers."""
    rules.book_size(first=first, last=last)
    clash = Book.objects.filter(kind=kind, prefix=prefix, first__lte=last, last__gte=first).first()
    if clash is not None and (clash.counter_id, clash.first, clash.last) == (counter_id, first, last):
        return clash.as_range()
    printed = [rules.printed_number(prefix=prefix, number=number, width=width) for number in (first, last)]
    if clash is not None:
        raise BooksOverlap(field="first", first=printed[0], last=printed[1])
    with _refusing(first=printed[0], last=printed[1]):
        return Book.objects.create(
            kind=kind, hall_id=hall_id, counter_id=counter_id, prefix=prefix, width=width, first=first, last=last, next=first,
            issued_at=at, paper=paper, by_id=by.user_id if by else None,
        ).as_range()  # fmt: skip


@contextmanager
def _refusing(*, first: str, last: str) -> Iterator[None]:
    """Of two who issue or receive one number at the same instant the database lets one; nor does it let a book lie outside its draws."""
    try:
        yield
    except IntegrityError as broken:
        constraint = getattr(getattr(broken.__cause__, "diag", None), "constraint_name", None)
        if constraint in _OVERLAPS:
            raise BooksOverlap(field="first", first=first, last=last) from broken
        if constraint == "book_within_draw":
            raise rules.received(
                "first",
                f"{first}—{last} 不在本厅已签收的票据里",
                f"{first}–{last} lies in nothing that this hall drew and took",
            ) from broken
        raise


@in_transaction
def return_book(*, book: BookId, hall: HallId, stubs: int, by: Actor, at: datetime) -> rules.BookHeld:
    """The stubs are counted and taken. Raises NotFound, ReturnRefused."""
    Book.objects.select_for_update().filter(pk=book, hall_id=hall).first()
    found = books_of_hall(hall, scope=by.scope, book=book)
    if not found:
        raise NotFound(what="这本票据", what_en="This book")
    rules.check_return(found[0], stubs=stubs)
    BookReturn.objects.create(book_id=book, stubs=stubs, by_id=by.user_id, at=at)
    return books_of_hall(hall, scope=by.scope, book=book)[0]
