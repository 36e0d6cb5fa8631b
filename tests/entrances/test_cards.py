"""刷卡 Cards at the desk: connected terminals and typed slips, mixed payment, giving back, the acquirer's file (PAY-03)."""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from onehall.adapters.payment.simulator import Provider
from onehall.adapters.terminal.simulator import Gateway, Sale
from onehall.contexts.acquiring import api as acquiring
from onehall.contexts.ledger import api as ledger
from onehall.foundation.database import fetch_all
from onehall.foundation.values.period import local, midnight
from onehall.journeys.change_policy import change_policy
from onehall.readings.todos_of_money import of_money
from tests.cast import Cast
from tests.entrances.day_after import FEES, V, fetched, open_now, settle, verified
from tests.entrances.programme import issued
from tests.entrances.telephones import ALL, Desk, browser_of, connected
from tests.journeys.test_charges import UNSOLD, WECHAT, stands
from tests.journeys.test_reversal import agreed, reverse

CARD, DIFFERING = "100201", "224101"
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
    opened(cast, "payment.means", ["cash", "wechat", "card"])
    return Desk(cast, monkeypatch)


def opened(cast: Cast, key: str, value: list[str]) -> None:
    """From today on the hall takes this."""
    manager = cast.sign_in("0201")
    day = midnight(local(cast.now).date())
    change_policy(
        key=key, value=value, valid_from=day, source="试", hall_id=manager.hall_id, by=manager, at=cast.now
    )


def swiped(desk: Desk, amount: str = "") -> None:
    desk.send(f"/desk/baskets/{desk.basket.id}/cards", what="terminal", amount=amount)


def on_paper(sale: Sale, **other: str) -> dict[str, str]:
    return {"card": "1234", "approval": sale.approval, "reference": sale.reference, **other}


def typed(desk: Desk, sale: Sale, **other: str) -> Any:
    return desk.send(f"/desk/baskets/{desk.basket.id}/cards", what="slip", **on_paper(sale, **other))


def given_back(desk: Desk, charge: acquiring.Charge, sale: Sale, reference: str, **other: str) -> Any:
    address = f"{desk.address}/{charge.id}/refund-slip"
    return desk.send(address, **{**on_paper(sale, reference=reference), **other})


def void(desk: Desk, paid: ledger.Payment) -> None:
    form = {"intent": str(uuid4()), "reason": "收错", "copies": "3"}
    assert desk.browser.post(f"/desk/payments/{paid.id}/void", form).status_code == 200


@pytest.mark.rule("PAY-03")
def test_where_the_policy_lacks_cards_or_their_way_they_are_refused_in_words(
    cast: Cast, gateway: Gateway, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = Desk(cast, monkeypatch)
    assert "/cards" not in desk.page()
    refused = typed(desk, gateway.by_hand(88000))
    assert refused.status_code == 409 and "不受理“银行卡”" in refused.content.decode()
    opened(cast, "payment.means", ["cash", "card"])
    page = desk.page()
    assert 'value="slip"' in page and "请客户刷卡" in page
    ids = re.findall(r' id="([^"]+)"', page)
    assert len(ids) == len(set(ids)), "a label leads to one field"
    assert '<details open><summary class="quiet" data-key="C">' in page, "the only way to pay is not folded"
    opened(cast, "acquiring.card_ways", ["terminal"])
    assert 'value="slip"' not in desk.page() and "请客户刷卡" in desk.page()
    assert "不用“登记签购单”" in typed(desk, gateway.by_hand(88000)).content.decode()
    assert desk.charges() == () and stands(CARD) == 0


@pytest.mark.rule("PAY-03", "LED-02")
def test_the_terminal_charges_and_the_basket_is_settled_with_its_receipt(
    desk: Desk, gateway: Gateway
) -> None:
    swiped(desk)
    (charge,) = desk.charges()
    paid = desk.payment()
    assert paid is not None and [one.means for one in paid.tenders] == [ledger.Means.CARD]
    assert (charge.payment, charge.payer, len(charge.approval)) == (paid.id, "**** 1234", 6)
    assert (stands(CARD), stands(UNSOLD), stands("1001")) == (88000, 0, 0)
    assert "**** 1234" in desk.page() and "622848" not in desk.page()
    assert verified()


@pytest.mark.rule("PAY-03", "LED-02", "LAW-40")
def test_card_slip_telephone_and_cash_pay_one_basket(desk: Desk, gateway: Gateway) -> None:
    swiped(desk, "100.00")
    typed(desk, gateway.by_hand(20000), amount="200.00")
    desk.scan(amount="50.00")
    charges = [str(one.id) for one in desk.charges() if one.usable]
    form = {"due": "880.00", "received": "600.00", "intent": str(uuid4()), "charge": charges}
    desk.browser.post(f"/desk/baskets/{desk.basket.id}/payment", form)
    paid = desk.payment()
    assert paid is not None
    assert {one.means.value: (one.amount.fen, one.change.fen) for one in paid.tenders} == {
        "card": (30000, 0), "wechat": (5000, 0), "cash": (53000, 7000)
    }  # fmt: skip
    assert (stands(CARD), stands(WECHAT), stands("1001"), stands(UNSOLD)) == (30000, 5000, 53000, 0)
    assert verified()


@pytest.mark.rule("PAY-03", "LED-03")
def test_lost_answers_declined_cards_and_reversals_end_in_the_right_books(
    desk: Desk, gateway: Gateway, monkeypatch: pytest.MonkeyPatch
) -> None:
    gateway.silence = 0
    for amount in ("100.93", "100.96", "100.94"):
        swiped(desk, amount)
    assert [one.state for one in desk.charges()] == [State.FAILED, State.ASKED, State.WAITING]
    desk.clock(minutes=6)
    assert [one.state for one in desk.charges()] == [State.FAILED, State.CLOSED, State.CLOSED]
    assert (stands(CARD), gateway.paid()) == (0, {})
    swiped(desk, "100.92")
    assert desk.charges()[-1].state is State.ASKED and list(gateway.paid().values()) == [10092]
    desk.clock(seconds=3)
    assert desk.charges()[-1].usable
    assert (stands(CARD), stands(UNSOLD)) == (10092, -10092)
    number = desk.charges()[-1].number
    headers, body = gateway.notice(number)
    for _ in range(2):
        answer = desk.browser.post(
            "/intake/charges/card", body, content_type="application/json", headers=headers
        )
        assert answer.status_code == 204
    assert stands(CARD) == 10092
    assert verified()


@pytest.mark.rule("PAY-03")
def test_a_slip_counts_once_whoever_types_it_and_what_no_slip_says_is_kept_and_refused(
    desk: Desk, gateway: Gateway, cast: Cast
) -> None:
    sale = gateway.by_hand(10000)
    refused = typed(desk, sale, amount="100.00", reference="123")
    assert refused.status_code == 409 and "参考号是 12 位数字" in refused.content.decode()
    typed(desk, sale, amount="100.00")
    again = typed(desk, sale, amount="100.00")
    assert again.status_code == 409 and "已经登记过" in again.content.decode()
    swiped(desk, "50.00")
    connected_sale = next(one for one in gateway.sales.values() if one.fen == 5000)
    assert typed(desk, connected_sale, amount="50.00").status_code == 409
    assert (len(desk.charges()), stands(CARD)) == (2, 15000)
    assert verified()


@pytest.mark.rule("PAY-03", "RCP-01", "LED-02")
def test_a_void_gives_back_to_the_same_card_by_terminal_and_by_slip(
    desk: Desk, gateway: Gateway, cast: Cast
) -> None:
    sale = gateway.by_hand(20000)
    typed(desk, sale, amount="200.00")
    swiped(desk)
    paid = desk.payment()
    assert paid is not None
    void(desk, paid)
    slip, terminal = desk.charges()
    assert (slip.state, terminal.state) == (State.REFUNDING, State.REFUNDING)
    assert (stands(CARD), stands(UNSOLD)) == (88000, -88000) and verified()
    desk.clock(minutes=10)
    assert [one.state for one in desk.charges()] == [State.REFUNDING, State.REFUNDED]
    manager = cast.sign_in("0201")
    facts = {"hall": manager.hall_id, "user": manager.user_id, "at": cast.now, "limit": 9, "decides": True}
    assert "charge" in {todo.kind for todo in of_money(manager, facts, ALL)}
    assert "登记退货单" in browser_of(cast, manager).get("/board/charges/").content.decode()
    reference = gateway.give_back(sale)
    assert given_back(desk, slip, sale, reference, card="9999").status_code == 409
    assert given_back(desk, slip, sale, sale.reference).status_code == 409
    assert desk.charges()[0].state is State.REFUNDING
    assert given_back(desk, slip, sale, reference).status_code == 303
    assert given_back(desk, slip, sale, reference).status_code == 409
    assert desk.charges()[0].state is State.REFUNDED
    assert (stands(CARD), stands(UNSOLD), gateway.paid()) == (0, 0, {})
    assert verified()


@pytest.mark.rule("PAY-03", "RCP-01")
def test_an_earlier_sale_goes_back_to_its_card_and_a_refused_refund_waits(
    desk: Desk, gateway: Gateway, cast: Cast
) -> None:
    swiped(desk, "800.95")
    form = {"due": "880.00", "received": "79.05", "intent": str(uuid4())}
    charges = [str(one.id) for one in desk.charges()]
    desk.browser.post(f"/desk/baskets/{desk.basket.id}/payment", {**form, "charge": charges})
    paid = desk.payment()
    assert paid is not None
    cast.later(days=1)
    colleague = cast.clerk("0211", "4")
    reverse(cast, paid.id, colleague, agreed(cast, paid.id, colleague))
    desk.clock(seconds=1)
    (charge,) = acquiring.charges_to_see_to(paid.hall, limit=9, scope=ALL)
    assert (charge.state, stands(CARD), stands(UNSOLD)) == (State.REFUND_REFUSED, 80095, -80095)
    assert verified()


@pytest.mark.rule("PAY-03", "LED-02")
def test_the_acquirers_file_is_compared_and_a_mistyped_slip_is_found(
    desk: Desk, gateway: Gateway, cast: Cast
) -> None:
    sale = gateway.by_hand(20000)
    wrong = replace(sale, reference="999999999999")
    typed(desk, wrong, amount="200.00")
    swiped(desk)
    assert verified()
    fetched(cast)
    found = {one.found.verdict: one for one in open_now(cast, desk)}
    assert set(found) == {V.ONLY_OURS, V.ONLY_THEIRS}
    assert found[V.ONLY_OURS].found.number.endswith("999999999999")
    for one in found.values():
        settle(cast, one)
    assert (stands(CARD), stands(FEES), stands(DIFFERING)) == (88000 - 528, 528, 0)
    assert verified()


@pytest.mark.rule("PAY-03", "LED-02")
def test_whole_days_of_cards_agree_with_the_file_refunds_too(
    desk: Desk, gateway: Gateway, cast: Cast
) -> None:
    sale = gateway.by_hand(20000)
    typed(desk, sale, amount="200.00")
    swiped(desk)
    paid = desk.payment()
    assert paid is not None
    void(desk, paid)
    desk.clock(seconds=1)
    given_back(desk, desk.charges()[0], sale, gateway.give_back(sale))
    fetched(cast)
    assert open_now(cast, desk) == ()
    assert (stands(CARD), stands(FEES), stands(UNSOLD)) == (0, 0, 0)
    assert verified()


@pytest.mark.rule("PAY-03")
def test_no_more_of_a_card_is_kept_than_its_end(desk: Desk, gateway: Gateway) -> None:
    swiped(desk)
    rows = fetch_all("select payer, why, code_url, transaction from acquiring_chargeevent", {})
    assert "622848" not in f"{rows}" and "**** 1234" in f"{rows}"


@pytest.mark.rule("PAY-03")
def test_a_programme_has_a_card_charged_and_types_a_slip(desk: Desk, gateway: Gateway, cast: Cast) -> None:
    token = issued("0213", counter="3").token

    def sent(path: str, **body: Any) -> Any:
        headers = {"Idempotency-Key": str(uuid4()), "Authorization": f"Bearer {token}"}
        return Client().post(f"/api/v1/{path}", body, content_type="application/json", headers=headers)

    path = f"baskets/{desk.basket.id}/charges"
    told = sent(path, terminal=True, amount_fen=10000)
    assert told.status_code == 201, told.content
    assert (told.json()["state"], told.json()["payer"], told.json()["usable"]) == (
        "succeeded",
        "**** 1234",
        True,
    )
    slip = on_paper(gateway.by_hand(20000))
    assert sent(path, slip=slip, amount_fen=20000).json()["way"] == "slip"
    assert sent(path, slip=slip, amount_fen=20000).status_code == 409
    refused = sent(path, slip={**slip, "card": "6228481234561234"}, amount_fen=100)
    assert refused.status_code == 409 and "6228481234561234" not in refused.content.decode()
    assert sent(f"charges/{desk.charges()[1].id}/refund-slip", **slip).status_code == 409
    assert verified()
