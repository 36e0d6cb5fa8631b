"""首问负责 Whoever is asked first stays on record, and each step has its one person (ORD-04)."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onehall.contexts.workforce.api import Enquiry, NotNow, NotYours, Step, Unsaid, allow, said
from onehall.foundation.values.ids import HallId, UserId
from onehall.foundation.values.text import Text

AT = datetime(2026, 11, 23, 9, tzinfo=UTC)
PEOPLE = st.integers(1, 4).map(UserId)


@st.composite
def enquiry(draw: st.DrawFn) -> Enquiry:
    first, answered = draw(PEOPLE), draw(st.booleans())
    offered = None if answered else draw(st.none() | PEOPLE)
    return Enquiry(
        id=1, hall_id=HallId(1), what="移机", party_id=None, first=first, first_name="李敏", holder=draw(PEOPLE),
        holder_name="郑洁", offered_to=offered, offered_name="吴倩", taken_at=AT, due_at=AT + timedelta(days=1), outcome="",
        answered_by="", answered_at=AT if answered else None, closed_at=draw(st.none() | st.just(AT)),
    )  # fmt: skip


@pytest.mark.rule("ORD-04")
@settings(deadline=None)
@given(enquiry(), st.sampled_from(Step), PEOPLE)
def test_each_step_belongs_to_exactly_one_person_in_its_time(
    one: Enquiry, step: Step, person: UserId
) -> None:
    owner = {Step.ACCEPT: one.offered_to, Step.DECLINE: one.offered_to, Step.CLOSE: one.first}.get(
        step, one.holder
    )
    now = {
        Step.ACCEPT: one.offered_to is not None, Step.DECLINE: one.offered_to is not None,
        Step.OFFER: not one.answered_at and one.offered_to is None, Step.ANSWER: not one.answered_at,
        Step.CLOSE: one.answered_at is not None,
    }[step] and one.closed_at is None  # fmt: skip
    try:
        allow(step, one, person)
    except (NotYours, NotNow):
        assert not (now and person == owner), "the one whose step it is was refused"
    else:
        assert now and person == owner


@pytest.mark.rule("ORD-04")
@settings(deadline=None)
@given(enquiry(), PEOPLE)
def test_only_the_first_asked_closes_whoever_answered(one: Enquiry, person: UserId) -> None:
    answered = replace(one, answered_at=AT, offered_to=None, closed_at=None)
    if person == one.first:
        allow(Step.CLOSE, answered, person)
    else:
        with pytest.raises(NotYours):
            allow(Step.CLOSE, answered, person)


@pytest.mark.rule("ORD-04", "SEC-07")
@pytest.mark.parametrize("typed", ["", "   ", "打 13812345678 找他", "证件 610113 1968 0302"])
def test_words_are_needed_and_hold_no_long_numbers(typed: str) -> None:
    with pytest.raises(Unsaid):
        said(typed, "what", Text("内容", "What"))
    assert said(" 想移到 5-1-302 \n明年 ", "what", Text("内容", "What")) == "想移到 5-1-302 明年"
