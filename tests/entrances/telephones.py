"""A desk that takes telephone payments, and a provider made of software at the other end."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.http import HttpResponse
from django.test import Client

from onehall.adapters.payment.simulator import Provider
from onehall.contexts.acquiring import api as acquiring
from onehall.contexts.ledger import api as ledger
from onehall.foundation.identity.middleware import SESSION_COOKIE
from onehall.foundation.scopes import Actor, Scope
from onehall.readings.verification import verify_money
from onehall.runs.see_to_charges import see_to_charges
from onehall.steps import charging
from tests.cast import Cast, dwelling

ALL = Scope.operator()


@contextmanager
def connected(cast: Cast, folder: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Provider]:
    """The hall is connected to a provider whose clock is the cast's."""
    with Provider(clock=lambda: cast.now, silence=30) as provider:
        provider.write_settings(folder)
        settings.ACQUIRERS = folder
        monkeypatch.setattr(charging, "_connected", {})
        yield provider


def browser_of(cast: Cast, actor: Actor) -> Client:
    """Somebody's browser, signed in."""
    browser = Client()
    browser.cookies[SESSION_COOKIE] = cast.tokens[actor.session_id or 0]
    return browser


class Desk:
    """李敏's browser at counter 3, a basket over 880.00 before her."""

    def __init__(self, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("onehall.foundation.identity.middleware.now", lambda: cast.now)
        self.cast, self.by = cast, cast.clerk()
        self.browser = browser_of(cast, self.by)
        card = cast.registered(self.by)
        self.basket = cast.basket(
            self.by, card.id, dwelling("dw", "1", "2", "502"), ("new_broadband", "bb20-year")
        )
        self.address = f"/desk/baskets/{self.basket.id}/charges"

    def send(self, address: str = "", **form: str) -> HttpResponse:
        return self.browser.post(address or self.address, {"intent": str(uuid4()), **form})

    def scan(self, habit: str = "00", **form: str) -> HttpResponse:
        return self.send(code=f"1345678901234567{habit}", **form)

    def page(self) -> str:
        return self.browser.get(self.address).content.decode()

    def charges(self) -> tuple[acquiring.Charge, ...]:
        return acquiring.charges_of_basket(self.basket.id, scope=ALL)

    def payment(self) -> ledger.Payment | None:
        return next(iter(ledger.payments_of_baskets([self.basket.id], scope=ALL)), None)

    def clock(self, **span: float) -> None:
        see_to_charges(acquirer_of=charging.acquirer, at=self.cast.later(**span))


def sound(desk: Desk, provider: Provider) -> bool:
    """What customers paid is what the books say they paid, and the books agree among themselves."""
    booked = {one.number: one.amount.fen for one in desk.charges() if one.state is acquiring.State.SUCCEEDED}
    return booked == provider.paid() and verify_money(scope=ALL, row_by_row=True).findings == ()
