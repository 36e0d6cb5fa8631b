"""Printing registers from the board: this hall's lines, masked, in order, on record (REC-01, REC-03)."""

from uuid import uuid4

import pytest

from onehall.foundation import audit
from onehall.foundation.documents.contracts import Kind
from onehall.foundation.documents.queries import documents_of
from onehall.foundation.scopes import Scope
from onehall.foundation.values.period import local
from tests.entrances.board_room import CLERK, BoardRoom, post, room, words

__all__ = ["room"]


@pytest.mark.rule("REC-01", "REC-03", "SEC-07")
def test_the_broadband_register_is_printed_with_its_columns_masked_and_on_record(room: BoardRoom) -> None:
    room.sold("501"), room.sold("502")
    manager, day = room.browser(), local(room.cast.now).date()
    page = words(manager.get("/board/registers/"))
    assert "宽带用户登记" in page and "发单登记表" in page and "回访记录" in page and "收款票据" in page
    sent = {"intent": str(uuid4()), "start": day.isoformat(), "end": day.isoformat()}
    opened = post(manager, "/board/registers/broadband", **sent)
    assert opened.status_code == 303
    assert manager.get(opened["Location"]).content.startswith(b"%PDF")
    hall = int(room.clerk.hall_id)
    (paper,) = [
        one for one in documents_of("hall", hall, scope=Scope.operator()) if one.kind is Kind.REGISTER
    ]
    content = paper.content
    assert [one["heading"]["zh"] for one in content["columns"]][:3] == ["流水号", "用户账号", "用户密码"]
    assert [row[1] for row in content["rows"]] == ["dw0120501", "dw0120502"], "in the order of registration"
    assert all("*" in row[5] and "*" in row[6] for row in content["rows"])
    assert content["title"]["zh"] == "宽带用户登记" and content["period"] == f"{day} – {day}"
    (line,) = audit.trail(scope=Scope.operator(), limit=1, action="document.issued", subject_id=str(paper.id))
    assert (line.details["list"], line.details["rows"]) == ("broadband", 2)


@pytest.mark.rule("REC-01", "SEC-10")
def test_another_hall_and_another_day_have_an_empty_book_and_odd_days_are_told(room: BoardRoom) -> None:
    room.sold("501")
    elsewhere, day = room.browser("0241", hall="guandi"), local(room.cast.now).date().isoformat()
    for browser, days in ((elsewhere, (day, day)), (room.browser(), ("2026-01-01", "2026-01-31"))):
        sent = {"intent": str(uuid4()), "start": days[0], "end": days[1]}
        assert post(browser, "/board/registers/work", **sent).status_code == 303
    papers = [
        one for hall in (1, 2, 3) for one in documents_of("hall", hall, scope=Scope.operator()) if one.kind is Kind.REGISTER
    ]  # fmt: skip
    assert papers and all(one.content["rows"] == [] for one in papers)
    wrong = post(
        room.browser(), "/board/registers/work", intent=str(uuid4()), start="2026-02-01", end="2026-01-01"
    )
    assert wrong.status_code == 400 and "先后" in words(wrong)
    assert post(room.browser(), "/board/registers/x", intent=str(uuid4())).status_code == 404


@pytest.mark.rule("REC-01")
def test_a_clerk_prints_what_a_clerk_may_see_and_nothing_else(room: BoardRoom) -> None:
    clerk = room.browser(CLERK)
    page = words(clerk.get("/board/registers/"))
    assert "发单登记表" in page and "/board/exports/" not in page
    assert "审计" not in page
