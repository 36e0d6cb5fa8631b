"""充值卡 at the desk: once in the province whatever is pressed twice or at two counters; late, lost, refused answers (PAY-03)."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from onehall.adapters.recharge_card.simulator import Card, Platform
from onehall.contexts.acquiring import api as acquiring
from onehall.contexts.ledger import api as ledger
from onehall.foundation.database import fetch_all
from onehall.foundation.values.money import Money
from onehall.journeys.ask_charge import ask_charge
from onehall.journeys.note_charge import note_charge
from onehall.journeys.void_sale import void_sale
from onehall.steps import charging
from tests.cast import Cast
from tests.entrances.day_after import verified
from tests.entrances.programme import issued
from tests.entrances.telephones import Desk
from tests.entrances.test_cards import opened
from tests.journeys.at_once import at_once, sound
from tests.journeys.test_charges import UNSOLD, basket, stands

CARDS = "220306"
State = acquiring.State


@pytest.fixture
def platform(
    cast: Cast, tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Platform]:
    with Platform(clock=lambda: cast.now, silence=30) as one:
        one.write_settings(tmp_path)
        settings.ACQUIRERS = tmp_path
        monkeypatch.setattr(charging, "_connected", {})
        yield one


@pytest.fixture
def desk(cast: Cast, platform: Platform, monkeypatch: pytest.MonkeyPatch) -> Desk:
    opened(cast, "payment.means", ["cash", "recharge_card"])
    return Desk(cast, monkeypatch)


def redeemed(desk: Desk, card: Card, amount: str = "", **form: str) -> Any:
    told = {
        "card_no": card.serial,
        "secret": card.secret,
        "card_amount": amount or f"{card.fen / 100:.2f}",
        **form,
    }
    return desk.send(f"/desk/baskets/{desk.basket.id}/recharge-cards", **told)


@pytest.mark.rule("PAY-03", "LED-02")
def test_a_card_and_cash_pay_and_neither_number_nor_secret_is_kept(desk: Desk, platform: Platform) -> None:
    card = platform.sold(50000)
    page = desk.page()
    ids = re.findall(r' id="([^"]+)"', page)
    assert "用充值卡付" in page and len(ids) == len(set(ids))
    bad = redeemed(desk, card, secret="12")
    assert bad.status_code == 409 and card.serial not in bad.content.decode()
    redeemed(desk, card)
    (charge,) = desk.charges()
    assert (charge.usable, charge.payer, stands(CARDS), stands(UNSOLD)) == (
        True,
        f"**** {card.serial[-4:]}",
        50000,
        -50000,
    )
    form = {"due": "880.00", "received": "400.00", "charge": str(charge.id)}
    desk.send(f"/desk/baskets/{desk.basket.id}/payment", **form)
    paid = desk.payment()
    assert paid is not None
    assert {one.means: one.amount.fen for one in paid.tenders} == {
        ledger.Means.RECHARGE_CARD: 50000,
        ledger.Means.CASH: 38000,
    }
    assert (stands(CARDS), stands(UNSOLD)) == (50000, 0) and verified()
    kept = fetch_all("select * from acquiring_chargeevent") + fetch_all("select * from idempotency_intent")
    assert card.secret not in f"{kept}"


@pytest.mark.rule("PAY-03", "LED-03")
def test_refused_late_and_lost_answers_end_in_the_right_books(desk: Desk, platform: Platform) -> None:
    platform.silence = 0
    card = platform.sold(10000)
    redeemed(desk, card, secret="000000")
    redeemed(desk, card, amount="50.00")
    assert [one.state for one in desk.charges()] == [
        State.FAILED,
        State.FAILED,
    ] and "卡面值 100.00 元" in desk.page()
    redeemed(desk, platform.sold(10000, ends="2"))
    redeemed(desk, platform.sold(10000, ends="4"))
    assert [one.state for one in desk.charges()][2:] == [State.ASKED, State.WAITING] and stands(CARDS) == 0
    desk.clock(seconds=3)
    assert [one.usable for one in desk.charges()][2:] == [True, True]
    assert (stands(CARDS), stands(UNSOLD)) == (20000, -20000) and verified()


@pytest.mark.rule("PAY-03", "LED-03")
def test_a_card_is_used_once_in_the_province_also_where_the_platform_errs(
    desk: Desk, platform: Platform
) -> None:
    card = platform.sold(10000)
    intent = str(uuid4())
    for _ in range(2):
        redeemed(desk, card, intent=intent)
    redeemed(desk, card)
    assert [one.state for one in desk.charges()] == [State.SUCCEEDED, State.FAILED]
    broken = platform.sold(10000, ends="8")
    redeemed(desk, broken)
    again = redeemed(desk, broken)
    assert again.status_code == 400 and len(platform.redeemed()) == 3
    assert (stands(CARDS), stands(UNSOLD)) == (20000, -20000) and verified()


@pytest.mark.rule("PAY-03", "RCP-01")
def test_a_void_restores_the_card_and_a_refused_restoration_waits(
    desk: Desk, platform: Platform, cast: Cast
) -> None:
    kept = platform.sold(58000, ends="5")
    redeemed(desk, platform.sold(30000))
    redeemed(desk, kept)
    paid = desk.payment()
    assert paid is not None
    void_sale(payment_id=paid.id, reason="办错", copies_present=3, intent=uuid4(), by=desk.by, at=cast.now)
    desk.clock(seconds=1)
    assert [one.state for one in desk.charges()] == [State.REFUNDED, State.REFUND_REFUSED]
    assert (stands(CARDS), stands(UNSOLD)) == (58000, -58000) and verified()


@pytest.mark.rule("PAY-03")
def test_a_hall_that_is_not_connected_or_not_open_says_so(
    desk: Desk, platform: Platform, cast: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    card = platform.sold(10000)
    opened(cast, "payment.means", ["cash"])
    assert "用充值卡付" not in desk.page() and "不受理“充值卡”" in redeemed(desk, card).content.decode()
    (tmp_path / "recharge_card.toml").unlink()
    monkeypatch.setattr(charging, "_connected", {})
    assert "还没有接通" in redeemed(desk, card).content.decode() and desk.charges() == ()


@pytest.mark.rule("PAY-03", "API-01")
def test_a_programme_redeems_a_card(desk: Desk, platform: Platform, cast: Cast) -> None:
    token, card = issued("0213", counter="3").token, platform.sold(10000)

    def sent(**body: Any) -> Any:
        headers = {"Idempotency-Key": str(uuid4()), "Authorization": f"Bearer {token}"}
        address = f"/api/v1/baskets/{desk.basket.id}/charges"
        return Client().post(address, body, content_type="application/json", headers=headers)

    told = sent(recharge_card={"number": card.serial, "secret": card.secret}, amount_fen=10000)
    assert told.status_code == 201 and told.json()["usable"], told.content
    assert sent(recharge_card={"number": card.serial, "secret": "x"}, amount_fen=10000).status_code == 409
    assert verified()


@pytest.mark.rule("PAY-03", "LED-03")
def test_one_card_at_two_counters_at_one_instant_pays_once(
    real_cast: Cast, tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    cast = real_cast
    clerks = cast.clerk(), cast.clerk("0211", "4")
    opened(cast, "payment.means", ["cash", "recharge_card"])
    baskets = basket(cast, clerks[0]), basket(cast, clerks[1], "501")
    monkeypatch.setattr(charging, "_connected", {})
    settings.ACQUIRERS = tmp_path
    with Platform(clock=lambda: cast.now) as platform:
        platform.write_settings(tmp_path)
        for ends in ("0", "8"):
            card = platform.sold(10000, ends=ends)

            def pressed(turn: int, card: Card = card) -> acquiring.Charge:
                provider, way, by = acquiring.Provider.RECHARGE_CARD, acquiring.Way.REDEEMED, clerks[turn]
                asked, _ = ask_charge(
                    basket_id=baskets[turn].id, provider=provider, way=way, amount=Money(card.fen), intent=uuid4(), by=by, at=cast.now,
                )  # fmt: skip
                answer = charging.put(asked, code=f"{card.serial} {card.secret}", at=cast.now)
                return note_charge(number=asked.number, answer=answer, by=by, at=cast.now)

            told = at_once(lambda: pressed(0), lambda: pressed(1))
            won = [one for one in told if isinstance(one, acquiring.Charge) and one.usable]
            assert len(won) == 1, told
    assert (stands(CARDS), stands(UNSOLD)) == (20000, -20000)
    sound()
