"""Slips of terminals: what is taken from paper, by which way a card is taken, what a refund's slip must say (PAY-03)."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onehall.contexts.acquiring.contracts import Charge, ChargeRefused, Provider, State, Way
from onehall.contexts.acquiring.rules.cards import Slip, check_refund_slip, check_way, slip_of
from onehall.foundation.values.ids import BasketId, CounterId, HallId, UserId
from onehall.foundation.values.money import Money

NOON = datetime(2026, 11, 26, 4, 0, tzinfo=UTC)
SLIP = Slip("S20261126000000000007", "**** 1234", "01A2B3")
REFUNDING = Charge(
    1, HallId(1), CounterId(3), UserId(7), BasketId(9), Provider.CARD, Way.SLIP, SLIP.number, Money(88000), NOON, State.REFUNDING,
    NOON, SLIP.number, NOON, "", "", None, SLIP.payer, SLIP.approval,
)  # fmt: skip
BACK = replace(SLIP, number="S20261126000000000008")
figures = st.text("0123456789", min_size=12, max_size=12)
moments = st.timedeltas(timedelta(0), timedelta(days=3)).map(NOON.__add__)


def typed(**other: str) -> Slip:
    told = {"card": "1234", "approval": "01a2b3", "reference": "000000000007", **other}
    return slip_of(**told, at=NOON)


@pytest.mark.rule("PAY-03")
def test_a_slip_is_taken_from_paper_with_the_blanks_that_people_type() -> None:
    assert typed(card=" 1234 ", reference=" 000000000007") == SLIP


@pytest.mark.rule("PAY-03")
@given(figures, figures, moments, moments)
def test_a_slip_is_named_by_its_day_and_reference_alone(
    one: str, other: str, at: datetime, later: datetime
) -> None:
    first = slip_of(card="1234", approval="123456", reference=one, at=at)
    second = slip_of(card="9876", approval="654321", reference=other, at=later)
    same_day = (at + timedelta(hours=8)).date() == (later + timedelta(hours=8)).date()
    assert (first.number == second.number) == (one == other and same_day)


@pytest.mark.rule("PAY-03")
@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("card", "123"), ("card", "6228481234561234"), ("card", "12３4"), ("card", ""), ("approval", "12345"), ("approval", "12345-"),
        ("reference", "00000000007"), ("reference", "0000000000007"), ("reference", "00000000000x"),
    ],
)  # fmt: skip
def test_what_no_slip_says_is_refused_with_its_field(field: str, text: str) -> None:
    with pytest.raises(ChargeRefused) as refused:
        typed(**{field: text})
    assert refused.value.field == field
    assert refused.value.alternative("zh") and refused.value.alternative("en")


@pytest.mark.rule("PAY-03")
@given(st.sampled_from(Way), st.sets(st.sampled_from(["terminal", "slip"])))
def test_a_card_is_taken_only_the_ways_the_hall_opened(way: Way, open_ways: set[str]) -> None:
    if way not in (Way.TERMINAL, Way.SLIP) or way.value in open_ways:
        check_way(way, open_ways=open_ways)
    else:
        with pytest.raises(ChargeRefused):
            check_way(way, open_ways=open_ways)


@pytest.mark.rule("PAY-03")
def test_money_goes_back_by_another_slip_to_the_same_card_once_it_was_asked_for() -> None:
    check_refund_slip(REFUNDING, BACK)


@pytest.mark.rule("PAY-03")
@pytest.mark.parametrize(
    ("charge", "slip", "field"),
    [
        (REFUNDING, replace(BACK, payer="**** 4321"), "card"), (REFUNDING, SLIP, "reference"),
        (replace(REFUNDING, state=State.SUCCEEDED), BACK, None), (replace(REFUNDING, state=State.REFUNDED), BACK, None),
        (replace(REFUNDING, way=Way.TERMINAL), BACK, None),
    ],
)  # fmt: skip
def test_a_refunds_slip_that_does_not_fit_is_refused(charge: Charge, slip: Slip, field: str | None) -> None:
    with pytest.raises(ChargeRefused) as refused:
        check_refund_slip(charge, slip)
    assert refused.value.field == field
