"""A drawer on the screens: blind at the desk until counted, confirmed on the board, printed, and nobody leaves before (CSH-03, LAW-40)."""

import re
from uuid import uuid4

import pytest

from onehall.contexts.custody import api as custody
from onehall.foundation.scopes import Scope
from tests.entrances.board_room import MANAGER, BoardRoom, post, room, words
from tests.entrances.programme import Programme, float_500
from tests.entrances.test_known_customers import desk

__all__ = ["room"]


def drawer(room: BoardRoom) -> int:
    """李敏's drawer."""
    found = custody.drawer_of_clerk(room.clerk.user_id, scope=Scope.operator())
    assert found is not None
    return int(found.id)


@pytest.mark.rule("LAW-40", "CSH-01")
def test_what_should_be_there_is_nowhere_on_the_desk_before_the_count(room: BoardRoom) -> None:
    browser = desk(room)
    room.sold()
    for address in ("/desk/", "/desk/top", "/desk/drawer", "/desk/drawer/count"):
        page = words(browser.get(address))
        assert "1,380.00" not in page, address
    assert "不显示" in words(browser.get("/desk/drawer/count")) or "盲点" in words(
        browser.get("/desk/drawer/count")
    )
    refused = post(browser, "/desk/drawer/movements", direction="out", amount="9999", reason="上缴")
    assert refused.status_code == 409 and "1,380.00" not in words(refused)


@pytest.mark.rule("CSH-03", "LAW-40")
def test_from_the_count_to_the_leave(room: BoardRoom) -> None:
    browser, board, number = desk(room), room.browser(MANAGER), drawer(room)
    assert browser.post("/sign-out").status_code == 409
    for turn in (1, 2):
        assert (
            post(browser, "/desk/drawer/count", pieces_10000="4", pieces_1000="9")["Location"]
            == "/desk/drawer/count"
        )
        page = words(browser.get("/desk/drawer/count"))
        assert ("请再点一遍" in page) == (turn == 1) and ("−¥10.00" in page) == (turn == 2)
    refused = post(browser, "/desk/drawer/hand-in", reason=" ")
    assert refused.status_code == 409 and "写明原因" in words(refused)
    assert post(browser, "/desk/drawer/hand-in", reason="找零多付")["Location"] == "/desk/drawer"
    assert "等值班经理确认" in words(browser.get("/desk/drawer"))
    assert "等确认" in words(browser.get("/desk/top"))
    assert browser.get("/desk/drawer/count")["Location"] == "/desk/drawer"

    assert f"/board/drawers/{number}" in words(board.get("/desk/todos/"))
    listed = words(board.get("/board/drawers/"))
    assert "等确认" in listed and "−¥10.00" in listed and "找零多付" in listed
    page = words(board.get(f"/board/drawers/{number}"))
    assert "确认，可以离岗" in page and "−¥10.00" in page
    nothing = post(board, f"/board/drawers/{number}/decision", answer="return", note="")
    assert nothing.status_code == 409 and "退回要写明原因" in words(nothing)
    assert post(board, f"/board/drawers/{number}/decision", answer="maybe").status_code == 400
    done = post(board, f"/board/drawers/{number}/decision", answer="confirm", note="")
    assert (done.status_code, done["Location"]) == (303, f"/board/drawers/{number}")
    assert "已结" in words(board.get("/board/drawers/"))
    assert "确认交账" in words(board.get("/board/audit/?action=drawer.confirmed"))
    assert browser.post("/sign-out").status_code == 303


@pytest.mark.rule("CSH-03", "LAW-40")
def test_x_and_z_are_printed_on_paper_and_as_a_slip(room: BoardRoom) -> None:
    board, number = room.browser(MANAGER), drawer(room)
    room.sold()
    page = words(board.get(f"/board/drawers/{number}"))
    assert "现金" in page.split("流水")[1], "each movement says by which means"
    paper = board.post(f"/board/drawers/{number}/report")["Location"]
    page = words(board.get(paper))
    assert f"X{number}" in page and "打小票" in page
    copy = post(board, f"{paper}/prints", medium="pdf")["Location"]
    assert re.fullmatch(r"/desk/documents/\d+/copies/\d+\.pdf", copy)
    assert board.get(copy).content.startswith(b"%PDF")


@pytest.mark.rule("CSH-03")
def test_what_was_sent_back_says_why_at_the_desk(room: BoardRoom) -> None:
    browser, board, number = desk(room), room.browser(MANAGER), drawer(room)
    post(browser, "/desk/drawer/count", pieces_10000="4", pieces_1000="10")
    assert "相符" in words(browser.get("/desk/drawer/count"))
    post(browser, "/desk/drawer/hand-in")
    post(board, f"/board/drawers/{number}/decision", answer="return", note="还有客户在等")
    assert "还有客户在等" in words(browser.get("/desk/drawer"))


@pytest.mark.rule("CSH-01")
def test_a_count_that_cannot_be_keeps_nothing(room: BoardRoom) -> None:
    browser = desk(room)
    for typed in ("-1", "1.5", "100001", "两张"):
        refused = post(browser, "/desk/drawer/count", pieces_10000=typed)
        assert refused.status_code == 400 and "没有这种面额或张数" in words(refused)
    assert (
        custody.drawer_counts(custody.open_drawers(scope=Scope.operator())[0].id, scope=Scope.operator())
        == ()
    )


@pytest.mark.rule("CSH-03", "LAW-40")
def test_a_programme_counts_and_hands_in_and_is_told_no_more(room: BoardRoom) -> None:
    clerk = Programme.of("0211", counter="2")
    assert "balance" not in clerk.do("/drawer", float_500())
    short = {"counted": [{"fen": 10000, "pieces": 5}, {"fen": 100, "pieces": 1}]}
    assert clerk.do("/drawer/counts", short) == {
        "turn": 1, "amount_fen": 50100, "told": "count_again", "difference_fen": None,
    }  # fmt: skip
    assert clerk.do("/drawer/counts", short)["difference_fen"] == 100
    assert clerk.post("/drawer/hand-in", {}, key=uuid4()).json["code"] == "custody.count_refused"
    assert clerk.do("/drawer/hand-in", {"reason": "客户没拿找零"}) == {"difference": 100}
    assert clerk.get("/drawer").good()["handed_in_at"]
