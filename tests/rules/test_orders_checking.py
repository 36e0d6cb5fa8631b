"""The sample of a day's orders is the same for everybody, and an addition disturbs nothing else (ORD-17)."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onehall.contexts.orders.api import Fault, faults, sampled

DAY = date(2026, 11, 21)
numbers = st.lists(st.integers(1, 10_000), max_size=40)


@pytest.mark.rule("ORD-17")
@given(numbers, st.integers(1, 20), st.randoms())
def test_whoever_draws_in_whatever_order_draws_the_same(orders: list[int], size: int, luck: object) -> None:
    drawn = sampled(orders, day=DAY, size=size)
    assert len(drawn) == min(size, len(set(orders)))
    assert set(drawn) <= set(orders)
    shuffled = sorted(orders, key=lambda number: luck.random())  # type: ignore[attr-defined]
    assert sampled(shuffled, day=DAY, size=size) == drawn


@pytest.mark.rule("ORD-17")
@given(numbers, st.integers(1, 10_000), st.integers(1, 20))
def test_one_more_order_takes_at_most_one_place(orders: list[int], more: int, size: int) -> None:
    before, after = (set(sampled(one, day=DAY, size=size)) for one in (orders, [*orders, more]))
    assert after - before <= {more}
    assert len(before - after) <= 1


@pytest.mark.rule("ORD-17")
def test_every_day_draws_its_own() -> None:
    orders = range(1, 101)
    days = {sampled(orders, day=date(2026, 11, day), size=5) for day in range(1, 31)}
    assert len(days) == 30


@pytest.mark.rule("ORD-17")
@given(st.booleans(), st.one_of(st.none(), st.dates(date(2026, 11, 18), date(2026, 11, 24))))
def test_a_missing_signature_and_a_form_of_another_day_are_seen(signed: bool, form_on: date | None) -> None:
    found = faults(signed=signed, accepted_on=DAY, form_on=form_on)
    assert (Fault.UNSIGNED in found) == (not signed)
    assert (Fault.LATE_FORM in found) == (form_on != DAY)
