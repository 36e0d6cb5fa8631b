"""停机保号 When a line may rest, for how long, and that nobody gains or loses a paid day by it (CHG-03)."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from onehall.contexts.subscriptions.contracts import Ending, EndingKind, Term
from onehall.contexts.subscriptions.rules import (
    NotSuspendable,
    SuspensionDecision,
    SuspensionLimits,
    decide_suspension,
    first_term,
    moved_back,
    renewal,
)
from onehall.foundation.values.ids import TermId
from onehall.foundation.values.money import Money
from onehall.foundation.values.period import CHINA, Period, add_months

LIMITS = SuspensionLimits(months=(3, 6), annual_months=12, more_than_months=6)
moments = st.datetimes(datetime(2000, 1, 1), datetime(2080, 1, 1), timezones=st.just(CHINA))  # noqa: DTZ001


def at(year: int, month: int, day: int, hour: int = 0, minute: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=CHINA)


def paid(start: datetime, *months: int, offering: str = "bb20-year") -> list[Term]:
    """Terms that follow each other."""
    terms: list[Term] = []
    for count in months:
        last = terms[-1] if terms else None
        dates = (
            renewal(expiry=last.period.end, anchor_day=last.anchor_day, paid=start, months=count)
            if last
            else first_term(start=start, months=count)
        )
        terms.append(
            Term(
                id=TermId(1),
                period=dates.period,
                anchor_day=dates.anchor_day,
                months=count,
                offering=offering,
                price_version=1,
                price=Money(1),
                order_id=None,
                paid_at=start,
                cancelled=False,
            )
        )
    return terms


def decide(terms: list[Term], when: datetime, months: int = 3, **other: Any) -> SuspensionDecision:
    facts: dict[str, Any] = {"bundles": {"bundle10-year"}, "ending": None, "resting": None, "limits": LIMITS}
    return decide_suspension(account="dw0120502", terms=terms, months=months, at=when, **{**facts, **other})


def refused(terms: list[Term], when: datetime, months: int = 3, **other: Any) -> NotSuspendable:
    with pytest.raises(NotSuspendable) as no:
        decide(terms, when, months, **other)
    assert no.value.rule == "CHG-03" and no.value.sentence("zh") and no.value.sentence("en")
    return no.value


@pytest.mark.rule("CHG-03")
@pytest.mark.parametrize("months", [3, 6])
def test_an_annual_line_rests_from_midnight_and_ends_later_by_the_same_time(months: int) -> None:
    found = decide(paid(at(2026, 11, 30), 12), at(2026, 12, 20, 15, 30), months)
    assert found.pause == Period(at(2026, 12, 21), add_months(at(2026, 12, 21), months))
    assert found.expires_at - at(2027, 11, 30) == found.pause.end - found.pause.start


@pytest.mark.rule("CHG-03")
@given(start=moments, day=st.integers(0, 180), months=st.sampled_from([3, 6]), more=st.integers(0, 2))
@example(start=at(2001, 1, 1), day=180, months=3, more=0)  # a day later exactly six months are left: too few
def test_nobody_gains_or_loses_a_paid_moment(start: datetime, day: int, months: int, more: int) -> None:
    terms = paid(start.replace(hour=0, minute=0, second=0, microsecond=0), 12, *([12] * more))
    when = terms[0].period.start + timedelta(days=day, hours=17)
    found = decide(terms, when, months)
    served = sum((dates.period.end - dates.period.start for dates in found.terms), timedelta())
    bought = sum((term.period.end - term.period.start for term in terms), timedelta())
    assert served - (found.pause.end - found.pause.start) == bought
    assert all(a.period.end <= b.period.start for a, b in zip(found.terms, found.terms[1:], strict=False))
    assert found.pause.start > when and found.pause.start - when <= timedelta(days=1)
    assert any(d.period.start <= found.pause.start < d.period.end for d in found.terms), "it rests while paid"
    back = moved_back(
        terms=[_at(term, dates.period) for term, dates in zip(terms, found.terms, strict=True)],
        pause=found.pause,
        anchors=[term.anchor_day for term in terms],
    )
    assert [(d.period, d.anchor_day) for d in back] == [(t.period, t.anchor_day) for t in terms]


def _at(term: Term, period: Period) -> Term:
    return Term(**{**{name: getattr(term, name) for name in Term.__slots__}, "period": period})


@pytest.mark.rule("CHG-03")
@given(start=moments, months=st.integers(0, 24))
def test_only_whole_quarters_of_three_or_six_months(start: datetime, months: int) -> None:
    terms = paid(start.replace(hour=0, minute=0, second=0, microsecond=0), 12)
    when = terms[0].period.start + timedelta(days=1)
    if months in (3, 6):
        decide(terms, when, months)
    else:
        assert "3、6" in refused(terms, when, months).facts["instead_zh"]


@pytest.mark.rule("CHG-03")
@given(months=st.sampled_from([(1,), (3,), (6,), (12, 1), (1, 12)]), days=st.integers(0, 20))
def test_monthly_and_other_short_terms_never_rest(months: tuple[int, ...], days: int) -> None:
    when = at(2026, 11, 30) + timedelta(days=days)
    assert "包月" in refused(paid(at(2026, 11, 30), *months), when).facts["why"]


@pytest.mark.rule("CHG-03")
@given(days=st.integers(0, 364))
def test_bundles_never_rest(days: int) -> None:
    terms = paid(at(2026, 11, 30), 12, offering="bundle10-year")
    assert "套餐" in refused(terms, at(2026, 11, 30) + timedelta(days=days)).facts["why"]


@pytest.mark.rule("CHG-03")
def test_the_last_eligible_day_counts_to_its_last_minute() -> None:
    """Paid until 2027-11-30: on 29 May more than six months are left, on 30 May exactly six."""
    terms = paid(at(2026, 11, 30), 12)
    decide(terms, at(2027, 5, 29, 23, 59))
    assert "2027-11-30" in refused(terms, at(2027, 5, 30)).facts["why"]
    refused(terms, at(2027, 11, 30)), refused(terms, at(2028, 1, 1))


@pytest.mark.rule("CHG-03")
def test_a_rest_may_end_on_the_29th_of_february_or_the_28th() -> None:
    leap = decide(paid(at(2027, 11, 1), 12), at(2027, 11, 28, 12))
    assert leap.pause == Period(at(2027, 11, 29), at(2028, 2, 29))
    short = decide(paid(at(2026, 11, 1), 12), at(2026, 11, 29, 12))
    assert short.pause == Period(at(2026, 11, 30), at(2027, 2, 28))
    assert short.expires_at == at(2027, 11, 1) + timedelta(days=90), (
        "the days it rested, and not three months"
    )
    begun_then = decide(paid(at(2028, 2, 29), 12), at(2028, 2, 29, 9))
    assert begun_then.expires_at == at(2029, 2, 28) + (at(2028, 6, 1) - at(2028, 3, 1))


@pytest.mark.rule("CHG-03")
def test_it_neither_rests_twice_nor_before_it_begins_nor_with_an_end_booked() -> None:
    terms = paid(at(2026, 11, 30), 12, 12)
    rests = Period(at(2026, 12, 21), at(2027, 3, 21))
    assert "2027-03-21" in refused(terms, at(2026, 12, 20, 18), resting=rests).facts["why"]
    assert "2027-03-21" in refused(terms, at(2027, 3, 20, 23, 59), resting=rests).facts["why"]
    decide(terms, at(2027, 3, 21), resting=rests)
    refused(terms, at(2026, 11, 29, 23, 59))
    ends = Ending(EndingKind.AT_EXPIRY, "搬家", at(2026, 12, 1), at(2027, 11, 30))
    assert "撤销" in refused(terms, at(2026, 12, 20), ending=ends).facts["instead_zh"]


@pytest.mark.rule("LAW-07", "CHG-03")
def test_the_legal_hint_stands_where_the_operator_shows_it() -> None:
    terms, when = paid(at(2026, 11, 30), 12), at(2026, 12, 20)
    shown = decide(terms, when, show_hint=True).hint
    assert shown is not None and "第26条" in shown.zh and "article 26" in shown.en
    assert decide(terms, when).hint is None
