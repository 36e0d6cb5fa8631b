"""The customer's display: what is due and what goes back, in large figures and nothing personal (PAY-02)."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from onehall.foundation.identity.middleware import SESSION_COOKIE
from onehall.foundation.scopes import Actor
from onehall.readings.till_display import till_display
from tests.cast import Cast, dwelling


def seen(cast: Cast, by: Actor, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setattr("onehall.foundation.identity.middleware.now", lambda: cast.now)
    browser = Client()
    browser.cookies[SESSION_COOKIE] = cast.tokens[by.session_id or 0]
    return browser.get("/desk/display").content.decode()


@pytest.mark.rule("PAY-02")
def test_the_display_mirrors_due_received_and_change_and_clears_itself(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    li_min = cast.clerk()
    card = cast.registered(li_min)
    assert "应付" not in seen(cast, li_min, monkeypatch)
    basket = cast.basket(li_min, card.id, dwelling("dw", "1", "2", "502"), ("new_broadband", "bb20-year"))
    page = seen(cast, li_min, monkeypatch)
    assert "880.00" in page
    for personal in (card.name, "dw0120502", card.phone_masked, "502室"):
        assert personal not in page
    cast.pay(li_min, basket.id, tendered="1000")
    page = seen(cast, li_min, monkeypatch)
    assert "1,000.00" in page
    assert "120.00" in page
    cast.later(minutes=5)
    assert "120.00" not in seen(cast, li_min, monkeypatch)


@pytest.mark.rule("SEC-10")
def test_a_counter_of_another_hall_shows_nothing(cast: Cast) -> None:
    li_min = cast.clerk()
    cast.new_line(li_min)
    stranger = cast.sign_in("0311", hall="guandi", counter="1")
    facts: dict[str, Any] = {"counter_id": li_min.counter_id, "at": cast.now, "seconds": 60}
    assert till_display(**facts, scope=li_min.scope).tendered is not None
    assert till_display(**facts, scope=stranger.scope).tendered is None
    later = facts | {"at": cast.now + timedelta(hours=1)}
    assert till_display(**later, scope=li_min.scope).tendered is None
