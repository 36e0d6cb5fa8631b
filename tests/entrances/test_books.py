"""The day report, a clerk's journal and the close of a month on the screens, on paper and as files (CSH-02, CSH-05, LED-02, REC-01)."""

from dataclasses import replace

import pytest

from onehall.foundation.values.ids import CounterId, UserId
from onehall.foundation.values.money import Money
from onehall.foundation.values.period import month_of
from onehall.readings.day_books import MatchLine
from onehall.readings.match_days import match_days
from tests.entrances.board_room import AUDITOR, MANAGER, BoardRoom, post, room, words
from tests.entrances.test_deposits import hall
from tests.journeys.test_deposits import brought, left
from tests.journeys.test_verification import tampered

__all__ = ["hall", "room"]


@pytest.mark.rule("LED-02", "CSH-02", "REC-01")
def test_the_day_is_told_matched_and_printed(room: BoardRoom) -> None:
    board, clerk = room.browser(MANAGER), room.clerk.user_id
    assert "0 张收据" in words(board.get("/board/books/"))
    room.sold()
    page = words(board.get("/board/books/"))
    assert (
        page.count("相符") >= 2
        and "全厅" in page
        and "880.00" in page
        and "预收账款—宽带包期费" in page
        and "库存现金" in page
    )
    journal = f"/board/books/journal/{clerk}"
    assert "880.00" in words(board.get(journal))
    for address in ("/board/books/report", f"{journal}/paper"):
        paper = board.post(address)["Location"]
        assert board.get(post(board, f"{paper}/prints", medium="pdf")["Location"]).content.startswith(b"%PDF")
    assert room.browser("0213").get("/board/books/").status_code == 403


@pytest.mark.rule("SEC-04", "CSH-05")
@pytest.mark.parametrize("code", ["postings", "takings"])
def test_postings_and_takings_leave_as_files_with_a_reason(room: BoardRoom, code: str) -> None:
    room.sold()
    auditor = room.browser(AUDITOR)
    made = auditor.post(f"/board/exports/{code}", {"reason": "十一月对帐", "format": "csv", "hall": "here"})
    said = b"".join(made.streaming_content) if made.streaming else made.content
    text = said.decode("utf-8-sig")
    assert made.status_code == 200 and "880.00" in text
    assert code == "takings" or ("220301" in text and "预收账款—宽带包期费" in text)
    assert auditor.post(f"/board/exports/{code}", {"reason": "", "format": "csv"}).status_code == 400


@pytest.mark.rule("CSH-05")
def test_a_month_is_closed_over_the_screens(hall: BoardRoom) -> None:
    manager, bag = left(hall.cast)
    page = words(hall.browser(MANAGER).get("/board/months/?day=2026-11-01"))
    assert "还没有过完" in page
    hall.cast.later(days=8)
    board = hall.browser(MANAGER)
    month = {"day": "2026-11-01"}
    page = words(board.get("/board/months/"))
    assert "2026-11" in page and f"{bag.serial} 与银行不符" in page and "/board/deposits/bank" in page
    assert page.count("还有 1 项") == 1 and page.count("办完") >= 4 and "没有提出" in page
    assert '/board/books/?day=2026-11-23">2026-11-23' in page, "each day leads to its report"
    assert board.post("/board/months/proposal", month).status_code == 409
    brought(hall.cast, manager, f"2026-11-23,A1,{bag.serial},880.00")
    assert "都办完了" in words(board.get("/board/months/"))
    assert board.post("/board/months/proposal", month).status_code == 303
    assert "请另一位有权的人批准" in words(board.get("/board/months/"))
    assert board.post("/board/months/close", month).status_code == 403
    auditor = hall.browser(AUDITOR)
    assert "批准月结" in words(auditor.get("/board/months/"))
    assert auditor.post("/board/months/close", month).status_code == 303
    page = words(auditor.get("/board/months/"))
    assert "已月结" in page and "月结单" in page
    paper = page.split("/desk/documents/")[1].split('"')[0]
    assert bag.serial in words(auditor.get(f"/desk/documents/{paper}")) or "2026-11" in words(
        auditor.get(f"/desk/documents/{paper}")
    )


@pytest.mark.rule("LED-02", "CSH-05")
def test_each_day_of_a_month_has_its_three_amounts_and_hides_no_difference(room: BoardRoom) -> None:
    room.sold()
    manager, day = room.cast.sign_in(MANAGER), room.cast.now.date()
    (line,) = match_days(hall=manager.hall_id, span=month_of(day), scope=manager.scope)
    assert (line.day, line.papers, line.agrees) == (day, 1, True)
    assert line.account == line.cash == line.stubs == Money.yuan("880")
    with tampered(
        "update custody_drawerentry set received = received - 100, amount = amount - 100 where kind = 'sale'"
    ):
        (line,) = match_days(hall=manager.hall_id, span=month_of(day), scope=manager.scope)
        assert not line.agrees and line.cash == Money.yuan("879")
    one = MatchLine(CounterId(1), UserId(1), "1", "甲", 1, Money(5), Money(4), Money(5))
    other = replace(one, cash=Money(6))
    both = MatchLine.together((one, other))
    assert both.account == both.cash == both.stubs and not both.agrees, (
        "two differences do not hide each other"
    )
    assert MatchLine.together(()).agrees


@pytest.mark.rule("CSH-04", "LED-02")
def test_the_postings_file_names_the_bag_and_the_banks_reference(hall: BoardRoom) -> None:
    manager, bag = left(hall.cast)
    brought(hall.cast, manager, f"2026-11-23,A1,{bag.serial},880.00")
    made = hall.browser(AUDITOR).post(
        "/board/exports/postings", {"reason": "对帐", "format": "csv", "hall": "here"}
    )
    text = (b"".join(made.streaming_content) if made.streaming else made.content).decode("utf-8-sig")
    rows = [line for line in text.splitlines() if "封包" in line or "银行到账" in line]
    assert any(bag.serial in line and "101203" in line and "880.00" in line for line in rows)
    assert any("A1" in line and "100204" in line for line in rows)
