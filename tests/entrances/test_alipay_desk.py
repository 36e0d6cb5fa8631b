"""Alipay at the desk, and a sale of an earlier day that was paid by telephone taken back (PAY-03)."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from onehall.adapters.alipay.simulator import Gateway
from onehall.adapters.payment.simulator import Provider
from onehall.contexts.acquiring import api as acquiring
from onehall.contexts.ledger import api as ledger
from onehall.foundation.values.period import local, midnight
from onehall.journeys.change_policy import change_policy
from onehall.readings.verification import verify_money
from tests.cast import Cast
from tests.entrances.day_after import V, fetched, open_now, settle
from tests.entrances.telephones import ALL, Desk, browser_of, connected
from tests.journeys.test_charges import UNSOLD, WECHAT, stands
from tests.journeys.test_reversal import agreed, reverse

ALIPAY, DIFFERING = "101202", "224101"
State = acquiring.State


@pytest.fixture
def provider(
    cast: Cast, tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Provider]:
    with connected(cast, tmp_path, settings, monkeypatch) as one:
        yield one


@pytest.fixture
def gateway(provider: Provider, cast: Cast, tmp_path: Path) -> Iterator[Gateway]:
    with Gateway(clock=lambda: cast.now, silence=30) as one:
        one.write_settings(tmp_path)
        yield one


@pytest.fixture
def desk(cast: Cast, gateway: Gateway, monkeypatch: pytest.MonkeyPatch) -> Desk:
    return Desk(cast, monkeypatch)


def opened(cast: Cast) -> None:
    """From today on the hall takes Alipay too."""
    manager = cast.sign_in("0201")
    change_policy(
        key="payment.means", value=["cash", "wechat", "alipay"], valid_from=midnight(local(cast.now).date()), source="试",
        hall_id=manager.hall_id, by=manager, at=cast.now,
    )  # fmt: skip


def verified() -> bool:
    return verify_money(scope=ALL, row_by_row=True).findings == ()


@pytest.mark.rule("PAY-03")
def test_what_the_policy_lacks_is_refused_in_words(desk: Desk, gateway: Gateway) -> None:
    refused = desk.send(code="284567890123456700")
    assert refused.status_code == 409 and "不受理“支付宝”" in refused.content.decode()
    assert gateway.trades == {}


@pytest.mark.rule("PAY-03", "LED-02")
def test_a_code_says_whose_it_is_and_two_providers_and_cash_pay_one_basket(
    desk: Desk, gateway: Gateway, provider: Provider, cast: Cast
) -> None:
    opened(cast)
    desk.send(code="284567890123456700", amount="100.00")
    desk.scan(amount="200.00")
    assert list(gateway.paid().values()) == [10000] and list(provider.paid().values()) == [20000]
    form = {"due": "880.00", "received": "580.00", "intent": str(uuid4())}
    charges = [str(one.id) for one in desk.charges() if one.usable]
    desk.browser.post(f"/desk/baskets/{desk.basket.id}/payment", {**form, "charge": charges})
    paid = desk.payment()
    assert paid is not None
    assert {one.means: one.amount.fen for one in paid.tenders} == {
        ledger.Means.ALIPAY: 10000, ledger.Means.WECHAT: 20000, ledger.Means.CASH: 58000
    }  # fmt: skip
    assert (stands(ALIPAY), stands(WECHAT), stands(UNSOLD), stands("1001")) == (10000, 20000, 0, 58000)
    assert verified()


@pytest.mark.rule("PAY-03")
def test_our_alipay_code_is_paid_and_its_notice_is_thanked_for_in_its_own_word(
    desk: Desk, gateway: Gateway, cast: Cast
) -> None:
    opened(cast)
    assert "出示谁的收款码" in desk.page()
    desk.send(what="show", provider="alipay")
    (charge,) = desk.charges()
    assert charge.provider is acquiring.Provider.ALIPAY
    gateway.pay(charge.number)
    kind = "application/x-www-form-urlencoded"
    body = gateway.notice(charge.number)
    for _ in range(2):
        answer = Client().post("/intake/charges/alipay", body, content_type=kind)
        assert (answer.status_code, answer.content) == (200, b"success")
    assert Client().post("/intake/charges/alipay", body + b"&a=b", content_type=kind).status_code == 400
    assert (stands(ALIPAY), stands(UNSOLD)) == (88000, -88000)
    assert verified()


@pytest.mark.rule("PAY-03", "RCP-01", "LED-02")
def test_an_earlier_sale_goes_back_part_by_part_to_where_each_came_from(
    desk: Desk, gateway: Gateway, provider: Provider, cast: Cast
) -> None:
    opened(cast)
    desk.send(code="284567890123456700", amount="100.00")
    desk.scan("95")
    paid = desk.payment()
    assert paid is not None
    cast.later(days=1)
    colleague = cast.clerk("0211", "4")
    number = agreed(cast, paid.id, colleague)
    page = browser_of(cast, colleague).get(f"/desk/payments/{paid.id}/reversal").content.decode()
    assert "原路退回" in page and "已批准" in page
    reverse(cast, paid.id, colleague, number)
    assert {one.state for one in desk.charges()} == {State.REFUNDING}
    assert (stands(ALIPAY), stands(WECHAT), stands(UNSOLD)) == (10000, 78000, -88000)
    assert verified()
    desk.clock(seconds=1)
    states = {one.provider.value: one.state for one in desk.charges()}
    assert states == {"alipay": State.REFUNDED, "wechat": State.REFUND_REFUSED}
    assert (gateway.paid(), list(provider.paid().values())) == ({}, [78000])
    (waits,) = acquiring.charges_to_see_to(paid.hall, limit=9, scope=ALL)
    assert waits.provider is acquiring.Provider.WECHAT
    assert (stands(ALIPAY), stands(WECHAT), stands(UNSOLD), stands("1001")) == (0, 78000, -78000, 0)
    assert verified()
    provider.orders[waits.number].habit = ""
    manager = browser_of(cast, cast.sign_in("0201"))
    manager.post(f"/board/charges/{waits.id}/refund", {"intent": str(uuid4()), "reason": "充值后再退"})
    desk.clock(seconds=1)
    assert (stands(WECHAT), stands(UNSOLD), provider.paid()) == (0, 0, {})
    assert verified()


@pytest.mark.rule("PAY-03", "LED-02")
def test_alipays_own_file_is_compared_with_its_own_charges(
    desk: Desk, gateway: Gateway, provider: Provider, cast: Cast
) -> None:
    opened(cast)
    desk.send(code="284567890123456700", amount="100.00")
    desk.scan()
    gateway.spoil = lambda rows: [replace(row, fen=row.fen - 1) for row in rows]
    fetched(cast)
    (one,) = open_now(cast, desk)
    assert (one.provider, one.found.verdict, one.found.theirs.fen) == ("alipay", V.AMOUNT, 9999)
    assert verified()
    settle(cast, one)
    assert (stands(ALIPAY), stands(WECHAT), stands(DIFFERING)) == (9999 - 60, 78000 - 468, 1)
    assert verified()
