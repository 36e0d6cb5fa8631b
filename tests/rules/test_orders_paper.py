"""Forms typed in from paper: which numbers and times are let in (CON-03)."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onehall.contexts.orders.rules import PaperGiven, PaperIncomplete, PaperTimeRefused, check_paper
from onehall.foundation.values.period import CHINA

NOW = datetime(2026, 11, 25, 15, 30, tzinfo=CHINA)


def form(written_at: datetime | None, number: str = "A0017", incident: str = "停电") -> PaperGiven:
    return PaperGiven(number, written_at, incident)


@pytest.mark.rule("CON-03")
@given(st.timedeltas(min_value=timedelta(days=-40), max_value=timedelta(days=40)), st.integers(1, 744))
def test_a_form_is_let_in_from_now_back_to_the_bound_both_ends_included(back: timedelta, hours: int) -> None:
    inside = timedelta(0) <= back <= timedelta(hours=hours)
    try:
        assert check_paper(form(NOW - back), longest_hours=hours, at=NOW)[2] == NOW - back
    except PaperTimeRefused as refusal:
        assert not inside and refusal.field == "written_at" and refusal.alternative("zh")
    else:
        assert inside


@pytest.mark.rule("CON-03")
@pytest.mark.parametrize(
    ("back", "allowed"),
    [
        (timedelta(hours=72), True),
        (timedelta(hours=72, seconds=1), False),
        (timedelta(0), True),
        (timedelta(seconds=-1), False),
    ],
)
def test_the_edges_to_the_second(back: timedelta, allowed: bool) -> None:
    if allowed:
        check_paper(form(NOW - back), longest_hours=72, at=NOW)
    else:
        with pytest.raises(PaperTimeRefused):
            check_paper(form(NOW - back), longest_hours=72, at=NOW)


@pytest.mark.rule("CON-03")
@pytest.mark.parametrize(
    ("given_form", "field"),
    [
        (form(NOW, number="  "), "number"),
        (form(NOW, incident="停"), "incident"),
        (form(None), "written_at"),
    ],
)
def test_what_is_missing_is_named(given_form: PaperGiven, field: str) -> None:
    with pytest.raises(PaperIncomplete) as refused:
        check_paper(given_form, longest_hours=72, at=NOW)
    assert refused.value.field == field


@pytest.mark.rule("CON-03")
def test_the_number_is_the_same_however_it_is_typed() -> None:
    for typed in ("a 0017", "Ａ００１７", "A0017 "):
        assert check_paper(form(NOW, number=typed), longest_hours=72, at=NOW)[0] == "A0017"
