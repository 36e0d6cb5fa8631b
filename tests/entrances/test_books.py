"""The day report, a clerk's journal and the close of a month on the screens, on paper and as files (CSH-02, CSH-05, LED-02, REC-01)."""

import pytest

from tests.entrances.board_room import AUDITOR, MANAGER, BoardRoom, post, room, words
from tests.entrances.test_deposits import hall
from tests.journeys.test_deposits import brought, left

__all__ = ["hall", "room"]


@pytest.mark.rule("LED-02", "CSH-02", "REC-01")
def test_the_day_is_told_matched_and_printed(room: BoardRoom) -> None:
    board, clerk = room.browser(MANAGER), room.clerk.user_id
    assert "0 张收据" in words(board.get("/board/books/"))
    room.sold()
    page = words(board.get("/board/books/"))
    assert "相符" in page and "880.00" in page and "预收账款—宽带包期费" in page and "库存现金" in page
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
