"""A basket is filled, waits, and is paid once; what was sold stays as it was sold."""

from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest
from django.db import IntegrityError, InternalError, ProgrammingError, connection
from django.db import transaction as django_transaction

from onehall.contexts.orders.api import (
    AlreadyServed,
    AmountDiffers,
    Basket,
    BasketNotOpen,
    BasketSettled,
    BasketState,
    ItemRepeated,
    Settlement,
    abandon_basket,
    basket,
    baskets_waiting,
    complete_order,
    hold_basket,
    open_basket,
    open_basket_of,
    order,
    orders_of,
    orders_of_basket,
    put_item,
    remove_item,
    resume_basket,
    settle_basket,
)
from onehall.foundation.database import transaction
from onehall.foundation.scopes import NotFound
from onehall.foundation.values.ids import BasketId, ItemId
from onehall.foundation.values.money import Money
from onehall.foundation.values.text import Text
from tests.rooms.homes import ALL, at_the_same_instant, item
from tests.rooms.till import NOON, Till, till


@pytest.fixture
def desk(db: None) -> Till:
    return till()


def opened(desk: Till) -> Basket:
    return open_basket(
        hall_id=desk.hall,
        counter_id=desk.counter,
        party_id=desk.party,
        policy_version=7,
        by=desk.clerk,
        at=NOON,
    )


def filled(desk: Till, *amounts: str) -> Basket:
    """An open basket with a line for each amount."""
    served = opened(desk)
    for number, amount in enumerate(amounts):
        put_item(basket_id=served.id, draft=item(amount, f"business_{number}"), by=desk.clerk, at=NOON)
    return basket(basket_id=served.id, scope=desk.clerk.scope)


def settle(desk: Till, basket_id: BasketId, amount: str, seconds: int = 90) -> Settlement:
    at = NOON + timedelta(seconds=seconds)
    return settle_basket(basket_id=basket_id, amount=Money.yuan(amount), by=desk.clerk, at=at)


@pytest.mark.rule("ORD-01")
def test_one_customer_at_one_counter_has_one_open_basket(desk: Till) -> None:
    assert opened(desk).id == opened(desk).id
    assert open_basket_of(counter_id=desk.counter, party_id=desk.party, scope=ALL) == opened(desk)


@pytest.mark.rule("ORD-01")
def test_a_basket_opened_twice_at_the_same_instant_is_one(real_db: str) -> None:
    with transaction():
        desk = till()
    found = at_the_same_instant([partial(opened, desk), partial(opened, desk)])
    assert isinstance(found[0], Basket) and found[0] == found[1]


@pytest.mark.rule("ORD-01", "CAT-01")
def test_several_services_make_one_basket_and_one_sum(desk: Till) -> None:
    served = filled(desk, "880.00", "30.00")
    assert [line.line for line in served.items] == [1, 2]
    assert served.total == Money.yuan("910.00")
    assert served.items[0].draft == replace(item("880.00", "business_0"))


@pytest.mark.rule("ORD-06")
def test_the_same_service_is_not_entered_twice(desk: Till) -> None:
    served = filled(desk, "880.00")
    with pytest.raises(ItemRepeated):
        put_item(basket_id=served.id, draft=item("680.00", "business_0"), by=desk.clerk, at=NOON)


def test_a_line_is_taken_out_and_its_number_not_reused_by_the_next(desk: Till) -> None:
    served = filled(desk, "880.00", "30.00")
    left = remove_item(basket_id=served.id, item_id=served.items[0].id, by=desk.clerk, at=NOON)
    assert [line.line for line in left.items] == [2]
    assert remove_item(basket_id=served.id, item_id=ItemId(0), by=desk.clerk, at=NOON) == left
    put_item(basket_id=served.id, draft=item("60.00", "other"), by=desk.clerk, at=NOON)
    assert [line.line for line in basket(basket_id=served.id, scope=ALL).items] == [2, 3]


@pytest.mark.rule("ORD-03", "ORD-12")
def test_a_held_basket_waits_with_its_items_and_is_taken_up_again(desk: Till) -> None:
    served = filled(desk, "880.00")
    held = hold_basket(basket_id=served.id, reason="缺身份证复印件", by=desk.clerk, at=NOON)
    assert (held.state, held.hold_reason, held.total) == (
        BasketState.HELD,
        "缺身份证复印件",
        Money.yuan("880"),
    )
    with pytest.raises(BasketNotOpen):
        put_item(basket_id=served.id, draft=item("30.00", "other"), by=desk.clerk, at=NOON)
    with pytest.raises(BasketNotOpen):
        settle(desk, served.id, "880.00")
    assert baskets_waiting(scope=desk.clerk.scope, hall_id=desk.hall) == (held,)

    back = resume_basket(
        basket_id=served.id, counter_id=desk.counter, by=desk.clerk, at=NOON + timedelta(days=1)
    )
    assert (back.state, back.hold_reason, back.items) == (BasketState.OPEN, "", served.items)


@pytest.mark.rule("ORD-12")
def test_a_customer_who_is_being_served_is_not_served_twice_at_the_counter(desk: Till) -> None:
    held = hold_basket(basket_id=filled(desk, "1.00").id, reason="稍候", by=desk.clerk, at=NOON)
    opened(desk)
    with pytest.raises(AlreadyServed):
        resume_basket(basket_id=held.id, counter_id=desk.counter, by=desk.clerk, at=NOON)


def test_an_abandoned_basket_is_over(desk: Till) -> None:
    served = filled(desk, "1.00")
    assert abandon_basket(basket_id=served.id, by=desk.clerk, at=NOON).state == BasketState.ABANDONED
    with pytest.raises(BasketNotOpen):
        settle(desk, served.id, "1.00")
    assert opened(desk).id != served.id


@pytest.mark.rule("ORD-06", "CAT-01")
def test_paying_makes_an_order_of_each_line_as_it_was_priced(desk: Till) -> None:
    served = filled(desk, "880.00", "30.00")
    paid = settle(desk, served.id, "910.00")
    assert [(o.line, o.business, o.amount, o.serial) for o in paid.orders] == [
        (1, "business_0", Money.yuan("880"), "DW20261121001"),
        (2, "business_1", Money.yuan("30"), "DW20261121001"),
    ]
    one = paid.orders[0]
    assert (one.party_id, one.policy_version, one.price_version, one.name) == (
        desk.party, 7, 1, Text("宽带10M包年", "Broadband 10M, one year"),
    )  # fmt: skip
    assert orders_of_basket(basket_id=served.id, scope=ALL) == paid.orders
    assert orders_of(party_id=desk.party, scope=desk.clerk.scope)[::-1] == paid.orders
    assert order(order_id=one.id, scope=ALL) == one
    assert basket(basket_id=served.id, scope=ALL).settled == Money.yuan("910")


@pytest.mark.rule("ORD-13")
def test_a_second_payment_is_refused_with_the_facts_of_the_first(desk: Till) -> None:
    served = filled(desk, "880.00")
    settle(desk, served.id, "880.00")
    with pytest.raises(BasketSettled) as refused:
        settle(desk, served.id, "880.00", seconds=95)
    assert refused.value.facts == {"at": "2026-11-21 12:01:30", "amount": "880.00"}
    with pytest.raises(BasketSettled):
        put_item(basket_id=served.id, draft=item("30.00", "other"), by=desk.clerk, at=NOON)
    assert len(orders_of_basket(basket_id=served.id, scope=ALL)) == 1


@pytest.mark.rule("ORD-13")
def test_of_two_payments_at_the_same_instant_one_is_taken(real_db: str) -> None:
    with transaction():
        desk = till()
        served = filled(desk, "880.00")
    outcomes = at_the_same_instant([partial(settle, desk, served.id, "880.00")] * 3)
    assert sorted("paid" if isinstance(o, Settlement) else o for o in outcomes) == [
        "orders.basket_settled", "orders.basket_settled", "paid",
    ]  # fmt: skip


@pytest.mark.rule("ORD-13")
def test_the_database_keeps_a_paid_basket_as_it_is(desk: Till) -> None:
    served = filled(desk, "880.00")
    settle(desk, served.id, "880.00")
    for change in ("update orders_basket set state = 'open'", "update orders_serviceorder set amount_fen = 1",
                   "delete from orders_serviceorder"):  # fmt: skip
        with (
            pytest.raises((InternalError, ProgrammingError, IntegrityError)),
            django_transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(change)


@pytest.mark.rule("RCP-01")
def test_what_is_paid_is_the_sum_of_the_items(desk: Till) -> None:
    served = filled(desk, "880.00", "30.00")
    with pytest.raises(AmountDiffers) as refused:
        settle(desk, served.id, "880.00")
    assert refused.value.facts == {"due": "910.00", "given": "880.00"}
    assert basket(basket_id=served.id, scope=ALL).state == BasketState.OPEN


@pytest.mark.rule("ORD-01")
def test_an_empty_basket_is_not_paid(desk: Till) -> None:
    with pytest.raises(AmountDiffers):
        settle(desk, opened(desk).id, "0.00")


@pytest.mark.rule("SEC-10")
def test_another_halls_basket_does_not_exist(desk: Till) -> None:
    served = filled(desk, "880.00")
    stranger = till(no="9", staff_no="0399", name="孙丽")
    for act in (
        lambda: settle(stranger, served.id, "880.00"),
        lambda: basket(basket_id=served.id, scope=stranger.clerk.scope),
        lambda: hold_basket(basket_id=served.id, reason="x", by=stranger.clerk, at=NOON),
        lambda: baskets_waiting(hall_id=desk.hall, scope=stranger.clerk.scope),
    ):
        with pytest.raises(NotFound):
            act()
    paid = settle(desk, served.id, "880.00")
    assert orders_of(party_id=desk.party, scope=stranger.clerk.scope) == ()
    with pytest.raises(NotFound):
        order(order_id=paid.orders[0].id, scope=stranger.clerk.scope)
    with pytest.raises(NotFound):
        complete_order(order_id=paid.orders[0].id, by=stranger.clerk, at=NOON)
