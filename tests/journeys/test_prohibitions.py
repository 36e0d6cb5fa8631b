"""What the system itself forbids: charges outside the catalogue, tied sales, private installation (ORG-11)."""

from uuid import uuid4

import pytest

from onehall.contexts.orders import api as orders
from onehall.foundation.refusals import Refusal
from onehall.foundation.values.money import Money
from onehall.journeys.add_item import add_item
from onehall.journeys.start_visit import start_visit
from onehall.journeys.take_payment import take_payment
from tests.cast import Cast, count, dwelling
from tests.entrances.worksite import COLLEAGUE, Worksite


@pytest.mark.rule("ORG-11")
def test_nothing_is_charged_that_the_catalogue_does_not_sell_at_another_price_neither(cast: Cast) -> None:
    clerk = cast.clerk()
    card, home = cast.registered(clerk), dwelling("dw", "1", "2", "502")
    given = {"party_id": card.id, "dwelling_id": home, "quantity": 1, "by": clerk, "at": cast.now}
    for business, offering in (
        ("new_broadband", "thank-you-money"),
        ("tips", "bb20-year"),
        ("router_setup", "bb20-year"),
    ):
        with pytest.raises(Refusal):
            add_item(business=business, offering=offering, **given)  # type: ignore[arg-type]
    assert count("orders_basketitem") == 0
    basket = cast.basket(clerk, card.id, home, ("new_broadband", "bb20-year"))
    for due in (basket.total + Money.yuan("20.00"), Money.yuan("1.00")):
        with pytest.raises(Refusal):
            take_payment(basket_id=basket.id, due=due, tendered=due, intent=uuid4(), by=clerk, at=cast.now)
    assert count("ledger_payment") == 0
    assert cast.pay(clerk, basket.id).payment_id, "at its price it is sold"


@pytest.mark.rule("ORG-11")
def test_what_a_customer_asks_for_is_sold_alone_and_brings_nothing_else_along(cast: Cast) -> None:
    clerk = cast.clerk()
    for room, offering in (("501", "bb20-year"), ("502", "bb4-half"), ("401", "bb4-month")):
        card = cast.registered(clerk)
        basket = cast.basket(clerk, card.id, dwelling("dw", "1", "2", room), ("new_broadband", offering))
        assert [item.draft.offering for item in basket.items] == [offering], "nothing is tied to it"
        paid = cast.pay(clerk, basket.id)
        sold = orders.orders_of_basket(basket_id=paid.basket_id, scope=clerk.scope)
        assert [one.offering for one in sold] == [offering]


@pytest.mark.rule("ORG-11")
def test_nobody_installs_but_for_an_order_that_was_sold_and_assigned_to_them(cast: Cast) -> None:
    site = Worksite(cast)
    case = site.to_visit()
    assert count("fieldwork_workorder") == count("orders_serviceorder"), "work comes from a sale, one for one"
    stranger = site.who(COLLEAGUE)
    for number in (case.id, case.id + 1):
        with pytest.raises(Refusal):
            start_visit(intent=uuid4(), work_order=number, by=stranger, at=cast.now)
    assert count("fieldwork_visit") == 0
