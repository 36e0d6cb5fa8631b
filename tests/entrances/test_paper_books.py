"""Receipt books: issued by their cover, used up, back with every stub; never overlapping, never half (RCP-01, RCP-02)."""

from typing import Any
from uuid import uuid4

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from onehall.contexts.numbers import api as numbers
from onehall.contexts.numbers.models import Book
from onehall.foundation.database import fetch_all
from onehall.foundation.scopes import Actor, NotFound, NotPermitted, Scope
from onehall.foundation.values.ids import BookId, CounterId
from onehall.journeys.issue_paper_book import issue_paper_book
from onehall.journeys.return_paper_book import return_paper_book
from tests.cast import Cast, count, receipt_of
from tests.entrances.board_room import AUDITOR, MANAGER, BoardRoom, post, room, words
from tests.journeys.at_once import at_once

__all__ = ["room"]
LIST = "/board/paper-books/"


def issued(cast: Cast, by: Actor, first: str, last: str, counter: int) -> numbers.BookRange:
    return issue_paper_book(
        kind="receipt",
        counter_id=CounterId(counter),
        first=first,
        last=last,
        intent=uuid4(),
        by=by,
        at=cast.now,
    )


def used_up(cast: Cast, left: int = 0) -> tuple[Actor, numbers.BookRange]:
    """The clerk's first book has `left` numbers left, as if it had been used to there."""
    clerk = cast.clerk()
    book = Book.objects.filter(counter_id=clerk.counter_id, kind="receipt").order_by("id")[0]
    fetch_all("set local session_replication_role = replica")
    Book.objects.filter(pk=book.pk).update(next=book.last + 1 - left)
    fetch_all("set local session_replication_role = origin")
    return clerk, Book.objects.get(pk=book.pk).as_range()


@pytest.mark.rule("RCP-02", "RCP-01")
def test_a_new_book_goes_on_where_the_old_one_ends(cast: Cast) -> None:
    clerk, old = used_up(cast, left=1)
    assert clerk.counter_id is not None
    made = issued(cast, cast.sign_in(MANAGER), " 7000001", "7000003", clerk.counter_id)
    assert (made.first_number, made.last_number, made.remaining) == ("7000001", "7000003", 3)
    papers = [receipt_of(cast.new_line(clerk, str(no), "bb4-month")).number for no in (301, 302, 401, 402)]
    assert papers == [old.last_number, "7000001", "7000002", "7000003"]
    with pytest.raises(numbers.BookUsedUp):
        cast.new_line(clerk, "501", "bb4-month")


@pytest.mark.rule("RCP-02")
def test_a_book_comes_back_used_up_with_every_stub_and_once(cast: Cast) -> None:
    _, book = used_up(cast)
    auditor = cast.sign_in(AUDITOR)
    size = int(book.last_number) - int(book.first_number) + 1

    def back(stubs: int) -> numbers.BookHeld:
        return return_paper_book(book_id=book.id, stubs=stubs, intent=uuid4(), by=auditor, at=cast.now)

    with pytest.raises(numbers.ReturnRefused) as missing:
        back(size - 1)
    assert f"应有存根 {size} 张" in missing.value.sentence("zh")
    with pytest.raises(NotPermitted):
        return_paper_book(book_id=book.id, stubs=size, intent=uuid4(), by=cast.sign_in(MANAGER), at=cast.now)
    held = back(size)
    assert (
        numbers.life(held) is numbers.BookLife.RETURNED
        and held.back is not None
        and held.back.by == auditor.user_id
    )
    with pytest.raises(numbers.ReturnRefused):
        back(size)
    with pytest.raises(DatabaseError), transaction.atomic():
        fetch_all("delete from numbers_bookreturn")


@pytest.mark.rule("RCP-02")
def test_a_book_in_use_or_of_another_hall_does_not_come_back(cast: Cast) -> None:
    clerk, book = used_up(cast, left=2)
    auditor = cast.sign_in(AUDITOR)
    with pytest.raises(numbers.ReturnRefused) as unused:
        return_paper_book(book_id=book.id, stubs=8000, intent=uuid4(), by=auditor, at=cast.now)
    assert "还有 2 张没有用" in unused.value.sentence("zh")
    elsewhere = fetch_all(
        "select id from numbers_book where hall_id <> %(hall)s limit 1", {"hall": clerk.hall_id}
    )
    with pytest.raises(NotFound):
        return_paper_book(
            book_id=BookId(elsewhere[0]["id"]), stubs=1, intent=uuid4(), by=auditor, at=cast.now
        )
    with pytest.raises(IntegrityError), transaction.atomic():
        fetch_all(
            "insert into numbers_bookreturn (book_id, stubs, by_id, at) values (%(book)s, 8000, %(by)s, %(at)s) returning book_id",
            {"book": book.id, "by": auditor.user_id, "at": cast.now},
        )


@pytest.mark.rule("RCP-01")
@pytest.mark.parametrize(
    ("first", "last"), [("", ""), ("7000003", "7000001"), ("7000001", "07000009"), ("A700001", "B700009"), ("0000001", "9999999")]
)  # fmt: skip
def test_a_range_that_no_cover_has_is_refused(cast: Cast, first: str, last: str) -> None:
    manager = cast.sign_in(MANAGER)
    counter = fetch_all(
        "select id from organisation_counter where hall_id = %(h)s limit 1", {"h": manager.hall_id}
    )
    with pytest.raises(numbers.BadBookRange):
        issued(cast, manager, first, last, counter[0]["id"])


@pytest.mark.rule("RCP-01", "SEC-10")
def test_books_never_overlap_and_stay_in_the_hall(cast: Cast) -> None:
    clerk, book = used_up(cast)
    assert clerk.counter_id is not None
    manager = cast.sign_in(MANAGER)
    with pytest.raises(numbers.BooksOverlap):
        issued(
            cast,
            manager,
            book.last_number,
            str(int(book.last_number) + 9).zfill(len(book.last_number)),
            clerk.counter_id,
        )
    with pytest.raises(NotPermitted):
        issued(cast, clerk, "7000001", "7000003", clerk.counter_id)
    other = fetch_all(
        "select id from organisation_counter where hall_id <> %(h)s limit 1", {"h": manager.hall_id}
    )
    with pytest.raises(NotFound):
        issued(cast, manager, "7000001", "7000003", other[0]["id"])


@pytest.mark.rule("RCP-01", "ORD-13")
def test_two_managers_issue_one_number_once(real_cast: Cast) -> None:
    cast = real_cast
    manager = cast.sign_in(MANAGER)
    seats = fetch_all(
        "select id from organisation_counter where hall_id = %(h)s order by id limit 2",
        {"h": manager.hall_id},
    )
    before = count("numbers_book")
    outcomes: list[Any] = at_once(
        *(lambda seat=seat: issued(cast, manager, "7000001", "7000009", seat["id"]) for seat in seats)
    )
    assert sorted(type(one).__name__ for one in outcomes) == ["BookRange", "BooksOverlap"]
    assert count("numbers_book") == before + 1


@pytest.mark.rule("RCP-02")
def test_the_page_issues_and_takes_back(room: BoardRoom) -> None:
    manager, auditor = room.browser(MANAGER), room.browser(AUDITOR)
    seat = room.clerk.counter_id
    assert "发放" in words(manager.get(LIST)) and room.browser("0213").get(LIST).status_code == 403
    refused = post(manager, f"{LIST}issues", kind="receipt", counter=str(seat), first="70", last="71")
    assert refused.status_code == 400 and "起止号不对" in words(refused)
    assert (
        post(
            manager, f"{LIST}issues", kind="receipt", counter=str(seat), first="7000001", last="7000001"
        ).status_code
        == 303
    )
    assert "7000001" in words(manager.get(LIST))
    fetch_all("update numbers_book set next = next + 1 where first = 7000001 returning id")
    (book,) = fetch_all("select id from numbers_book where first = 7000001")
    page = words(auditor.get(LIST))
    assert f'action="{LIST}{book["id"]}/return"' in page and "等收回存根" in page
    assert post(auditor, f"{LIST}{book['id']}/return", stubs="2").status_code == 409
    assert post(auditor, f"{LIST}{book['id']}/return", stubs="1").status_code == 303
    assert "已收回" in words(auditor.get(LIST))
    assert numbers.books_of_hall(room.clerk.hall_id, scope=Scope.operator(), book=BookId(book["id"]))[0].back
