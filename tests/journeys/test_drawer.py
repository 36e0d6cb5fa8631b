"""A shift at the counter: the float is counted, cash joins and leaves, and every step is on the trail."""

from dataclasses import replace
from uuid import uuid4

import pytest

from onehall.contexts.custody.api import (
    OPENING_FLOAT,
    DrawerOpen,
    DrawerShort,
    FloatDiffers,
    NoOpenDrawer,
    NotAMovement,
    drawer_balance,
    open_drawers,
)
from onehall.foundation.database import fetch_all, transaction
from onehall.foundation.idempotency import IntentReused
from onehall.foundation.policy.services import establish_value
from onehall.foundation.scopes import Actor, NotFound, NotPermitted
from onehall.foundation.values.money import Money
from onehall.journeys.move_cash import move_cash
from onehall.journeys.open_drawer import open_drawer
from tests.rooms.till import LATER, NOON, accounts, till

COUNTED = {5000: 4}


@pytest.fixture
def clerk(db: None) -> Actor:
    with transaction():
        establish_value(
            key=OPENING_FLOAT.code, value=20_000, valid_from=NOON, source="test", verified=True, at=NOON
        )
        accounts()
        clerk = till().clerk
    return replace(clerk, permissions=frozenset({"drawer.open", "drawer.cash"}))


def actions() -> list[str]:
    return [row["action"] for row in fetch_all("select action from audit_auditentry order by id")]


@pytest.mark.rule("CSH-01")
def test_opening_twice_with_one_intent_opens_once(clerk: Actor) -> None:
    intent = uuid4()
    first = open_drawer(intent=intent, counted=COUNTED, remark="", by=clerk, at=NOON)
    again = open_drawer(intent=intent, counted=COUNTED, remark="", by=clerk, at=LATER)
    assert again == first
    assert open_drawers(scope=clerk.scope) == (first,)
    assert actions() == ["drawer.opened"]
    assert [row["topic"] for row in fetch_all("select topic from outbox_outboxevent")] == ["drawer.changed"]
    with pytest.raises(IntentReused):
        open_drawer(intent=intent, counted={5000: 3}, remark="少一张", by=clerk, at=LATER)
    with pytest.raises(DrawerOpen):
        open_drawer(intent=uuid4(), counted=COUNTED, remark="", by=clerk, at=LATER)


@pytest.mark.rule("LAW-40")
def test_the_float_that_the_policy_wants_is_there_or_explained(clerk: Actor) -> None:
    with pytest.raises(FloatDiffers):
        open_drawer(intent=uuid4(), counted={5000: 3}, remark="", by=clerk, at=NOON)
    assert actions() == []
    drawer = open_drawer(intent=uuid4(), counted={5000: 3}, remark="昨日少留一张", by=clerk, at=NOON)
    assert drawer.opening_difference == Money.yuan("-50")


@pytest.mark.rule("ORG-06")
def test_who_may_not_open_or_move_is_refused(clerk: Actor) -> None:
    nobody = replace(clerk, permissions=frozenset())
    with pytest.raises(NotPermitted):
        open_drawer(intent=uuid4(), counted=COUNTED, remark="", by=nobody, at=NOON)
    with pytest.raises(NotPermitted):
        move_cash(intent=uuid4(), direction="in", amount=Money(100), reason="添零", by=nobody, at=NOON)


def test_whoever_sits_at_no_counter_has_no_drawer(clerk: Actor) -> None:
    away = replace(clerk, counter_id=None)
    with pytest.raises(NotFound):
        open_drawer(intent=uuid4(), counted=COUNTED, remark="", by=away, at=NOON)
    with pytest.raises(NoOpenDrawer):
        move_cash(intent=uuid4(), direction="in", amount=Money(100), reason="添零", by=away, at=NOON)


@pytest.mark.rule("LAW-40")
def test_cash_joins_and_leaves_the_drawer_once_for_each_intent(clerk: Actor) -> None:
    drawer = open_drawer(intent=uuid4(), counted=COUNTED, remark="", by=clerk, at=NOON)
    move_cash(intent=uuid4(), direction="in", amount=Money.yuan("100"), reason="添零", by=clerk, at=NOON)
    intent = uuid4()
    for _ in range(2):
        moved = move_cash(
            intent=intent, direction="out", amount=Money.yuan("250"), reason="上缴", by=clerk, at=LATER
        )
        assert moved.balance == Money.yuan("50")
    assert drawer_balance(drawer.id, scope=clerk.scope) == Money.yuan("50")
    assert actions() == ["drawer.opened", "drawer.cash_in", "drawer.cash_out"]


@pytest.mark.rule("LAW-40")
def test_a_movement_that_is_refused_leaves_no_trace(clerk: Actor) -> None:
    with pytest.raises(NoOpenDrawer):
        move_cash(intent=uuid4(), direction="in", amount=Money(100), reason="添零", by=clerk, at=NOON)
    drawer = open_drawer(intent=uuid4(), counted=COUNTED, remark="", by=clerk, at=NOON)
    with pytest.raises(DrawerShort):
        move_cash(intent=uuid4(), direction="out", amount=Money.yuan("201"), reason="上缴", by=clerk, at=NOON)
    with pytest.raises(NotAMovement):
        move_cash(intent=uuid4(), direction="out", amount=Money(0), reason="上缴", by=clerk, at=NOON)
    assert drawer_balance(drawer.id, scope=clerk.scope) == Money.yuan("200")
    assert actions() == ["drawer.opened"]
