"""How far a case is, and when things are due."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onehall.contexts.fieldwork.contracts import CallOutcome, Contact, Facts, Material, MaterialUse, State
from onehall.contexts.fieldwork.rules import (
    Urgency,
    WorkCalendar,
    add_working_days,
    check_call,
    check_materials,
    dispatch_due,
    follow_up_due,
    install_due,
    masked,
    return_due,
    stage_of,
    state_of,
    strokes_present,
    urgency,
)
from onehall.foundation.values.period import CHINA, local
from onehall.foundation.values.text import Text

WEEK = WorkCalendar()
SATURDAY = datetime(2026, 11, 21, 12, tzinfo=CHINA)
MOMENTS = st.integers(0, 3_000_000).map(
    lambda minutes: datetime(2024, 1, 1, tzinfo=CHINA) + timedelta(minutes=minutes)
)
STEPS = ("handed_at", "signed_at", "started_at", "finished_at", "returned_at", "passed_at", "archived_at")


@pytest.mark.rule("WRK-04")
def test_each_step_moves_a_case_on_by_one() -> None:
    facts, seen = Facts(), [state_of(Facts())]
    for step in STEPS:
        facts = replace(facts, **{step: SATURDAY})
        seen.append(state_of(facts))
    assert seen == [state for state in State if state is not State.WITHDRAWN]
    assert state_of(replace(facts, withdrawn_at=SATURDAY)) is State.WITHDRAWN


@pytest.mark.rule("WRK-01")
def test_the_stage_says_what_happened_last() -> None:
    assert stage_of(Facts()).zh == "营业已受理"
    assert stage_of(Facts(signed_at=SATURDAY)).zh == "已签收"
    assert stage_of(Facts(signed_at=SATURDAY, installer_id=7)).zh == "已派工"
    assert stage_of(Facts(returned_at=SATURDAY, follow_up=False)).zh == "已回单"
    assert state_of(Facts(returned_at=SATURDAY, follow_up=False)) is State.TO_ARCHIVE


@pytest.mark.rule("WRK-06")
def test_five_working_days_skip_the_weekend_and_end_with_the_day() -> None:
    due = install_due(SATURDAY, working_days=5, calendar=WEEK)
    assert due == datetime(2026, 11, 28, tzinfo=CHINA)
    holiday = WorkCalendar(
        holidays=frozenset({date(2026, 11, 25)}), exchanged=frozenset({date(2026, 11, 28)})
    )
    assert install_due(SATURDAY, working_days=5, calendar=holiday) == datetime(2026, 11, 29, tzinfo=CHINA)


@pytest.mark.rule("WRK-06")
@given(
    day=st.dates(date(2024, 1, 1), date(2030, 1, 1)), days=st.integers(0, 30), off=st.sets(st.integers(0, 60))
)
def test_working_days_are_counted_one_by_one(day: date, days: int, off: set[int]) -> None:
    calendar = WorkCalendar(holidays=frozenset(day + timedelta(days=n) for n in off))
    found = add_working_days(day, days, calendar)
    between = [day + timedelta(days=n) for n in range(1, (found - day).days + 1)]
    assert calendar.works(found)
    assert sum(calendar.works(one) for one in between) == days or (days == 0 and found >= day)


@pytest.mark.rule("WRK-03")
@given(at=MOMENTS, by_minute=st.integers(0, 1440))
def test_orders_of_a_day_are_due_the_same_day(at: datetime, by_minute: int) -> None:
    due = dispatch_due(at, by_minute=by_minute)
    midnight = local(at).replace(hour=0, minute=0, second=0, microsecond=0)
    assert at < due <= midnight + timedelta(days=1)


@pytest.mark.rule("WRK-02")
def test_the_sheet_is_due_within_working_days_of_the_visit() -> None:
    assert return_due(SATURDAY, working_days=1, calendar=WEEK) == datetime(2026, 11, 24, tzinfo=CHINA)
    assert return_due(SATURDAY, working_days=0, calendar=WEEK) == datetime(2026, 11, 24, tzinfo=CHINA)


@pytest.mark.rule("WRK-05", "WRK-13")
@given(since=MOMENTS, wait=st.integers(0, 20_160), opens=st.integers(0, 720), length=st.integers(1, 720))
def test_nobody_is_called_at_night(since: datetime, wait: int, opens: int, length: int) -> None:
    due = local(follow_up_due(since, wait=wait, opens=opens, closes=opens + length))
    minute = due.hour * 60 + due.minute
    assert opens <= minute < opens + length
    assert due >= since + timedelta(minutes=wait)
    assert due - (since + timedelta(minutes=wait)) < timedelta(days=1)


@pytest.mark.rule("WRK-06")
def test_a_limit_turns_amber_then_red() -> None:
    def at(minutes: int) -> Urgency:
        return urgency(SATURDAY, at=SATURDAY + timedelta(minutes=minutes), warn_before=60)

    assert [at(-61), at(-60), at(-1), at(0)] == [Urgency.EASY, Urgency.SOON, Urgency.SOON, Urgency.LATE]
    assert urgency(None, at=SATURDAY, warn_before=60) is Urgency.EASY


@pytest.mark.rule("WRK-05")
@pytest.mark.parametrize(
    ("outcome", "satisfaction", "fits"),
    [
        (CallOutcome.PASSED, 5, True),
        (CallOutcome.FAILED, 1, True),
        (CallOutcome.UNANSWERED, None, True),
        (CallOutcome.PASSED, None, False),
        (CallOutcome.PASSED, 0, False),
        (CallOutcome.FAILED, 6, False),
        (CallOutcome.UNANSWERED, 3, False),
    ],
)
def test_satisfaction_belongs_to_answered_calls(
    outcome: CallOutcome, satisfaction: int | None, fits: bool
) -> None:
    assert (check_call(outcome, satisfaction) is None) is fits


@pytest.mark.rule("FEE-02")
@given(pieces=st.lists(st.tuples(st.integers(1, 4), st.booleans()), max_size=5), free=st.integers(0, 4))
def test_what_is_supplied_never_exceeds_what_is_free(pieces: list[tuple[int, bool]], free: int) -> None:
    catalogue = {"cable": Material("cable", Text("网线", "cable"), Text("根", "piece"), free)}
    used = [MaterialUse("cable", quantity, own) for quantity, own in pieces]
    supplied = sum(quantity for quantity, own in pieces if not own)
    assert (check_materials(used, catalogue) is None) is (supplied <= free)


@pytest.mark.rule("LAW-32")
def test_a_dot_is_no_signature() -> None:
    assert not strokes_present(None)
    assert not strokes_present(())
    assert not strokes_present((((0.5, 0.5, 0.0, 1.0), (0.51, 0.5, 9.0, 1.0)),))
    assert strokes_present((((0.2, 0.5, 0.0, 1.0), (0.6, 0.5, 90.0, 1.0)),))


@pytest.mark.rule("SEC-02")
@given(name=st.text(min_size=1, max_size=60), phone=st.text("0123456789", min_size=8, max_size=15))
def test_a_masked_contact_hides_most_of_name_and_phone(name: str, phone: str) -> None:
    shown = masked(Contact(name, phone))
    assert len(shown.name) <= 3 and shown.name[:1] == name[:1] and set(shown.name[1:]) <= {"*"}
    assert shown.phone == phone[:3] + "****" + phone[-4:]
    assert masked(Contact("王", "1234567")).phone == "*******"
