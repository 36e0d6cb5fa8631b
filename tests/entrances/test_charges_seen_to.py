"""收单 on the board, over the API and before `verify`: money without a sale, refused refunds, and what was tampered with."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection

from onehall.adapters.payment.simulator import Provider
from onehall.contexts.acquiring import api as acquiring
from onehall.journeys.void_sale import void_sale
from onehall.readings.todos import todos
from onehall.readings.verification import charges, verify_money
from tests.cast import Cast, dwelling
from tests.entrances.programme import Programme
from tests.entrances.telephones import ALL, Desk, browser_of, connected, sound
from tests.journeys.test_verification import tampered


@pytest.fixture
def provider(
    cast: Cast, tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Provider]:
    with connected(cast, tmp_path, settings, monkeypatch) as one:
        yield one


@pytest.fixture
def desk(cast: Cast, provider: Provider, monkeypatch: pytest.MonkeyPatch) -> Desk:
    return Desk(cast, monkeypatch)


@pytest.mark.rule("PAY-03", "LED-02")
def test_the_manager_sees_to_what_found_no_sale_and_gives_it_back(
    desk: Desk, provider: Provider, cast: Cast
) -> None:
    desk.scan("94")
    (charge,) = desk.charges()
    cast.pay(desk.by, desk.basket.id)
    provider.pay(charge.number)
    desk.clock(seconds=2)
    zhou_min = cast.sign_in("0201")
    browser = browser_of(cast, zhou_min)
    cast.later(minutes=6)
    assert [
        one.href
        for one in todos(by=zhou_min, at=cast.now, limit=20, scope=zhou_min.scope)
        if one.kind == "charge"
    ] == ["/board/charges/"]
    page = browser.get("/board/charges/").content.decode()
    assert "已收未落单" in page
    assert charge.number in page
    assert (
        browser.post(f"/board/charges/{charge.id}/refund", {"intent": str(uuid4()), "reason": ""}).status_code
        == 409
    )
    browser.post(f"/board/charges/{charge.id}/refund", {"intent": str(uuid4()), "reason": "客户付了两次"})
    assert "正在向平台退款" in browser.get("/board/charges/").content.decode()
    desk.clock(seconds=1)
    page = browser.get("/board/charges/").content.decode()
    assert "没有要处理的款" in page
    assert "已退回" in page
    assert provider.paid() == {}
    assert sound(desk, provider)
    own = browser_of(cast, desk.by)
    assert own.get("/board/charges/").status_code == 403


@pytest.mark.rule("PAY-03")
def test_a_refund_that_the_provider_refuses_stays_on_the_page_and_in_the_books(
    desk: Desk, provider: Provider, cast: Cast
) -> None:
    desk.scan("95")
    paid = desk.payment()
    assert paid is not None
    void_sale(payment_id=paid.id, reason="收错", copies_present=3, intent=uuid4(), by=desk.by, at=cast.now)
    desk.clock(seconds=1)
    (charge,) = desk.charges()
    assert charge.state is acquiring.State.REFUND_REFUSED
    zhou_min = cast.sign_in("0201")
    browser = browser_of(cast, zhou_min)
    page = browser.get("/board/charges/").content.decode()
    assert "退款被拒" in page
    assert "商户可用退款余额不足" in page
    assert verify_money(scope=ALL, row_by_row=True).findings == ()
    provider.orders[charge.number].habit = ""
    browser.post(f"/board/charges/{charge.id}/refund", {"intent": str(uuid4()), "reason": "充值后再退"})
    desk.clock(seconds=1)
    assert provider.paid() == {}
    assert verify_money(scope=ALL, row_by_row=True).findings == ()


SABOTAGE = [
    ("update acquiring_charge set amount = amount - 1", "手机付款、刷卡和转账等于收单"),
    ("delete from acquiring_chargeuse", "手机付款、刷卡和转账等于收单"),
    ("delete from acquiring_chargeuse", "未落单的款都在账上"),
    ("delete from acquiring_chargeevent where state = 'succeeded'", "未落单的款都在账上"),
]  # fmt: skip


@pytest.mark.rule("PAY-03", "LED-02")
def test_each_way_to_tamper_with_charges_is_found(desk: Desk) -> None:
    desk.scan()
    other = desk.cast.basket(
        desk.by, desk.basket.party_id, dwelling("dw", "1", "2", "501"), ("new_broadband", "bb20-year")
    )
    desk.send(f"/desk/baskets/{other.id}/charges", code="134567890123456700", amount="5.00")
    connection.check_constraints()
    assert verify_money(scope=ALL).findings == ()
    for statement, title in SABOTAGE:
        with tampered(statement):
            named = [one for one in verify_money(scope=ALL).findings if one.title.zh == title]
            assert named and named[0].expected != named[0].found, statement
    assert {title for _, title in SABOTAGE} <= {check.title.zh for check in charges.CHECKS}


@pytest.mark.rule("PAY-03", "API-01")
def test_a_programme_charges_waits_and_settles(
    provider: Provider, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = Desk(cast, monkeypatch)
    clerk = Programme.of("0213", counter="3")
    at = f"/baskets/{desk.basket.id}"
    assert (
        clerk.post(f"{at}/charges", {"code": "20.00"}, key=uuid4()).json["code"] == "acquiring.charge_refused"
    )
    shown = clerk.do(f"{at}/charges", {"amount_fen": 500})
    assert shown["code_url"].startswith("weixin://") and shown["state"] == "waiting"
    provider.pay(shown["number"])
    desk.clock(seconds=3)
    scanned = clerk.do(f"{at}/charges", {"code": "134567890123456700"})
    assert (scanned["state"], scanned["amount"]) == ("succeeded", 87500)
    usable = [one["id"] for one in clerk.get(f"{at}/charges").good()["items"] if one["usable"]]
    paid = clerk.do(f"{at}/payment", {"due_fen": 88000, "tendered_fen": 0, "charges": usable})
    assert (paid["fen"], paid["change_fen"]) == (88000, 0)
    assert sound(desk, provider)
