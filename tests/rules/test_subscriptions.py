"""When terms start and end, when a speed may change, how a subscription ends, and which points cost a fee."""

from datetime import datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onehall.contexts.subscriptions.contracts import EndingKind, Term
from onehall.contexts.subscriptions.rules import (
    decide_ending,
    first_term,
    first_term_start,
    may_change_speed,
    moved_terms,
    points_to_charge,
    renewal,
    renewal_start,
    start_after_installation,
)
from onehall.foundation.values.ids import TermId
from onehall.foundation.values.money import Money
from onehall.foundation.values.period import CHINA, Period

moments = st.datetimes(datetime(2000, 1, 1), datetime(2080, 1, 1), timezones=st.just(CHINA))  # noqa: DTZ001
midnights = moments.map(lambda at: at.replace(hour=0, minute=0, second=0, microsecond=0))
months_sold = st.sampled_from([1, 3, 6, 12])


def at(year: int, month: int, day: int, hour: int = 0) -> datetime:
    return datetime(year, month, day, hour, tzinfo=CHINA)


def term(start: datetime, months: int) -> Term:
    dates = first_term(start=start, months=months)
    return Term(
        id=TermId(1), period=dates.period, anchor_day=dates.anchor_day, months=months, offering="x", price_version=1,
        price=Money(1), order_id=None, paid_at=start, cancelled=False,
    )  # fmt: skip


@pytest.mark.rule("ORD-09")
def test_the_first_term_starts_at_midnight_seven_days_after_acceptance() -> None:
    start = first_term_start(accepted=at(2026, 11, 21, 16), delay_days=7)
    dates = first_term(start=start, months=12)
    assert dates.period == Period(at(2026, 11, 28), at(2027, 11, 28))


@pytest.mark.rule("ORD-09")
def test_the_day_of_acceptance_is_the_local_one() -> None:
    late_in_the_evening = at(2026, 11, 21, 23)
    assert first_term_start(accepted=late_in_the_evening, delay_days=0) == at(2026, 11, 21)


@pytest.mark.rule("ORD-09")
@given(booked=midnights, finished=moments)
def test_an_installation_moves_the_start_as_the_policy_says(booked: datetime, finished: datetime) -> None:
    day = finished.replace(hour=0, minute=0, second=0, microsecond=0)
    starts = {
        rule: start_after_installation(booked=booked, finished=finished, rule=rule)
        for rule in ("fixed", "earlier", "installation")
    }
    assert starts == {"fixed": booked, "earlier": min(booked, day), "installation": day}


@pytest.mark.rule("ORD-09", "CHG-01")
@given(
    start=midnights,
    bought=st.lists(st.tuples(months_sold, st.integers(0, 40)), min_size=1, max_size=4),
    days=st.integers(-7, 30),
)
def test_terms_that_move_keep_their_months_their_order_and_what_had_no_break(
    start: datetime, bought: list[tuple[int, int]], days: int
) -> None:
    booked: list[Term] = []
    for months, gap in bought:
        begins = booked[-1].period.end + timedelta(days=gap) if booked else start
        booked.append(term(begins, months))
    moved = moved_terms(booked, start=start + timedelta(days=days))
    assert moved[0].period.start == start + timedelta(days=days) and len(moved) == len(booked)
    for n, (before, after) in enumerate(pairwise(moved)):
        assert after.period.start >= before.period.end
        if booked[n].period.end == booked[n + 1].period.start:
            assert after.period.start == before.period.end
    last = first_term(start=moved[-1].period.start, months=bought[-1][0]).period.end
    assert abs(moved[-1].period.end - last) <= timedelta(days=3), "an anchor at the month's end, no more"


@pytest.mark.rule("CHG-01")
def test_paid_before_the_expiry_the_renewal_starts_at_the_expiry() -> None:
    dates = renewal(expiry=at(2026, 12, 5), anchor_day=5, paid=at(2026, 11, 21, 10), months=12)
    assert dates.period == Period(at(2026, 12, 5), at(2027, 12, 5))


@pytest.mark.rule("CHG-01")
def test_paid_after_the_expiry_the_renewal_starts_on_the_day_of_payment() -> None:
    dates = renewal(expiry=at(2026, 12, 5), anchor_day=5, paid=at(2026, 12, 20, 10), months=12)
    assert dates.period == Period(at(2026, 12, 20), at(2027, 12, 20))
    assert dates.anchor_day == 20


@pytest.mark.rule("CHG-01")
def test_paid_on_the_day_of_expiry_nothing_is_lost_and_nothing_doubled() -> None:
    assert renewal_start(expiry=at(2026, 12, 5), paid=at(2026, 12, 5, 10)) == at(2026, 12, 5)
    assert renewal_start(expiry=at(2026, 12, 5, 9), paid=at(2026, 12, 5, 10)) == at(2026, 12, 5, 9)


@pytest.mark.rule("CHG-01")
@given(expiry=midnights, paid=moments)
def test_a_renewal_never_starts_in_the_paid_term_nor_before_the_day_of_payment(
    expiry: datetime, paid: datetime
) -> None:
    start = renewal_start(expiry=expiry, paid=paid)
    assert start >= expiry
    assert start == expiry if paid < expiry else start.date() == paid.date()


@pytest.mark.rule("CHG-01")
@given(start=midnights, months=st.lists(months_sold, min_size=1, max_size=6))
def test_renewals_without_a_break_end_where_one_long_term_would(start: datetime, months: list[int]) -> None:
    dates = first_term(start=start, months=months[0])
    for more in months[1:]:
        dates = renewal(expiry=dates.period.end, anchor_day=dates.anchor_day, paid=start, months=more)
    assert dates.period.end == first_term(start=start, months=sum(months)).period.end


@pytest.mark.rule("CHG-01")
def test_the_31st_comes_back_after_february() -> None:
    january = first_term(start=at(2027, 1, 31), months=1)
    assert january.period.end == at(2027, 2, 28)
    february = renewal(
        expiry=january.period.end, anchor_day=january.anchor_day, paid=at(2027, 2, 1), months=1
    )
    assert february.period.end == at(2027, 3, 31)


@pytest.mark.rule("CAT-02")
def test_the_speed_changes_at_the_expiry_not_before() -> None:
    expiry = at(2026, 12, 5)
    assert may_change_speed(starts_at=expiry, expiry=expiry)
    assert not may_change_speed(starts_at=expiry - timedelta(seconds=1), expiry=expiry)
    assert may_change_speed(starts_at=expiry, expiry=None)


@pytest.mark.rule("CHG-02", "LAW-07")
def test_an_annual_package_is_served_to_its_end() -> None:
    year = term(at(2026, 3, 1), 12)
    decision = decide_ending(terms=[year], binding_months=12, at=at(2026, 11, 21), show_hint=True)
    assert (decision.kind, decision.effective_at) == (EndingKind.AT_EXPIRY, at(2027, 3, 1))
    assert decision.hint is not None and "26" in decision.hint.en


@pytest.mark.rule("CHG-02")
def test_other_terms_end_now_without_refund() -> None:
    half = term(at(2026, 9, 1), 6)
    decision = decide_ending(terms=[half], binding_months=12, at=at(2026, 11, 21), show_hint=False)
    assert (decision.kind, decision.effective_at, decision.hint) == (EndingKind.NOW, at(2026, 11, 21), None)


@pytest.mark.rule("CHG-02")
def test_a_renewed_year_binds_to_its_own_end_and_a_past_one_no_more() -> None:
    first, second = term(at(2026, 3, 1), 12), term(at(2027, 3, 1), 12)
    decision = decide_ending(terms=[first, second], binding_months=12, at=at(2026, 11, 21), show_hint=True)
    assert decision.effective_at == at(2028, 3, 1)
    over = decide_ending(terms=[first], binding_months=12, at=at(2027, 3, 1), show_hint=True)
    assert (over.kind, over.hint) == (EndingKind.NOW, None)


@pytest.mark.rule("ADR-06", "FEE-02")
@pytest.mark.parametrize(
    ("existing", "requested", "charged"),
    [(0, 1, 0), (0, 2, 0), (0, 3, 1), (1, 2, 1), (2, 1, 1), (4, 3, 3), (2, 0, 0)],
)
def test_two_points_are_free_and_each_further_one_costs(existing: int, requested: int, charged: int) -> None:
    assert points_to_charge(existing=existing, requested=requested, included=2) == charged


@pytest.mark.rule("FEE-02")
@given(st.integers(0, 5), st.lists(st.integers(0, 6), max_size=6))
def test_points_asked_for_one_by_one_cost_what_they_cost_together(included: int, requests: list[int]) -> None:
    existing = charged = 0
    for requested in requests:
        charged += points_to_charge(existing=existing, requested=requested, included=included)
        existing += requested
    assert charged == points_to_charge(existing=0, requested=sum(requests), included=included)
