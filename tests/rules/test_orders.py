"""What state an order is in, what repeats in a basket, and how long a service took."""

from datetime import datetime, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onehall.contexts.orders.contracts import ItemDraft, OrderState
from onehall.contexts.orders.rules import handling, order_state, repeats, why_not_void
from onehall.foundation.values.ids import PremisesId, SubscriptionId
from onehall.foundation.values.money import Money
from onehall.foundation.values.period import CHINA, Period
from onehall.foundation.values.text import Text

NINE = datetime(2026, 11, 21, 9, tzinfo=CHINA)


def after(seconds: float) -> datetime:
    return NINE + timedelta(seconds=seconds)


def item(business: str, home: int = 1, subscription: int | None = None) -> ItemDraft:
    return ItemDraft(
        business=business, offering="x", price_version=1, name=Text("续费", "Renewal"), quantity=1, amount=Money(1),
        revenue_account="1", dwelling_id=PremisesId(home),
        subscription_id=None if subscription is None else SubscriptionId(subscription),
    )  # fmt: skip


@pytest.mark.rule("ORD-06")
def test_the_rows_that_exist_say_the_state() -> None:
    def state(completed: bool, archived: bool, void: bool) -> OrderState:
        return order_state(completed=completed, archived=archived, void=void)

    assert state(False, False, False) == OrderState.ACCEPTED
    assert state(True, False, False) == OrderState.COMPLETED
    assert state(True, True, False) == OrderState.ARCHIVED
    assert {state(c, a, True) for c, a in product([True, False], repeat=2)} == {OrderState.VOID}


@pytest.mark.rule("ORD-06")
def test_the_same_business_for_the_same_home_is_entered_once() -> None:
    basket = [item("new_broadband", 1), item("renewal", 2, 7)]
    assert repeats(basket, item("new_broadband", 1))
    assert not repeats(basket, item("new_broadband", 3))
    assert repeats(basket, item("renewal", 2, 7))
    assert not repeats(basket, item("router_setup", 1))


@pytest.mark.rule("ORD-11")
def test_handling_is_measured_without_holds() -> None:
    taken = handling(
        moments=[after(0), after(20), after(650), after(660)],
        holds=[Period(after(30), after(630))],
        limit=180,
        pause_limit=30,
    )
    assert (taken.seconds, taken.within_limit, taken.hesitations) == (60, True, 0)


@pytest.mark.rule("ORD-11")
def test_a_pause_above_the_limit_is_a_hesitation() -> None:
    taken = handling(
        moments=[after(0), after(31), after(61), after(200)], holds=[], limit=180, pause_limit=30
    )
    assert (taken.seconds, taken.within_limit, taken.hesitations) == (200, False, 2)


@pytest.mark.rule("ORD-11")
@given(st.lists(st.integers(0, 10_000), min_size=1, max_size=8))
def test_steps_add_up_to_the_whole_in_whatever_order_they_are_read(seconds: list[int]) -> None:
    taken = handling(moments=[after(s) for s in seconds], holds=[], limit=180, pause_limit=30)
    assert taken.seconds == max(seconds) - min(seconds)


@pytest.mark.rule("CHG-02")
def test_a_sale_is_voided_in_its_shift_and_before_the_work_is_done() -> None:
    accepted, completed = [OrderState.ACCEPTED] * 2, [OrderState.ACCEPTED, OrderState.COMPLETED]
    assert why_not_void(states=accepted, same_shift=True) is None
    assert why_not_void(states=accepted, same_shift=False) is not None
    assert why_not_void(states=completed, same_shift=True) is not None
    assert why_not_void(states=[OrderState.VOID], same_shift=True) is not None
