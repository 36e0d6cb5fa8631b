"""Months are added from the anchor day on the local calendar, and periods touch without sharing an instant."""

from calendar import monthrange
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onehall.foundation.values.period import (
    CHINA,
    Period,
    add_months,
    add_years,
    day_of,
    local,
    midnight,
    month_of,
    quarter_of,
    year_of,
)

instants = st.datetimes(datetime(2000, 1, 1), datetime(2090, 1, 1), timezones=st.sampled_from([UTC, CHINA]))  # noqa: DTZ001
months = st.integers(0, 120)


@pytest.mark.parametrize(
    ("anchor", "count", "expiry"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2026, 1, 31), 2, date(2026, 3, 31)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2024, 2, 29), 48, date(2028, 2, 29)),
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2026, 3, 31), -1, date(2026, 2, 28)),
    ],
)
def test_a_term_ends_on_its_anchor_day_or_the_months_last(anchor: date, count: int, expiry: date) -> None:
    assert add_months(anchor, count) == expiry
    assert add_months(midnight(anchor), count) == midnight(expiry)


@given(instants, months)
def test_the_day_is_the_anchors_or_the_months_last_one(anchor: datetime, count: int) -> None:
    start, end = local(anchor), add_months(anchor, count)
    assert end.day == min(start.day, monthrange(end.year, end.month)[1])
    assert (end.year * 12 + end.month) - (start.year * 12 + start.month) == count
    assert end.time() == start.time()
    assert end.tzinfo is CHINA


@given(instants, months, months)
def test_a_longer_term_never_ends_earlier(anchor: datetime, one: int, other: int) -> None:
    assert add_months(anchor, max(one, other)) >= add_months(anchor, min(one, other))


@given(instants, months)
def test_the_zone_an_instant_is_written_in_changes_nothing(anchor: datetime, count: int) -> None:
    assert add_months(anchor.astimezone(UTC), count) == add_months(anchor.astimezone(CHINA), count)


def test_an_evening_in_utc_is_already_the_next_day_at_the_counter() -> None:
    assert add_months(datetime(2026, 1, 30, 16, tzinfo=UTC), 1) == midnight(date(2026, 2, 28))
    assert add_years(midnight(date(2024, 2, 29)), 1) == midnight(date(2025, 2, 28))


@given(instants, st.integers(1, 60))
def test_a_term_holds_its_start_but_not_its_end(start: datetime, count: int) -> None:
    term = Period.months_from(start, count)
    assert term.start in term
    assert term.end not in term
    assert term.end - timedelta(microseconds=1) in term


@given(instants, st.integers(1, 24), st.integers(1, 24))
def test_a_renewal_touches_the_old_term_without_overlapping(start: datetime, first: int, second: int) -> None:
    term = Period.months_from(start, first)
    renewal = Period.months_from(term.end, second)
    assert not term.overlaps(renewal)
    assert not renewal.overlaps(term)
    assert term.overlaps(Period(term.end - timedelta(seconds=1), renewal.end))


@given(st.dates(date(2000, 1, 1), date(2090, 1, 1)))
def test_day_month_quarter_and_year_nest_and_hold_the_day(day: date) -> None:
    spans = [day_of(day), month_of(day), quarter_of(day), year_of(day)]
    for inner, outer in pairwise(spans):
        assert outer.start <= inner.start
        assert inner.end <= outer.end
    assert midnight(day) in spans[0]
    assert quarter_of(spans[2].end.date()).start == spans[2].end
    assert spans[2].start.month in (1, 4, 7, 10)


def test_a_period_is_aware_and_never_empty() -> None:
    noon = datetime(2026, 11, 21, 12, tzinfo=CHINA)
    with pytest.raises(ValueError, match="ends after"):
        Period(noon, noon)
    with pytest.raises(ValueError, match="aware"):
        Period(noon.replace(tzinfo=None), noon.replace(tzinfo=None, hour=13))
    with pytest.raises(ValueError, match="zone"):
        local(noon.replace(tzinfo=None))
