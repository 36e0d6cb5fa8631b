"""Receipt books: issued by their cover, used up, back with every stub; never overlapping, never half (RCP-01, RCP-02)."""

import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from onehall.contexts.numbers import api as numbers
from onehall.contexts.numbers.models import Book, StubCheck
from onehall.entrances.board.books.told import day_told, report_parts
from onehall.foundation.database import fetch_all
from onehall.foundation.scopes import Actor, NotFound, NotPermitted, Scope
from onehall.foundation.values.ids import BookId
from onehall.journeys.return_paper_book import return_paper_book
from tests.cast import Cast, count, receipt_of
from tests.entrances.board_room import AUDITOR, MANAGER, BoardRoom, post, room, words
from tests.journeys.at_once import at_once
from tests.paper_trail import HEADQUARTERS, KEEPER, drawn, due, handed_in, issued, keeper_named, received

__all__ = ["room"]
LIST = "/board/paper-books/"


def used_up(cast: Cast, left: int = 0) -> tuple[Actor, numbers.BookRange]:
    """The clerk's first book has `left` numbers left, as if it had been used to there and its stubs were written off."""
    clerk = cast.clerk()
    book = Book.objects.filter(counter_id=clerk.counter_id, kind="receipt").order_by("id")[0]
    fetch_all("set local session_replication_role = replica")
    Book.objects.filter(pk=book.pk).update(next=book.last + 1 - left)
    StubCheck.objects.create(
        book=book, day=cast.now.date(), first=book.first, last=book.last - left, stubs=book.last - left - book.first + 1,
        voids=0, voids_due=0, upto=cast.now, by_id=clerk.user_id, at=cast.now,
    )  # fmt: skip
    fetch_all("set local session_replication_role = origin")
    return clerk, Book.objects.get(pk=book.pk).as_range()


@pytest.mark.rule("RCP-02", "RCP-01")
def test_a_new_book_goes_on_where_the_old_one_ends(cast: Cast) -> None:
    clerk, old = used_up(cast, left=1)
    assert clerk.counter_id is not None
    drawn(cast)
    made = issued(cast, " 7000001", "7000003", to=clerk)
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
def test_a_book_whose_stubs_are_not_written_off_does_not_come_back(cast: Cast) -> None:
    _, book = used_up(cast)
    fetch_all("set local session_replication_role = replica")
    fetch_all("delete from numbers_stubcheck returning id")
    fetch_all("set local session_replication_role = origin")
    auditor = cast.sign_in(AUDITOR)
    with pytest.raises(numbers.ReturnRefused) as open_:
        return_paper_book(book_id=book.id, stubs=8000, intent=uuid4(), by=auditor, at=cast.now)
    assert "没有全部销号" in open_.value.sentence("zh")
    with pytest.raises(IntegrityError), transaction.atomic():
        fetch_all(
            "insert into numbers_bookreturn (book_id, stubs, by_id, at) values (%(book)s, 8000, %(by)s, %(at)s) returning book_id",
            {"book": book.id, "by": auditor.user_id, "at": cast.now},
        )


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
    with pytest.raises(numbers.BadBookRange):
        issued(cast, first, last, to=cast.clerk())
    with pytest.raises(numbers.BadBookRange):
        received(cast, first, last)


@pytest.mark.rule("RCP-01", "SEC-10")
def test_books_never_overlap_and_stay_in_the_hall(cast: Cast) -> None:
    clerk, book = used_up(cast)
    last, after = book.last_number, f"{int(book.last_number) + 9:0{len(book.last_number)}d}"
    with pytest.raises(numbers.BooksOverlap):
        issued(cast, last, after, to=clerk)
    with pytest.raises(NotPermitted):
        issued(cast, "7000001", "7000003", to=clerk, by=clerk)
    other = fetch_all(
        "select id from organisation_counter where hall_id <> %(h)s limit 1", {"h": clerk.hall_id}
    )
    with pytest.raises(NotFound):
        issued(cast, "7000001", "7000003", to=clerk, counter=other[0]["id"])


@pytest.mark.rule("RCP-01", "ORD-13")
def test_two_managers_issue_one_number_once(real_cast: Cast) -> None:
    cast = real_cast
    clerk, manager = cast.clerk(), cast.sign_in(MANAGER)
    drawn(cast)
    seats = fetch_all(
        "select id from organisation_counter where hall_id = %(h)s order by id limit 2", {"h": clerk.hall_id}
    )
    before = count("numbers_book")
    outcomes: list[Any] = at_once(
        *(lambda seat=seat: issued(cast, "7000001", "7000009", to=clerk, counter=seat["id"], by=manager) for seat in seats)
    )  # fmt: skip
    assert sorted(type(one).__name__ for one in outcomes) == ["BookRange", "BooksOverlap"]
    assert count("numbers_book") == before + 1


@pytest.mark.rule("RCP-02")
def test_the_page_issues_passes_on_and_takes_back(room: BoardRoom) -> None:
    cast, clerk = room.cast, room.clerk
    drawn(cast, "7000001", "7000009")
    manager, auditor = room.browser(MANAGER), room.browser(AUDITOR)
    page = words(manager.get(LIST))
    assert (
        "发放" in page and "7000001 – 7000009" in page and room.browser("0213").get(LIST).status_code == 403
    )
    form = {"kind": "receipt", "counter": str(clerk.counter_id), "person": str(clerk.user_id)}
    refused = post(manager, f"{LIST}issues", **form, first="70", last="71")
    assert refused.status_code == 400 and "起止号不对" in words(refused)
    assert post(manager, f"{LIST}issues", **form, first="7000001", last="7000001").status_code == 303
    (book,) = fetch_all("select id from numbers_book where first = 7000001")
    other = cast.sign_in("0211").user_id
    assert post(manager, f"{LIST}{book['id']}/holder", person=str(other)).status_code == 303
    assert "郑洁" in words(manager.get(LIST))
    fetch_all("update numbers_book set next = next + 1 where first = 7000001 returning id")
    StubCheck.objects.create(
        book_id=book["id"], day=cast.now.date(), first=7000001, last=7000001, stubs=1, voids=0, voids_due=0, upto=cast.now,
        by_id=other, at=cast.now,
    )  # fmt: skip
    page = words(auditor.get(LIST))
    assert f'action="{LIST}{book["id"]}/return"' in page and "等收回存根" in page
    assert post(auditor, f"{LIST}{book['id']}/return", stubs="2").status_code == 409
    assert post(auditor, f"{LIST}{book['id']}/return", stubs="1").status_code == 303
    assert "已收回" in words(auditor.get(LIST))
    assert numbers.books_of_hall(clerk.hall_id, scope=Scope.operator(), book=BookId(book["id"]))[0].back


@pytest.mark.rule("RCP-02")
def test_headquarters_receives_and_hands_over_on_its_page(room: BoardRoom) -> None:
    cast = room.cast
    keeper_named(cast)
    boss, keeper = room.browser(HEADQUARTERS), room.browser(KEEPER)
    assert (
        "还没有进库的票据" in words(boss.get(f"{LIST}stock"))
        and room.browser(MANAGER).get(f"{LIST}stock").status_code == 403
    )
    lot = {"kind": "receipt", "first": "7000001", "last": "7000100", "note": "SH-0726"}
    assert post(boss, f"{LIST}lots", **{**lot, "note": " "}).status_code == 409
    assert post(boss, f"{LIST}lots", **lot).status_code == 303
    assert post(boss, f"{LIST}lots", **lot).status_code == 400, "those numbers are there already"
    (row,) = fetch_all("select id from numbers_booklot")
    part = {"lot": str(row["id"]), "hall": str(room.clerk.hall_id), "first": "7000001", "last": "7000050"}
    assert post(boss, f"{LIST}draws", **part).status_code == 303
    page = words(boss.get(f"{LIST}stock"))
    assert "7000051 – 7000100" in page and "等签收" in page and "郑洁" in page
    (draw,) = fetch_all("select id from numbers_bookdraw")
    page = words(keeper.get(f"{LIST}stubs"))
    assert "签收票据" in page and "签收领用的票据" in words(keeper.get("/desk/todos/"))
    assert post(keeper, f"{LIST}draws/{draw['id']}/taking", papers="49").status_code == 409
    assert post(keeper, f"{LIST}draws/{draw['id']}/taking", papers="50").status_code == 303
    assert "等签收" not in words(boss.get(f"{LIST}stock"))


@pytest.mark.rule("RCP-02", "RCP-01")
def test_a_day_on_the_pages_from_the_spoilt_paper_to_the_report_of_use(room: BoardRoom) -> None:
    cast, clerk = room.cast, room.clerk
    keeper_named(cast)
    fetch_all("set local session_replication_role = replica")
    Book.objects.update(issued_at=cast.now - timedelta(days=60))
    fetch_all("set local session_replication_role = origin")
    desk, keeper, manager = room.browser_of(clerk), room.browser(KEEPER), room.browser(MANAGER)
    sold = receipt_of(cast.new_line(clerk, "301", "bb4-month")).number
    torn = {"kind": "receipt", "number": f"{int(sold) + 1:07d}", "reason": "卡纸"}
    assert post(desk, "/desk/drawer/spoilt-papers", **torn, copies_present="2").status_code == 409
    assert post(desk, "/desk/drawer/spoilt-papers", **torn, copies_present="3").status_code == 303
    assert "盖作废章" in words(desk.get("/desk/drawer?spoilt=1"))
    cast.later(minutes=1)
    assert "交账后才能销号" in words(keeper.get(f"{LIST}stubs"))
    handed_in(cast, clerk)
    (one,) = due(cast, clerk.hall_id)
    form = {"day": f"{cast.now:%Y-%m-%d}", f"stubs_{one.book.id}": "1", f"voids_{one.book.id}": "1"}
    wrong = post(keeper, f"{LIST}stubs/writing-off", **form)
    assert wrong.status_code == 409 and "要写明原因" in words(wrong)
    assert (
        post(keeper, f"{LIST}stubs/writing-off", **{**form, f"stubs_{one.book.id}": "2"}).status_code == 303
    )
    page = words(keeper.get(f"{LIST}stubs"))
    assert "没有要销号的存根" in page and f"{sold} – {torn['number']}" in page
    day = words(manager.get(f"/board/books/?day={cast.now:%Y-%m-%d}"))
    assert "存根销号" in day and f"{sold} – {torn['number']}" in day
    assert post(manager, "/board/books/report", day=f"{cast.now:%Y-%m-%d}").status_code == 303
    _, grids, _ = report_parts(day_told(cast.now.date(), by=cast.sign_in(MANAGER)))
    (stubs,) = (one for one in grids if one.heading.zh == "存根销号")
    assert [row[:4] for row in stubs.rows] == [(sold, torn["number"], "2 / 2", "1 / 1")]
    report = words(manager.get(f"{LIST}use?day={cast.now:%Y-%m-%d}"))
    kind, opening, gained, used, void, left, _, hall = re.findall(r'<td class="num">([^<]*)</td>', report)
    assert (kind, opening, gained, used, void, left, hall) == (
        "收据",
        "40000",
        "0",
        "2",
        "1",
        "39998",
        "馨苑厅",
    )
    for code in ("paper-use", "paper-books", "stub-checks", "spoilt-papers"):
        for kind in ("csv", "xlsx"):
            answer = manager.post(f"/board/exports/{code}", {"reason": "月报", "format": kind})
            assert answer.status_code == 200, code
    printed = post(
        manager, "/board/registers/paper-use", start=f"{cast.now:%Y-%m}-01", end=f"{cast.now:%Y-%m-%d}"
    )
    assert printed.status_code == 303 and printed["Location"].endswith(".pdf")
