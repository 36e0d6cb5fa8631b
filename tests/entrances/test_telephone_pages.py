"""Telephone lines on the pages: the desk, the customer's own page, the board's months, and programmes (VOI-03, BIL-04)."""

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from onehall.contexts.subscriptions import api as subscriptions
from onehall.contexts.voice import api as voice
from onehall.runs.bill_month import bill_month
from onehall.runs.rate_calls import rate_calls
from tests.cast import Cast, dwelling
from tests.entrances.board_room import BoardRoom, post, room, words
from tests.entrances.test_known_customers import desk
from tests.entrances.test_portal import Home, home, said
from tests.telephone import ALL, LI_MIN, NOVEMBER, called, day, deliver, left, opened, paid_in

__all__ = ["home", "room"]


@pytest.fixture
def line(room: BoardRoom) -> voice.Line:
    """王建国's line with 20 yuan, two calls, ten days later."""
    room.cast.new_line(room.clerk)
    found = _busy(room.cast, room.clerk)
    room.cast.later(days=10)
    room.clerk = room.cast.clerk(drawer=False)
    return found


def _busy(cast: Cast, clerk: Any) -> voice.Line:
    found = opened(clerk, monthly_credit=2_000)
    paid_in(found, "20.00", "2026-11-01 08:00:00")
    deliver(
        [called(LI_MIN, "2026-11-05 10:00:00", 61), called(LI_MIN, "2026-11-06 10:00:00", 30, "01087654321")],
        at=cast.now,
    )
    rate_calls(at=cast.now)
    return found


def party_of() -> int:
    (one,) = subscriptions.subscriptions_at(dwelling_id=dwelling("dw", "1", "2", "502"), scope=ALL)
    return one.party_id


def verified(room: BoardRoom, party: int) -> Client:
    browser = desk(room)
    assert post(browser, f"/desk/customers/{party}/purpose", purpose="id_document").status_code == 303
    return browser


@pytest.mark.rule("SEC-01", "SEC-05")
def test_without_a_purpose_neither_balance_nor_calls_nor_recharge(room: BoardRoom, line: voice.Line) -> None:
    browser, address = desk(room), f"/desk/customers/{party_of()}/telephones"
    assert browser.get(address).status_code == 303
    for step in ("calls", "recharge"):
        assert (
            post(browser, f"{address}/{step}", line=line.id, month="2026-11", amount="50").status_code == 403
        )


@pytest.mark.rule("BIL-05", "VOI-02")
def test_the_desk_shows_balance_plan_and_each_call_with_how_it_was_paid(
    room: BoardRoom, line: voice.Line
) -> None:
    party = party_of()
    browser = verified(room, party)
    page = words(browser.get(f"/desk/customers/{party}/telephones"))
    assert all(told in page for told in ("68000001", "19.60", "月租资费", "0.20", "还没有帐单"))
    assert f'href="/desk/customers/{party}/telephones"' in words(browser.get(f"/desk/customers/{party}"))
    for month in ("十一月", "2026-13", "202611"):
        wrong = post(browser, f"/desk/customers/{party}/telephones/calls", line=line.id, month=month)
        assert wrong.status_code == 400 and f"月份“{month}”不对" in words(wrong)
    listed = words(post(browser, f"/desk/customers/{party}/telephones/calls", line=line.id, month="2026-11"))
    for told in ("01087654321", "2 × 0.15", "19.90", "19.60", "+20.00", "换资费要多少钱", "20.40", "0.10"):
        assert told in listed, told


@pytest.mark.rule("BIL-02")
def test_a_recharge_typed_at_the_desk_is_paid_with_the_basket(room: BoardRoom, line: voice.Line) -> None:
    party = party_of()
    browser, address = verified(room, party), f"/desk/customers/{party}/telephones/recharge"
    for wrong in ("", "abc", "1"):
        assert post(browser, address, line=line.id, amount=wrong, intent=uuid4()).status_code in (
            400,
            409,
            422,
        )
    assert post(browser, address, line=line.id + 99, amount="50", intent=uuid4()).status_code == 404
    intent = uuid4()
    for _ in range(2):
        assert post(browser, address, line=line.id, amount="50", intent=intent).status_code == 303
    assert "电话充值" in words(browser.get(f"/desk/customers/{party}"))
    assert left() == 196_000


@pytest.mark.rule("VOI-03")
def test_customers_see_their_balance_and_calls_and_nobody_elses(home: Home) -> None:
    clerk = home.cast.clerk(drawer=False)
    _busy(home.cast, clerk)
    assert home.get("/my/telephone").headers["Location"] == "/my/sign-in"
    home.sign_in()
    home.choose()
    page = said(home.get("/my/telephone?month=2026-11"))
    assert all(told in page for told in ("68000001", "19.60", "0108765****", "还没有帐单"))
    assert "01087654321" not in page
    for odd in ("line=999", "line=x", "month=2026-13", "month=x"):
        assert home.get(f"/my/telephone?{odd}").status_code == 200
    assert "/my/telephone" in said(home.get("/my/"))


@pytest.mark.rule("BIL-04")
def test_a_month_is_tried_looked_at_and_approved_by_somebody_else(room: BoardRoom, line: voice.Line) -> None:
    room.cast.now = day("2026-12-01 09:00:00")
    asks, agrees = room.browser(), room.browser("0101")
    assert post(asks, "/board/telephone/start", month="2026-1").status_code == 400
    assert post(asks, "/board/telephone/start", month="2026-12").status_code == 409
    assert post(asks, "/board/telephone/start", month="2026-11").status_code == 303
    assert "正在计算" in words(asks.get("/board/telephone/"))
    bill_month(at=room.cast.now)
    page = words(asks.get("/board/telephone/?month=2026-11"))
    assert all(told in page for told in ("等待核准", "20.40", "您发起的试算", "市话", "长途"))
    run = voice.standing_run(NOVEMBER, scope=ALL)
    assert run is not None
    assert post(asks, "/board/telephone/approval", run=run.id, fen=run.fen).status_code == 409
    assert "核准入帐" in words(agrees.get("/board/telephone/"))
    assert post(agrees, "/board/telephone/approval", run=run.id, fen=run.fen + 1).status_code == 409
    assert post(agrees, "/board/telephone/approval", run=run.id, fen=run.fen).status_code == 303
    assert "已核准" in words(asks.get("/board/telephone/"))
    assert left() == 196_000 - 200_000
