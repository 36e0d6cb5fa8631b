"""A reversal on the screens: asked for at the desk, agreed on the board, carried out at the counter; and over the API (RCP-01, SEC-04)."""

import re
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from onehall.foundation.identity.models import User
from tests.cast import PaymentTaken, count
from tests.entrances.board_room import MANAGER, BoardRoom, post, room, words
from tests.entrances.programme import Programme, float_500
from tests.entrances.test_api_walk import sold

__all__ = ["room"]


def yesterdays(room: BoardRoom) -> PaymentTaken:
    """李敏 sold a month yesterday; her drawer is still open."""
    paid = room.cast.new_line(room.clerk, "502", "bb4-month")
    room.cast.later(days=1)
    return paid


def desk(room: BoardRoom) -> Client:
    """李敏 back at her counter today."""
    clerk = room.cast.sign_in("0213", counter="3")
    client = Client()
    client.cookies["onehall_session"] = room.cast.tokens[clerk.session_id or 0]
    return client


def page_of(browser: Client, paid: PaymentTaken) -> str:
    return words(browser.get(f"/desk/payments/{paid.payment_id}/reversal"))


def send(browser: Client, paid: PaymentTaken, **fields: str) -> Any:
    return post(browser, f"/desk/payments/{paid.payment_id}/reversal", **fields)


@pytest.mark.rule("RCP-01", "SEC-04")
def test_from_the_request_to_the_red_receipt(room: BoardRoom) -> None:
    paid = yesterdays(room)
    browser, board = desk(room), room.browser(MANAGER)
    shown = words(browser.get(f"/desk/baskets/{paid.basket_id}/payment"))
    assert f'href="/desk/payments/{paid.payment_id}/reversal"' in shown
    assert "申请冲销" in page_of(browser, paid)
    missing = send(browser, paid, reason=" ")
    assert missing.status_code == 400 and "写明原因" in words(missing)
    asked = send(browser, paid, reason="重复收费")
    assert asked.status_code == 409 and "先不要退款" in words(asked)
    found = re.search(r"第 (\d+) 号", words(asked))
    assert found is not None
    number = found[1]
    assert "等另一人批准" in page_of(browser, paid) and "申请冲销" not in page_of(browser, paid)

    assert f"/board/approvals/{number}" in words(board.get("/desk/todos/"))
    told = words(board.get(f"/board/approvals/{number}"))
    assert all(word in told for word in ("冲销收款", "60.00", "重复收费", "0213"))
    assert post(board, f"/board/approvals/{number}/decision", answer="approve").status_code == 303
    use = words(browser.get(f"/board/approvals/{number}"))
    assert f'href="/desk/payments/{paid.payment_id}/reversal?approval={number}"' in use

    assert "已批准" in page_of(browser, paid)
    done = send(browser, paid, approval=number, reason="重复收费", copies="2")
    assert done.status_code == 200 and "请打印红字收据" in words(done)
    paper = re.search(r"/desk/documents/(\d+)", words(done))
    assert paper is not None
    assert "红字收据" in words(browser.get(f"/desk/documents/{paper[1]}"))
    after = page_of(browser, paid)
    assert "已开红字收据" in after and "申请冲销" not in after and f"/desk/documents/{paper[1]}" in after
    day = words(board.get(f"/board/books/?day={room.cast.now:%Y-%m-%d}"))
    assert "红字 1 张" in day and ">相符<" in day and ">不符<" not in day


@pytest.mark.rule("CHG-02", "ORD-05")
def test_the_page_says_at_once_why_a_sale_stays(room: BoardRoom) -> None:
    paid = yesterdays(room)
    room.cast.later(days=7)
    browser = desk(room)
    page = page_of(browser, paid)
    assert "中途不退费" in page and "CHG-02" in page and "申请冲销" not in page
    assert send(browser, paid, reason="重复收费").status_code == 409
    assert count("approvals_request") == 0


@pytest.mark.rule("API-01", "RCP-01", "SEC-04")
def test_a_programme_asks_and_carries_out_but_never_agrees(room: BoardRoom) -> None:
    User.objects.filter(staff_no="0211").update(must_change=False)
    clerk = Programme.of("0211", counter="4")
    clerk.do("/drawer", float_500())
    paid = sold(clerk, "dw1-2-301")
    where = f"/payments/{paid['payment_id']}/reversal"
    asked = clerk.post(where, {"reason": "重复收费"}, uuid4())
    assert asked.json["code"] == "sale.reversal_awaited" and asked.json["rule"] == "SEC-04"
    found = re.search(r"\d+", asked.json["detail"])
    assert found is not None
    number = int(found[0])
    early = clerk.post(where, {"reason": "重复收费", "copies_present": 3, "approval": number}, uuid4())
    assert early.json["code"] == "approvals.gone"
    post(room.browser(MANAGER), f"/board/approvals/{number}/decision", answer="approve")
    done = clerk.post(where, {"reason": "重复收费", "copies_present": 3, "approval": number}, uuid4()).good()
    assert done["void"] == [paid["receipt_number"]] and done["red"] == "" and done["fen"] == paid["fen"]
