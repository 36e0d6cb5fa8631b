"""网上充值的坏日子 A recharge of the web is asked for and booked by several processes at once, or cut off in the middle (LED-03, PAY-03)."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.db import OperationalError, connection

from onehall.contexts.acquiring import api as acquiring
from onehall.contexts.voice import api as voice
from onehall.foundation.identity.customers import CustomerPresence
from onehall.foundation.refusals import Refusal
from onehall.foundation.values.money import Money
from onehall.journeys.note_charge import note_charge
from onehall.journeys.recharge_online import recharge_online
from onehall.journeys.settle_online import settle_online
from onehall.readings.verification import run_checks
from onehall.steps.online_baskets import OnlineRecharge
from tests.cast import Cast, count
from tests.entrances.telephones import connected
from tests.journeys.at_once import at_once, killed_after, sound
from tests.journeys.test_bad_days import business
from tests.journeys.test_charges import paid
from tests.journeys.test_reversal import agreed, reverse
from tests.telephone import ALL, left, opened

FIFTY = 500_000


class Home:
    """A customer with a telephone, in as many windows as wanted."""

    def __init__(self, cast: Cast) -> None:
        clerk = cast.clerk()
        cast.new_line(clerk)
        self.cast, self.line = cast, opened(clerk)
        self.who = CustomerPresence(1, "dw0120502", self.line.subscription, cast.now)

    def ask(self, yuan: str = "50") -> acquiring.Charge:
        wanted = OnlineRecharge(self.line.id, Money.yuan(yuan), acquiring.Provider.WECHAT)
        return recharge_online(asked=wanted, who=self.who, intent=uuid4(), at=self.cast.now)[0]

    def paid(self) -> acquiring.Charge:
        charge = self.ask()
        return note_charge(number=charge.number, answer=paid(charge, self.cast), by=None, at=self.cast.now)


@pytest.fixture
def home(real_cast: Cast, tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Home]:
    with connected(real_cast, tmp_path / "acquirers", settings, monkeypatch):
        yield Home(real_cast)


def agrees() -> bool:
    return not [one for one in run_checks(scope=ALL) if one.faults]


@pytest.mark.rule("PAY-03", "ORD-13")
def test_four_windows_at_the_same_instant_ask_once(home: Home) -> None:
    asked = at_once(*[lambda yuan=yuan: home.ask(yuan) for yuan in ("50", "60", "70", "80")])
    assert not [one for one in asked if isinstance(one, Refusal)]
    assert len({one.id for one in asked}) == 1 and count("acquiring_charge") == 1


@pytest.mark.rule("PAY-03", "LED-03")
def test_four_processes_that_notice_it_at_the_same_instant_book_it_once(home: Home) -> None:
    charge = home.paid()
    booked = at_once(*[lambda: settle_online(basket_id=charge.basket, at=home.cast.now)] * 4)
    assert sorted(booked) == [False, False, False, True]
    assert left() == FIFTY and count("ledger_payment", "amount = 5000") == 1 and agrees()
    sound()


@pytest.mark.rule("PAY-03", "LED-03", "CSH-01")
def test_cut_off_at_any_statement_nothing_is_booked_and_the_next_look_books_it(home: Home) -> None:
    charge = home.paid()
    before, cuts = (business(), count("custody_drawersession"), left()), 0
    while True:
        try:
            with killed_after(cuts + 1):
                assert settle_online(basket_id=charge.basket, at=home.cast.now)
            break
        except OperationalError:
            cuts += 1
            connection.close()
            assert (business(), count("custody_drawersession"), left()) == before, f"left by statement {cuts}"
    assert cuts > 10 and left() == FIFTY and agrees()
    sound()


@pytest.mark.rule("BIL-02", "PAY-03")
def test_a_line_that_is_closed_in_the_same_instant_gets_the_money_or_the_manager_does(home: Home) -> None:
    charge, manager = home.paid(), home.cast.sign_in("0201")

    def close() -> voice.Line:
        return opened(manager, since=f"{home.cast.now:%Y-%m-%d} 00:00:00", closed=True)

    at_once(lambda: settle_online(basket_id=charge.basket, at=home.cast.now), close)
    settle_online(basket_id=charge.basket, at=home.cast.now)
    kept = acquiring.charge(charge.id, scope=ALL)
    assert (kept.payment is None, left()) in ((True, 0), (False, FIFTY)) and agrees()


@pytest.mark.rule("RCP-01", "PAY-03", "SEC-04")
def test_a_recharge_of_the_web_is_reversed_at_the_desk_and_the_money_goes_back_the_way_it_came(
    home: Home,
) -> None:
    charge = home.paid()
    settle_online(basket_id=charge.basket, at=home.cast.now)
    kept = acquiring.charge(charge.id, scope=ALL)
    assert kept.payment is not None
    home.cast.later(days=1)
    colleague = home.cast.clerk("0211", "4")
    number = agreed(home.cast, kept.payment, colleague)
    reverse(home.cast, kept.payment, colleague, number, copies=0)
    assert left() == 0 and agrees()
    assert acquiring.charge(charge.id, scope=ALL).state is acquiring.State.REFUNDING
    sound()
