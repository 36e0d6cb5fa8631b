"""手机收款 at the desk, against a provider made of software: scan, wait, ask again, cancel, mix, show; and what it pushes."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from onehall.adapters.payment.simulator import Provider
from onehall.contexts.acquiring import api as acquiring
from onehall.contexts.ledger import api as ledger
from onehall.contexts.orders import api as orders
from onehall.foundation.scopes import Actor
from tests.cast import Cast
from tests.entrances.telephones import ALL, Desk, browser_of, connected, sound


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
def test_a_code_scanned_where_cash_is_typed_pays_the_basket_in_one_stroke(
    desk: Desk, provider: Provider
) -> None:
    answer = desk.send(f"/desk/baskets/{desk.basket.id}/payment", due="880.00", received="134567890123456700")
    assert "初始密码" in answer.content.decode()
    paid = desk.payment()
    assert paid is not None
    assert [(one.means, one.amount.fen, one.change.fen) for one in paid.tenders] == [
        (ledger.Means.WECHAT, 88000, 0)
    ]
    assert "微信支付" in desk.browser.get(f"/desk/baskets/{desk.basket.id}/payment").content.decode()
    assert sound(desk, provider)


@pytest.mark.rule("PAY-03", "SEC-04")
def test_the_customers_code_is_kept_nowhere(desk: Desk, caplog: pytest.LogCaptureFixture) -> None:
    desk.scan("91")
    with connection.cursor() as cursor:
        for table in (
            "acquiring_charge",
            "acquiring_chargeevent",
            "idempotency_intent",
            "audit_auditentry",
            "outbox_outboxevent",
        ):
            cursor.execute(f"select count(*) from {table} t where t::text like '%134567890123456791%'")
            assert cursor.fetchone() == (0,), table
    assert "134567890123456791" not in caplog.text


@pytest.mark.rule("PAY-03")
def test_who_must_confirm_is_waited_for_and_then_finished_with_one_key(
    desk: Desk, provider: Provider
) -> None:
    desk.scan("91")
    assert "等待顾客确认" in desk.page()
    assert "还应付" not in desk.browser.get("/desk/display").content.decode(), "nothing was paid yet"
    assert desk.payment() is None
    desk.clock(seconds=2)
    assert "等待顾客确认" in desk.page()
    desk.clock(seconds=4)
    page = desk.page()
    assert "已付" in page
    assert "办结并打印" in page
    (charge,) = desk.charges()
    form = {
        "due": "880.00",
        "exact": "0.00",
        "charge": str(charge.id),
        "intent": page.split('name="intent" value="')[1].split('"')[0],
    }
    for _ in range(2):
        desk.browser.post(f"/desk/baskets/{desk.basket.id}/payment", form)
    assert desk.payment() is not None
    assert sound(desk, provider)


@pytest.mark.rule("PAY-03", "LED-03")
@pytest.mark.parametrize("habit", ["92", "96"])
def test_an_answer_that_was_lost_is_asked_for_and_the_money_is_booked_once(
    desk: Desk, provider: Provider, habit: str
) -> None:
    provider.silence = 0.1
    desk.scan(habit)
    assert "还没有回答" in desk.page()
    (charge,) = desk.charges()
    desk.send(f"{desk.address}/{charge.id}/query")
    paid = desk.payment()
    assert paid is not None
    desk.clock(minutes=10)
    assert sound(desk, provider)


@pytest.mark.rule("PAY-03")
def test_too_little_money_says_so_and_another_code_pays(desk: Desk, provider: Provider) -> None:
    desk.scan("93")
    assert "没有付成" in desk.page()
    desk.scan()
    assert desk.payment() is not None
    assert sound(desk, provider)


@pytest.mark.rule("PAY-03")
def test_a_cancelled_charge_cannot_be_paid_any_more_and_cash_does(desk: Desk, provider: Provider) -> None:
    desk.scan("94")
    (charge,) = desk.charges()
    desk.send(f"{desk.address}/{charge.id}/cancellation")
    assert "已撤销" in desk.page()
    provider.pay(charge.number)
    desk.cast.pay(desk.by, desk.basket.id)
    assert sound(desk, provider)


@pytest.mark.rule("PAY-03")
def test_who_never_confirms_is_closed_after_the_policys_time(desk: Desk) -> None:
    desk.scan("94")
    desk.clock(minutes=4)
    assert desk.charges()[0].open
    desk.clock(minutes=2)
    assert desk.charges()[0].state is acquiring.State.CLOSED


@pytest.mark.rule("PAY-03", "PAY-02", "LAW-40")
def test_a_part_by_telephone_the_rest_in_cash_with_change(desk: Desk, provider: Provider) -> None:
    desk.scan(amount="500")
    page = desk.page()
    assert "还差" in page
    assert "380.00" in page
    display = desk.browser.get("/desk/display").content.decode()
    assert "还应付" in display
    assert "380.00" in display
    (charge,) = desk.charges()
    desk.send(f"/desk/baskets/{desk.basket.id}/payment", due="880.00", received="400", charge=str(charge.id))
    paid = desk.payment()
    assert paid is not None
    assert {one.means.value: (one.amount.fen, one.change.fen) for one in paid.tenders} == {
        "wechat": (50000, 0),
        "cash": (38000, 2000),
    }
    assert sound(desk, provider)
    asked = desk.browser.get(f"/desk/payments/{paid.id}/void").content.decode()
    done = desk.send(f"/desk/payments/{paid.id}/void", reason="收错", copies="3").content.decode()
    for page, words in ((asked, "应退现金"), (done, "请退给客户现金")):
        handed_out, elsewhere = page.split(words)[1].split("原路退回")
        assert "380.00" in handed_out and "880.00" not in handed_out, "the drawer pays back what came into it"
        assert "500.00" in elsewhere


@pytest.mark.rule("PAY-03")
@pytest.mark.parametrize(
    ("form", "words"),
    [
        ({"code": "169999999999999999"}, "这不是付款码"), ({"code": ""}, "这不是付款码"),
        ({"code": "134567890123456700", "amount": "880.01"}, "还差 880.00"), ({"code": "134567890123456700", "amount": "0"}, "大于零"),
        ({"code": "134567890123456700", "amount": "很多"}, "金额"), ({"code": "2800000000000000"}, "支付宝"),
    ],
)  # fmt: skip
def test_what_cannot_be_charged_is_refused_in_words_and_nothing_is_asked(
    desk: Desk, provider: Provider, form: dict[str, str], words: str
) -> None:
    answer = desk.send(**form)
    assert answer.status_code in (400, 409)
    assert words in answer.content.decode()
    assert provider.orders == {}


@pytest.mark.rule("PAY-03")
def test_our_own_code_stands_on_the_customers_display_until_it_is_paid(
    desk: Desk, provider: Provider
) -> None:
    desk.send(what="show")
    display = desk.browser.get("/desk/display").content.decode()
    assert "请用微信扫码付款" in display
    assert "<svg" in display
    assert "880.00" in display
    (charge,) = desk.charges()
    provider.pay(charge.number)
    for _ in range(2):
        headers, body = provider.notice(charge.number)
        answer = Client().post(
            "/intake/charges/wechat", body, content_type="application/json", headers=headers
        )
        assert answer.status_code == 204
    assert "请用微信扫码付款" not in desk.browser.get("/desk/display").content.decode()
    assert "办结并打印" in desk.page()
    assert sound(desk, provider)


@pytest.mark.rule("PAY-03")
def test_a_notice_that_is_not_the_providers_changes_nothing(desk: Desk, provider: Provider) -> None:
    desk.send(what="show")
    (charge,) = desk.charges()
    provider.pay(charge.number)
    headers, body = provider.notice(charge.number, fen=1)
    posted = [
        Client().post("/intake/charges/wechat", body, content_type="application/json", headers=headers),
        Client().post(
            "/intake/charges/wechat", body + b" ", content_type="application/json", headers=headers
        ),
        Client().post("/intake/charges/alipay", body, content_type="application/json", headers=headers),
        Client().post("/intake/charges/nobody", body, content_type="application/json", headers=headers),
        Client().get("/intake/charges/wechat"),
    ]
    assert [one.status_code for one in posted] == [400, 400, 409, 404, 405]
    assert desk.charges()[0].open
    unknown = provider.orders.pop(charge.number)
    provider.orders["2026112300000000000000000000"] = unknown
    headers, body = provider.notice("2026112300000000000000000000")
    assert (
        Client()
        .post("/intake/charges/wechat", body, content_type="application/json", headers=headers)
        .status_code
        == 404
    )


@pytest.mark.rule("PAY-03", "SEC-10")
def test_another_halls_clerk_neither_sees_nor_cancels(desk: Desk, cast: Cast) -> None:
    desk.scan("94")
    (charge,) = desk.charges()
    stranger: Actor = cast.clerk("0311", "1", hall="guandi")
    browser = browser_of(cast, stranger)
    assert browser.get(desk.address).status_code == 404
    assert browser.post(f"{desk.address}/{charge.id}/cancellation").status_code == 404
    assert desk.charges()[0].open


@pytest.mark.rule("PAY-03")
def test_a_hall_that_is_not_connected_says_so(desk: Desk, settings: Any, tmp_path: Path) -> None:
    settings.ACQUIRERS = tmp_path / "none"
    answer = desk.scan()
    assert answer.status_code == 409
    assert "微信支付还没有接通" in answer.content.decode()
    assert desk.charges() == ()
    assert orders.basket(basket_id=desk.basket.id, scope=ALL).state is orders.BasketState.OPEN
