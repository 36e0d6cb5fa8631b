"""Which days count, and when a hall opens: the newest word holds, the hall's own before the operator's (LAW-34, LAW-35)."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onehall.contexts.organisation.api import (
    CalendarRefused,
    DayKind,
    DayWord,
    HallCalendar,
    OpeningWord,
    changed_days,
    check_days,
    check_opening,
    plan_of,
    tidy_hours,
    work_days,
)
from onehall.foundation.values.hours import DAY, read_hours, write_hours
from onehall.foundation.values.ids import HallId

MONDAY = date(2026, 11, 23)
SPAN = 21
DAYS = st.integers(0, SPAN - 1).map(lambda ahead: MONDAY + timedelta(days=ahead))
HOURS = st.sampled_from(["8:30–12:00", "9:00–18:00", "13:30–17:00", ""])
WORDS = st.lists(
    st.builds(
        DayWord, day=DAYS, kind=st.sampled_from(DayKind), name=st.just("节"), hours=st.none() | HOURS,
        hall_id=st.none() | st.just(HallId(1)),
    ),
    max_size=8,
).map(tuple)  # fmt: skip
OPENINGS = st.lists(
    st.builds(
        OpeningWord, weekdays=st.sets(st.integers(0, 6), min_size=1).map(lambda chosen: tuple(sorted(chosen))),
        first_day=DAYS, last_day=st.none() | DAYS, hours=HOURS,
    ),
    max_size=5,
).map(tuple)  # fmt: skip
CALENDARS = st.builds(HallCalendar, usual=st.just("10:00–16:00"), days=WORDS, openings=OPENINGS)


def word_holding(day: date, words: tuple[DayWord, ...]) -> DayWord | None:
    """Told another way: go through what was said, backwards, the hall's own first."""
    for place in (HallId(1), None):
        for word in reversed(words):
            if word.day == day and word.hall_id == place:
                if word.kind != "ordinary":
                    return word
                break
    return None


@pytest.mark.rule("LAW-34")
@settings(deadline=None)
@given(calendar=CALENDARS, day=DAYS)
def test_a_day_counts_by_the_newest_word_the_halls_own_first_and_by_the_week_without_one(
    calendar: HallCalendar, day: date
) -> None:
    word = word_holding(day, calendar.days)
    works = day.isoweekday() <= 5 if word is None else word.kind == "workday"
    assert plan_of(day, calendar).works == works
    off, worked = work_days(calendar.days, since=MONDAY)
    assert ((day not in off) and (day.isoweekday() <= 5)) or day in worked if works else day not in worked
    assert works or day in off or day.isoweekday() > 5


@pytest.mark.rule("LAW-35")
@settings(deadline=None)
@given(calendar=CALENDARS, day=DAYS)
def test_hours_are_those_of_the_day_else_the_newest_for_its_weekday_else_the_profiles(
    calendar: HallCalendar, day: date
) -> None:
    word = word_holding(day, calendar.days)
    fitting = [
        one.hours for one in calendar.openings
        if day.weekday() in one.weekdays and one.first_day <= day <= (one.last_day or date.max)
    ]  # fmt: skip
    expected = word.hours if word and word.hours is not None else ([calendar.usual, *fitting])[-1]
    assert plan_of(day, calendar).hours == expected


@pytest.mark.rule("LAW-34", "LAW-35")
@settings(deadline=None)
@given(calendar=CALENDARS, more=WORDS)
def test_what_a_preview_names_is_what_changes_and_nothing_else(
    calendar: HallCalendar, more: tuple[DayWord, ...]
) -> None:
    after = HallCalendar(calendar.usual, (*calendar.days, *more), calendar.openings)
    named = {will.day for _, will in changed_days(calendar, after, first=MONDAY, days=SPAN)}
    for day in (MONDAY + timedelta(days=ahead) for ahead in range(SPAN)):
        assert (plan_of(day, calendar) != plan_of(day, after)) == (day in named)
    assert named <= {word.day for word in more}


@pytest.mark.rule("LAW-34")
def test_nothing_is_changed_backwards_and_a_slip_of_the_finger_is_told() -> None:
    good = {"first": MONDAY, "last": MONDAY + timedelta(days=6), "kind": DayKind.HOLIDAY, "name": "国庆节"}
    assert len(check_days(**good, today=MONDAY)) == 7  # type: ignore[arg-type]
    for change, field in (
        ({"first": MONDAY - timedelta(days=1)}, "first_day"),
        ({"last": MONDAY - timedelta(days=1)}, "last_day"),
        ({"last": MONDAY + timedelta(days=400)}, "last_day"),
        ({"name": " "}, "name"),
    ):
        with pytest.raises(CalendarRefused) as no:
            check_days(**{**good, **change}, today=MONDAY)  # type: ignore[arg-type]
        assert no.value.field == field
    for weekdays, first, last, field in (
        ((), MONDAY, None, "weekdays"),
        ((0,), MONDAY - timedelta(days=1), None, "from_day"),
        ((0,), MONDAY, MONDAY - timedelta(days=1), "to_day"),
    ):
        with pytest.raises(CalendarRefused) as no:
            check_opening(weekdays=weekdays, first=first, last=last, today=MONDAY)
        assert no.value.field == field


@pytest.mark.rule("LAW-35")
@settings(deadline=None)
@given(edges=st.sets(st.integers(0, DAY), max_size=8))
def test_hours_are_read_as_they_are_written_noon_break_and_midnight_included(edges: set[int]) -> None:
    ordered = sorted(edges)[: len(edges) // 2 * 2]
    intervals = tuple(zip(ordered[::2], ordered[1::2], strict=True))
    assert read_hours(write_hours(intervals)) == intervals


@pytest.mark.rule("LAW-35")
@pytest.mark.parametrize(
    "typed",
    [
        "9-18",
        "12:00–9:00",
        "8:30–12:00、11:00–17:00",
        "9:00–9:00",
        "20:00–24:30",
        "早上九点",
        "9:00–18:00 左右",
    ],
)
def test_hours_that_are_none_are_refused_in_words(typed: str) -> None:
    with pytest.raises(CalendarRefused) as no:
        tidy_hours(typed, field="open_hours")
    assert no.value.field == "open_hours" and "8:30" in no.value.sentence("zh")


@pytest.mark.rule("LAW-35")
def test_hours_are_taken_as_people_type_them() -> None:
    assert tidy_hours("08:30-12:00, 13:30~24:00", field="") == "8:30–12:00、13:30–24:00"
    assert tidy_hours("  ", field="") == ""
