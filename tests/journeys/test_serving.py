"""接待, 请稍候, 结束: one customer at a time at a counter, also when two windows try at one instant (ORD-12, SEC-03)."""

from dataclasses import replace

import pytest

from onehall.contexts.customers import api as customers
from onehall.contexts.floor import api as floor
from onehall.contexts.floor.models import Serving, ServingHold
from onehall.contexts.orders import api as orders
from onehall.foundation.audit.trail import trail
from onehall.foundation.scopes import Actor, Scope
from onehall.journeys.add_item import add_item
from onehall.journeys.finish_service import finish_service
from onehall.journeys.hold_basket import hold_basket
from onehall.journeys.hold_customer import hold_customer
from onehall.journeys.receive_customer import receive_customer
from onehall.journeys.resume_basket import resume_basket
from onehall.journeys.state_purpose import state_purpose
from tests.cast import Cast, dwelling
from tests.journeys.at_once import at_once

PRESENT = customers.PurposeStated(
    customers.PurposeKind.PRESENT_VERIFIED, verification=customers.Verification.ID_DOCUMENT
)
EVERYWHERE = Scope.operator()


def received(cast: Cast, by: Actor) -> customers.CustomerCard:
    """Somebody at the counter, verified."""
    card = cast.registered(by)
    state_purpose(party_id=card.id, stated=PRESENT, by=by, at=cast.now)
    receive_customer(party_id=card.id, by=by, at=cast.now)
    return card


def sees(cast: Cast, by: Actor, card: customers.CustomerCard) -> bool:
    found = customers.purpose_in_force(card.id, user_id=by.user_id, at=cast.now, scope=by.scope)
    return found is not None


@pytest.mark.rule("ORD-12")
def test_the_next_customer_waits_until_this_one_is_held_with_a_reason_and_an_apology(cast: Cast) -> None:
    li_min = cast.clerk()
    wang, zhang = received(cast, li_min), cast.registered(li_min)
    basket = cast.basket(li_min, wang.id, dwelling("dw", "1", "2", "502"), ("new_broadband", "bb20-year"))
    with pytest.raises(floor.StillServing):
        receive_customer(party_id=zhang.id, by=li_min, at=cast.now)
    with pytest.raises(floor.StillServing):
        add_item(
            party_id=zhang.id, dwelling_id=dwelling("dw", "1", "2", "501"), offering="bb20-year",
            business="new_broadband", quantity=1, by=li_min, at=cast.now,
        )  # fmt: skip
    for reason, apologised in (("", True), ("接紧急电话", False)):
        with pytest.raises(floor.HoldIncomplete):
            hold_customer(reason=reason, apologised=apologised, by=li_min, at=cast.now)
    assert ServingHold.objects.count() == 0
    hold_customer(reason="接紧急电话", apologised=True, by=li_min, at=cast.later(minutes=1))
    assert orders.basket(basket_id=basket.id, scope=EVERYWHERE).hold_reason == "接紧急电话"
    receive_customer(party_id=zhang.id, by=li_min, at=cast.now)
    (line,) = trail(scope=EVERYWHERE, limit=5, action="customer.held")
    assert line.details["apologised"] is True
    finish_service(asked_more=True, by=li_min, at=cast.later(minutes=2))
    resume_basket(basket_id=basket.id, by=li_min, at=cast.later(minutes=1))
    served = floor.serving_at(counter_id=li_min.counter_id or 0, scope=EVERYWHERE)
    assert served is not None and served.party_id == wang.id
    assert ServingHold.objects.get().resumed_at == cast.now


@pytest.mark.rule("ORD-12")
def test_a_basket_on_hold_frees_the_counter_and_another_counter_takes_the_customer_up(cast: Cast) -> None:
    li_min, zheng = cast.clerk(), cast.clerk("0211", "2")
    wang = received(cast, li_min)
    basket = cast.basket(li_min, wang.id, dwelling("dw", "1", "2", "502"), ("new_broadband", "bb20-year"))
    hold_basket(basket_id=basket.id, reason="回家拿身份证", by=li_min, at=cast.now)
    received(cast, li_min)
    resume_basket(basket_id=basket.id, by=zheng, at=cast.now)
    served = floor.serving_at(counter_id=zheng.counter_id or 0, scope=EVERYWHERE)
    assert served is not None and (served.party_id, served.by_id) == (wang.id, zheng.user_id)
    assert Serving.objects.filter(party_id=wang.id).count() == 1


@pytest.mark.rule("ORD-12")
def test_a_held_basket_is_not_taken_up_over_the_head_of_whoever_is_being_served(cast: Cast) -> None:
    li_min = cast.clerk()
    wang = received(cast, li_min)
    basket = cast.basket(li_min, wang.id, dwelling("dw", "1", "2", "502"), ("new_broadband", "bb20-year"))
    hold_basket(basket_id=basket.id, reason="回家拿身份证", by=li_min, at=cast.now)
    received(cast, li_min)
    with pytest.raises(floor.StillServing):
        resume_basket(basket_id=basket.id, by=li_min, at=cast.now)
    assert orders.basket(basket_id=basket.id, scope=EVERYWHERE).state is orders.BasketState.HELD


@pytest.mark.rule("SEC-03", "ORD-15")
def test_the_end_of_the_service_closes_the_record_and_keeps_that_more_was_asked_for(cast: Cast) -> None:
    li_min = cast.clerk()
    wang = received(cast, li_min)
    cast.later(minutes=5)
    assert sees(cast, li_min, wang)
    assert finish_service(asked_more=True, by=li_min, at=cast.now) is not None
    assert not sees(cast, li_min, wang)
    assert finish_service(asked_more=True, by=li_min, at=cast.now) is None
    assert Serving.objects.get(party_id=wang.id).asked_more
    state_purpose(party_id=wang.id, stated=PRESENT, by=li_min, at=cast.later(seconds=1))
    assert sees(cast, li_min, wang)


@pytest.mark.rule("ORD-12")
def test_a_service_does_not_end_over_an_unpaid_basket(cast: Cast) -> None:
    li_min = cast.clerk()
    wang = received(cast, li_min)
    basket = cast.basket(li_min, wang.id, dwelling("dw", "1", "2", "502"), ("new_broadband", "bb20-year"))
    with pytest.raises(floor.BasketUnfinished) as refused:
        finish_service(asked_more=True, by=li_min, at=cast.now)
    assert "880.00" in refused.value.sentence("zh")
    assert sees(cast, li_min, wang)
    cast.pay(li_min, basket.id)
    assert finish_service(asked_more=True, by=li_min, at=cast.now) is not None


@pytest.mark.rule("ORD-12")
def test_who_takes_a_counter_over_or_comes_the_next_day_is_not_bound_by_what_was_left_open(
    cast: Cast,
) -> None:
    li_min, zheng = cast.clerk(), cast.clerk("0211", "2")
    received(cast, li_min)
    there = replace(zheng, counter_id=li_min.counter_id)
    zhang = cast.registered(zheng)
    serving = receive_customer(party_id=zhang.id, by=there, at=cast.now)
    assert serving is not None and serving.by_id == zheng.user_id
    cast.later(days=1)
    assert receive_customer(party_id=cast.registered(zheng).id, by=there, at=cast.now) is not None
    assert Serving.objects.filter(state="serving").count() == 1


@pytest.mark.rule("ORD-12")
def test_two_windows_that_receive_two_customers_at_one_instant_serve_one(real_cast: Cast) -> None:
    li_min = real_cast.clerk()
    cards = [real_cast.registered(li_min) for _ in range(2)]
    outcomes = at_once(
        *(lambda card=card: receive_customer(party_id=card.id, by=li_min, at=real_cast.now) for card in cards)
    )
    refused = [one for one in outcomes if isinstance(one, floor.StillServing)]
    assert len(refused) == 1
    assert Serving.objects.filter(state="serving").count() == 1
