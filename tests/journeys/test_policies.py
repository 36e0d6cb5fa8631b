"""Prices and fees change from a day on: what was sold keeps its price, what is sold next costs the new one."""

from datetime import timedelta

import pytest

from onehall.contexts.catalogue import api as catalogue
from onehall.contexts.orders import api as orders
from onehall.contexts.subscriptions import api as subscriptions
from onehall.foundation.audit import trail
from onehall.foundation.database import transaction
from onehall.foundation.refusals import Refusal
from onehall.foundation.scopes import NotFound, NotPermitted, Scope
from onehall.foundation.values.money import Money
from onehall.foundation.values.period import local, midnight
from onehall.journeys.change_policy import change_policy
from tests.cast import Cast, dwelling, receipt_of

EVERYWHERE = Scope.operator()
NEW = ("new_broadband", "bb20-year")
POINT = ("additional_point", "additional-point")


def raise_fee(cast: Cast, value: object = 4500, key: str = "fees.additional_point", days: int = 1) -> None:
    """周敏 changes a number of her hall from tomorrow on."""
    manager = cast.sign_in("0201")
    start = midnight(local(cast.now).date() + timedelta(days=days))
    change_policy(
        key=key, value=value, valid_from=start, source="营业部 2026 年第 5 号通知", hall_id=manager.hall_id, by=manager,
        at=cast.now,
    )  # fmt: skip


@pytest.mark.rule("FEE-02", "CAT-01")
def test_a_fee_changes_with_its_day_and_what_was_sold_keeps_its_price(cast: Cast) -> None:
    clerk = cast.clerk()
    card, home = cast.registered(clerk), dwelling("dw", "1", "2", "502")
    today = cast.pay(clerk, cast.basket(clerk, card.id, home, NEW, POINT).id)
    assert today.amount == Money.yuan("910")
    raise_fee(cast)
    assert cast.pay(clerk, cast.basket(clerk, card.id, home, POINT).id).amount == Money.yuan("30")
    cast.later(days=1)
    tomorrow = cast.pay(clerk, cast.basket(clerk, card.id, home, POINT).id)
    assert tomorrow.amount == Money.yuan("45")
    sold = orders.orders_of_basket(basket_id=today.basket_id, scope=EVERYWHERE)
    assert [order.amount.text for order in sold] == ["880.00", "30.00"]
    assert receipt_of(today).amount == Money.yuan("910")
    (new,) = orders.orders_of_basket(basket_id=tomorrow.basket_id, scope=EVERYWHERE)
    assert new.policy_version > sold[1].policy_version, "which numbers decided it stays known"


@pytest.mark.rule("CAT-01")
def test_a_dearer_offering_leaves_running_terms_alone(cast: Cast) -> None:
    clerk = cast.clerk()
    cast.new_line(clerk)
    with transaction():
        catalogue.establish_price(
            code="bb20-year",
            amount=Money.yuan("999"),
            valid_from=cast.now + timedelta(days=1),
            by=None,
            at=cast.now,
        )
    cast.later(days=2)
    assert cast.new_line(clerk, "501").amount == Money.yuan("999")
    (line,) = subscriptions.subscriptions_at(dwelling_id=dwelling("dw", "1", "2", "502"), scope=EVERYWHERE)
    assert line.terms[0].price == Money.yuan("880")
    with transaction(), pytest.raises(catalogue.OfferingIsFixed):
        catalogue.establish_price(
            code="bb20-year",
            amount=Money.yuan("1"),
            valid_from=cast.now - timedelta(days=9),
            by=None,
            at=cast.now,
        )


@pytest.mark.rule("FEE-02", "ORD-05")
def test_a_value_outside_its_bounds_is_refused_and_changes_nothing(cast: Cast) -> None:
    for value, key in (
        (-100, "fees.additional_point"),
        (9999, "subscriptions.start_delay"),
        ("viel", "fees.router_visit"),
    ):
        with pytest.raises((Refusal, ValueError)):
            raise_fee(cast, value, key)
    cast.later(days=2)
    clerk = cast.clerk()
    basket = cast.basket(clerk, cast.registered(clerk).id, dwelling("dw", "1", "2", "502"), NEW, POINT)
    assert basket.total == Money.yuan("910")


@pytest.mark.rule("ORD-09")
def test_the_delay_of_the_first_term_is_a_number_of_the_hall(cast: Cast) -> None:
    raise_fee(cast, 3, "subscriptions.start_delay", days=0)
    cast.later(hours=1)
    clerk = cast.clerk()
    cast.new_line(clerk)
    (line,) = subscriptions.subscriptions_at(dwelling_id=dwelling("dw", "1", "2", "502"), scope=EVERYWHERE)
    assert (local(line.terms[0].period.start).date() - local(cast.now).date()).days == 3


@pytest.mark.rule("ORG-06", "SEC-10")
def test_a_clerk_changes_no_policy_and_a_manager_only_her_own_halls(cast: Cast) -> None:
    facts = {"key": "fees.additional_point", "value": 4500, "valid_from": cast.now, "source": "试"}
    clerk, other = cast.clerk(), cast.sign_in("0301", hall="guandi")
    with pytest.raises(NotPermitted):
        change_policy(**facts, hall_id=clerk.hall_id, by=clerk, at=cast.now)  # type: ignore[arg-type]
    with pytest.raises(NotFound):
        change_policy(**facts, hall_id=clerk.hall_id, by=other, at=cast.now)  # type: ignore[arg-type]
    assert trail(scope=EVERYWHERE, limit=1, action="policy.changed") == []
