"""From the printer to 李敏: received, drawn, taken, issued, passed on; two people at each step, each number once (RCP-02)."""

from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction

from onehall.contexts.numbers import api as numbers
from onehall.foundation.database import fetch_all
from onehall.foundation.scopes import Actor, NotFound, NotPermitted, Scope
from onehall.foundation.values.ids import BookId, UserId
from onehall.journeys.draw_books import draw_books
from onehall.journeys.pass_paper_book import pass_paper_book
from onehall.journeys.take_drawn_books import take_drawn_books
from onehall.journeys.take_role import take_role
from onehall.readings.verification import verify_money
from tests.cast import Cast, receipt_of
from tests.journeys.at_once import at_once
from tests.paper_trail import HEADQUARTERS, KEEPER, MANAGER, drawn, handed, issued, keeper_named, received


def faults(rule: str = "RCP-02") -> list[tuple[str, str]]:
    """What verify finds of a rule: the check in English, and the number it names."""
    verdict = verify_money(scope=Scope.operator(), row_by_row=True)
    return [(one.title.en, one.id) for one in verdict.findings if one.rule == rule]


@pytest.mark.rule("RCP-02", "RCP-01")
def test_papers_go_from_the_printer_to_the_clerk_who_sells_with_them(cast: Cast) -> None:
    clerk = cast.clerk()
    keeper = keeper_named(cast)
    lot = received(cast)
    assert (lot.papers, lot.drawn) == (100, 0)
    draw = handed(cast, lot)
    assert (draw.keeper, draw.papers, draw.taken_at) == (keeper.user_id, 50, None)
    with pytest.raises(numbers.StockRefused, match="不在本厅已签收的票据里"):
        issued(cast, "7000001", "7000010", to=clerk)
    take_drawn_books(draw=draw.id, papers=50, by=keeper, at=cast.now)
    book = issued(cast, "7000001", "7000010", to=clerk)
    held = numbers.books_of_hall(clerk.hall_id, scope=clerk.scope, book=book.id)[0]
    assert held.holder == clerk.user_id
    everywhere = Scope.operator()
    (left,) = numbers.lot_parts(numbers.lots(scope=everywhere)[0], scope=everywhere)
    assert left == (7000051, 7000100) and numbers.draws(scope=everywhere)[0].issued == 10
    assert receipt_of(cast.new_line(clerk, "301", "bb4-month")).number != "7000001", (
        "the book of before goes first"
    )
    assert faults() == []


@pytest.mark.rule("RCP-02")
def test_nobody_hands_papers_to_himself(cast: Cast) -> None:
    manager = keeper_named(cast, MANAGER)
    draw = handed(cast, received(cast))
    take_drawn_books(draw=draw.id, papers=50, by=manager, at=cast.now)
    seat = cast.sign_in(KEEPER, counter="2")
    with pytest.raises(numbers.StockRefused) as own:
        issued(cast, "7000001", "7000010", to=manager, counter=seat.counter_id, by=manager)
    assert "不能发给自己" in own.value.sentence("zh")
    assert not fetch_all("select from numbers_book where first = 7000001"), "nothing is half done"
    book = issued(cast, "7000001", "7000010", to=seat, by=manager)
    with pytest.raises(numbers.StockRefused):
        pass_paper_book(
            book_id=book.id, person=UserId(manager.user_id), intent=uuid4(), by=manager, at=cast.now
        )
    with pytest.raises(IntegrityError), transaction.atomic():
        fetch_all(
            "insert into numbers_bookholding (book_id, person_id, by_id, at) values (%(b)s, %(u)s, %(u)s, now()) returning id",
            {"b": book.id, "u": manager.user_id},
        )


@pytest.mark.rule("RCP-02")
def test_only_the_keeper_it_was_handed_to_takes_it_and_all_of_it(cast: Cast) -> None:
    keeper = keeper_named(cast)
    draw = handed(cast, received(cast))
    with pytest.raises(numbers.StockRefused, match="应有 50 张，点到 49 张"):
        take_drawn_books(draw=draw.id, papers=49, by=keeper, at=cast.now)
    with pytest.raises(numbers.StockRefused):
        take_drawn_books(draw=draw.id, papers=50, by=cast.sign_in(MANAGER), at=cast.now)
    with pytest.raises(NotFound):
        take_drawn_books(draw=draw.id, papers=50, by=cast.sign_in("0311", hall="guandi"), at=cast.now)
    first = take_drawn_books(draw=draw.id, papers=50, by=keeper, at=cast.now)
    again = take_drawn_books(draw=draw.id, papers=50, by=keeper, at=cast.later(minutes=5))
    assert first.taken_at == again.taken_at
    lines = fetch_all("select action from audit_auditentry where action = 'book.draw_taken'")
    assert len(lines) == 1


@pytest.mark.rule("RCP-02")
def test_a_hall_without_a_keeper_is_handed_nothing_nor_is_what_another_lot_has(cast: Cast) -> None:
    lot = received(cast)
    with pytest.raises(numbers.StockRefused) as nobody:
        handed(cast, lot)
    assert "没有指定票据管理员" in nobody.value.sentence("zh")
    keeper_named(cast)
    with pytest.raises(numbers.StockRefused):
        handed(cast, lot, "7000090", "7000101")
    handed(cast, lot, "7000001", "7000050")
    with pytest.raises(numbers.BooksOverlap):
        handed(cast, lot, "7000050", "7000060")
    with pytest.raises(numbers.BooksOverlap):
        received(cast, "7000100", "7000200")
    with pytest.raises(numbers.BooksOverlap):
        received(cast, "0010001", "0010002")
    with pytest.raises(NotPermitted):
        draw_books(
            lot=lot.id, hall_id=cast.sign_in(MANAGER).hall_id, first="7000060", last="7000061", intent=uuid4(),
            by=cast.sign_in(MANAGER), at=cast.now,
        )  # fmt: skip


@pytest.mark.rule("RCP-02", "ORD-13")
def test_two_halls_at_once_get_one_range_once(real_cast: Cast) -> None:
    cast = real_cast
    keeper_named(cast)
    lot, boss = received(cast), cast.sign_in(HEADQUARTERS)
    hall = cast.sign_in(MANAGER).hall_id

    def draw(first: str) -> Any:
        return draw_books(
            lot=lot.id, hall_id=hall, first=first, last="7000060", intent=uuid4(), by=boss, at=cast.now
        )

    outcomes = at_once(lambda: draw("7000001"), lambda: draw("7000041"))
    assert sorted(type(one).__name__ for one in outcomes) == ["BooksOverlap", "Draw"]


@pytest.mark.rule("RCP-02")
def test_a_book_whose_clerk_left_is_named_until_it_is_passed_on(cast: Cast) -> None:
    clerk = cast.clerk()
    drawn(cast)
    book = issued(cast, "7000001", "7000010", to=clerk)
    manager = cast.sign_in(MANAGER)
    person = fetch_all("select id from organisation_person where staff_no = '0213'")[0]["id"]
    take_role(person_id=person, role="clerk", reason="调往总部", by=manager, at=cast.now)
    assert faults() == [("books are with people of their hall", "7000001")]

    def passed(to: Actor) -> numbers.BookHeld:
        return pass_paper_book(
            book_id=book.id, person=UserId(to.user_id), intent=uuid4(), by=manager, at=cast.now
        )

    with pytest.raises(numbers.StockRefused) as elsewhere:
        passed(cast.sign_in("0311", hall="guandi"))
    assert "不在本厅任职" in elsewhere.value.sentence("zh")
    assert passed(cast.sign_in(KEEPER)).holder == cast.sign_in(KEEPER).user_id
    assert faults() == []
    with pytest.raises(NotFound):
        pass_paper_book(
            book_id=BookId(10**9), person=UserId(manager.user_id + 1), intent=uuid4(), by=manager, at=cast.now
        )


@pytest.mark.rule("RCP-02")
def test_verify_names_a_book_outside_its_draw_and_a_draw_outside_its_lot(cast: Cast) -> None:
    clerk = cast.clerk()
    drawn(cast)
    book = issued(cast, "7000001", "7000010", to=clerk)
    fetch_all("set local session_replication_role = replica")
    fetch_all("update numbers_book set last = 7000099 where id = %(id)s returning id", {"id": book.id})
    assert faults() == [("books lie within what their hall drew", "7000001")]
    fetch_all("update numbers_book set last = 7000010 where id = %(id)s returning id", {"id": book.id})
    fetch_all("update numbers_booklot set last = 7000020 returning id")
    assert faults() == [("what halls drew lies within its lot", "7000001")]
    fetch_all("update numbers_booklot set last = 7000100 returning id")
    connection.check_constraints()
    with connection.cursor() as cursor:
        cursor.execute("alter table numbers_bookholding drop constraint book_not_to_oneself")
    fetch_all("update numbers_bookholding set by_id = person_id returning id")
    assert faults() == [("nobody handed a book to himself", "7000001")]
