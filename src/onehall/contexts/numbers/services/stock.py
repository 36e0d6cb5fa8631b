"""Papers change hands: from the printer, to a hall's keeper, to a clerk; each step has two people (RCP-02)."""

from datetime import datetime

from onehall.contexts.numbers import rules
from onehall.contexts.numbers.models import Book, BookDraw, BookDrawTaken, BookHolding, BookLot
from onehall.contexts.numbers.queries import books_of_hall, draws, lots
from onehall.contexts.numbers.services.keeping import _refusing
from onehall.foundation.database import in_transaction
from onehall.foundation.scopes import Actor, NotFound
from onehall.foundation.values.ids import BookId, HallId, UserId


@in_transaction
def receive_lot(*, kind: str, first: str, last: str, note: str, by: Actor, at: datetime) -> rules.Lot:
    """A range as the printer delivered it, with the number of its delivery note. Raises BadBookRange, BooksOverlap, StockRefused."""
    prefix, width, low, high = rules.range_typed(first, last)
    if not note.strip():
        raise rules.received("note", "没有写送货单号", "the number of the delivery note is missing")
    with _refusing(first=first, last=last):
        row = BookLot.objects.create(
            kind=kind,
            prefix=prefix,
            width=width,
            first=low,
            last=high,
            note=note.strip(),
            by_id=by.user_id,
            at=at,
        )
    return lots(scope=by.scope, lot=row.pk)[0]


@in_transaction
def hand_to_hall(
    *, lot: int, first: str, last: str, hall: HallId, keeper: UserId, by: Actor, at: datetime
) -> rules.Draw:
    """A part of a lot goes to a hall's keeper, who has it once they took it. Raises NotFound, BadBookRange, BooksOverlap, StockRefused."""
    found = lots(scope=by.scope, lot=lot)
    if not found:
        raise NotFound(what="这批票据", what_en="This lot")
    prefix, width, low, high = rules.range_typed(first, last)
    rules.not_to_oneself(giver=by.user_id, taker=keeper, field="hall")
    one = found[0]
    if (prefix, width) != (one.prefix, one.width) or low < one.first or high > one.last:
        raise rules.received(
            "first",
            f"{first}—{last} 不在 {one.first_number}—{one.last_number} 这批里",
            f"{first}–{last} is not within the lot {one.first_number}–{one.last_number}",
        )
    with _refusing(first=first, last=last):
        row = BookDraw.objects.create(
            lot_id=lot, hall_id=hall, first=low, last=high, keeper_id=keeper, by_id=by.user_id, at=at
        )
    return draws(scope=by.scope, draw=row.pk)[0]


@in_transaction
def take_draw(*, draw: int, papers: int, by: Actor, at: datetime) -> rules.Draw:
    """The keeper counted `papers` of it, all of them. Raises NotFound, StockRefused."""
    found = draws(scope=by.scope, hall=by.hall_id, draw=draw)
    if not found:
        raise NotFound(what="这次领用", what_en="This draw")
    one = found[0]
    if one.keeper != by.user_id:
        raise rules.received("papers", "发给的不是您", "they were not handed to you")
    if papers != one.papers:
        raise rules.received(
            "papers",
            f"应有 {one.papers} 张，点到 {papers} 张",
            f"{one.papers} are due, {papers} were counted",
        )
    BookDrawTaken.objects.get_or_create(draw_id=draw, defaults={"by_id": by.user_id, "at": at})
    return draws(scope=by.scope, draw=draw)[0]


@in_transaction
def hold_book(*, book: BookId, person: UserId, by: Actor, at: datetime) -> rules.BookHeld:
    """Somebody has the book from now on, all that is left of it. Raises NotFound, StockRefused: returned, to oneself, theirs already."""
    Book.objects.select_for_update().filter(pk=book, hall_id=by.hall_id).first()
    found = books_of_hall(by.hall_id, scope=by.scope, book=book)
    if not found:
        raise NotFound(what="这本票据", what_en="This book")
    rules.not_to_oneself(giver=by.user_id, taker=person, field="person")
    if found[0].back is not None:
        raise rules.received("person", "这本已收回", "the book was returned")
    if found[0].holder == person:
        raise rules.received("person", "已经在这个人手里", "that person has it already")
    BookHolding.objects.create(book_id=book, person_id=person, by_id=by.user_id, at=at)
    return books_of_hall(by.hall_id, scope=by.scope, book=book)[0]
