"""Shortages on the board, each step by its person; a false note refused at the desk (LAW-02, LAW-04, PAY-04)."""

from uuid import uuid4

import pytest
from django.db import ProgrammingError

from onehall.foundation.audit import trail
from onehall.foundation.database import fetch_all, transaction
from onehall.foundation.scopes import Scope
from tests.cast import count
from tests.entrances.board_room import MANAGER, BoardRoom, post, room, words
from tests.entrances.money_at_work import short_drawer
from tests.entrances.test_known_customers import desk

__all__ = ["room"]
LIST = "/board/shortages/"


@pytest.mark.rule("LAW-04", "PAY-04")
def test_each_step_on_its_page_by_its_person(room: BoardRoom) -> None:
    manager = room.browser(MANAGER)
    assert "没有要处理的短款" in words(manager.get(LIST))
    drawer = short_drawer(room.cast, room.cast.sign_in(MANAGER), "4")
    assert f'value="{drawer}"' in words(manager.get(LIST)) and "找零多付" in words(manager.get(LIST))
    given = {"drawer": str(drawer), "cause": "miscount", "evidence": "监控 17:40"}
    for bad, said in (
        ({"evidence": " "}, "没有填"),
        ({"cause": "x"}, "看不懂"),
        ({"drawer": "0"}, "没有找到"),
    ):
        answer = post(manager, f"{LIST}proposals", **{**given, **bad})
        assert answer.status_code in (400, 404) and said in words(answer)
    where = post(manager, f"{LIST}proposals", **given)["Location"]
    clerk, colleague, chief = room.browser("0211"), room.browser("0213"), room.browser("0101")
    assert where in words(clerk.get(LIST)) and where not in words(colleague.get(LIST))
    assert colleague.get(where).status_code == 404
    assert "有异议" in words(clerk.get(where)) and "您的决定" not in words(clerk.get(where))
    assert "您的决定" not in words(chief.get(where)), "not before the clerk could answer"
    assert post(clerk, f"{where}/answer", answer="perhaps").status_code == 400
    assert post(clerk, f"{where}/answer", answer="object", words="").status_code == 400
    assert post(clerk, f"{where}/answer", answer="object", words="客户少给").status_code == 303
    assert "客户少给" in words(chief.get(where)) and "您的决定" in words(chief.get(where))
    assert "您的决定" not in words(manager.get(where)), "the proposer does not decide"
    assert post(manager, f"{where}/decision", outcome="clerk", ground="试").status_code == 403
    assert post(chief, f"{where}/decision", outcome="company", ground="监控不清").status_code == 303
    page = words(clerk.get(where))
    assert "公司承担" in page and "监控不清" in page and "马骏" in page and "不扣工资" in page
    assert count("workforce_shortagedecision") == 1


@pytest.mark.rule("LAW-02", "ORD-13")
def test_a_false_note_is_refused_logged_and_given_back_and_no_money_moves(room: BoardRoom) -> None:
    browser = desk(room)
    page = words(browser.get("/desk/drawer"))
    assert "银行或公安机关鉴别" in page and "不能没收" in page and "LAW-02" in page
    money = count("custody_drawerentry") + count("ledger_posting")
    given = {"piece": "10000", "pieces": "1", "mark": "ab12 345678", "intent": str(uuid4())}
    for _ in range(2):
        assert post(browser, "/desk/drawer/refused-notes", **given).status_code == 303
    assert "把纸币退还客户" in words(browser.get("/desk/drawer?refused=1"))
    kept = fetch_all("select piece, pieces, mark, by_id from custody_refusednote")
    assert kept == [{"piece": 10000, "pieces": 1, "mark": "AB12345678", "by_id": room.clerk.user_id}]
    for bad in ({"piece": "300"}, {"pieces": "0"}, {"mark": "№1"}):
        answer = post(browser, "/desk/drawer/refused-notes", **{**given, **bad, "intent": str(uuid4())})
        assert answer.status_code == 400 and "面额" in words(answer)
    assert count("custody_drawerentry") + count("ledger_posting") == money
    (line,) = trail(scope=Scope.operator(), limit=9, action="note.refused")
    assert line.details == {"piece_fen": 10000, "pieces": 1}
    listed = room.browser(MANAGER).post(
        "/board/exports/refused-notes", {"reason": "月度检查", "format": "csv"}
    )
    assert "AB12345678" in b"".join(listed.streaming_content).decode("utf-8-sig")
    with pytest.raises(ProgrammingError), transaction():
        fetch_all("delete from custody_refusednote")
