"""What a telephone line is to be, from a moment on."""

from dataclasses import replace
from datetime import timedelta

import pytest

from onehall.contexts.voice import api as voice
from onehall.contexts.voice.models import LineVersion
from onehall.foundation.database import fetch_all
from onehall.foundation.scopes import Scope
from tests.cast import Cast

ALL = Scope.operator()


def wanted(number: str = "68000001") -> voice.LineState:
    """李敏's line, of whatever subscription there is."""
    (row,) = fetch_all("select id from subscriptions_subscription order by id desc limit 1")
    return voice.LineState(
        number=number, subscription_id=row["id"], plan="yuezu", features=("caller_id",), rent_free=False, monthly_credit=50_000,
        annual_credit=0, annual_credit_until=None, alarm_threshold=10_000, partner="", suspended=False, closed=False,
    )  # fmt: skip


def test_a_state_holds_from_its_moment_on_and_the_same_again_writes_nothing(cast: Cast) -> None:
    clerk = cast.clerk()
    cast.new_line(clerk)
    begun, state = cast.now, wanted()
    voice.set_line(line=state, by=clerk, at=begun)
    voice.set_line(line=state, by=clerk, at=begun + timedelta(days=1))
    assert LineVersion.objects.count() == 1
    later = begun + timedelta(days=3)
    voice.set_line(line=replace(state, plan="daweitest"), by=clerk, at=later)
    assert voice.line("68000001", at=later - timedelta(seconds=1), scope=ALL).state.plan == "yuezu"
    assert voice.line("68000001", at=later, scope=ALL).state.plan == "daweitest"


def test_what_was_planned_for_later_gives_way_to_what_is_said_now(cast: Cast) -> None:
    clerk = cast.clerk()
    cast.new_line(clerk)
    state, now = wanted(), cast.now
    voice.set_line(line=state, by=clerk, at=now)
    voice.set_line(line=replace(state, suspended=True), by=clerk, at=now + timedelta(days=9))
    voice.set_line(line=state, by=clerk, at=now + timedelta(days=1))
    assert not voice.line("68000001", at=now + timedelta(days=10), scope=ALL).state.suspended


@pytest.mark.parametrize(
    ("name", "value"),
    [("number", "6800-1"), ("plan", ""), ("monthly_credit", -1), ("annual_credit", 100)],
)
def test_a_state_that_no_line_can_have_is_refused_with_the_field(
    cast: Cast, name: str, value: object
) -> None:
    clerk = cast.clerk()
    cast.new_line(clerk)
    with pytest.raises(voice.StateRefused) as refused:
        voice.set_line(line=replace(wanted(), **{name: value}), by=clerk, at=cast.now)
    field = "annual_credit_until" if name == "annual_credit" else name
    assert refused.value.field == field
    with pytest.raises(voice.NoSuchLine):
        voice.line("68000001", at=cast.now, scope=ALL)
