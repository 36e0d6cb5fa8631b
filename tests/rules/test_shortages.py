"""Missing money: who proposes, answers and decides, and when (PAY-04, LAW-04)."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onehall.contexts.workforce.rules import (
    Cause,
    Outcome,
    Shortage,
    ShortageRefused,
    Standing,
    may_answer,
    may_decide,
    may_propose,
    standing,
)
from onehall.foundation.values.ids import DrawerId, HallId, UserId
from onehall.foundation.values.money import Money
from onehall.foundation.values.period import CHINA

NOON = datetime(2026, 11, 24, 12, tzinfo=CHINA)
CLERK, MANAGER, CHIEF = UserId(1), UserId(2), UserId(3)
MADE = Shortage(
    id=1, hall_id=HallId(1), drawer_id=DrawerId(1), clerk=CLERK, clerk_name="郑洁", amount=Money(1000), cause=Cause.MISCOUNT,
    evidence="三次清点", proposed_by=MANAGER, proposed_name="周敏", proposed_at=NOON, answer_by=NOON + timedelta(hours=48),
    acknowledged=None, answer="", answered_at=None, outcome=None, ground="", decided_name="", decided_at=None,
)  # fmt: skip
proposals = st.builds(
    replace, st.just(MADE), acknowledged=st.sampled_from([None, True, False]), cause=st.sampled_from(Cause),
    outcome=st.sampled_from([None, *Outcome]),
)  # fmt: skip
moments = st.timedeltas(min_value=timedelta(), max_value=timedelta(hours=100)).map(NOON.__add__)
people = st.sampled_from([CLERK, MANAGER, CHIEF])


def allowed(verb: object, *given_: object, **facts: object) -> bool:
    try:
        verb(*given_, **facts)  # type: ignore[operator]
    except ShortageRefused as refused:
        assert refused.sentence("zh") and refused.sentence("en") and refused.alternative("zh")
        return False
    return True


@pytest.mark.rule("LAW-04", "PAY-04")
@given(proposals, moments, people, st.sampled_from(Outcome))
def test_nobody_decides_before_the_clerk_could_answer_nor_the_clerk_nor_the_proposer(
    made: Shortage, at: datetime, by: UserId, outcome: Outcome
) -> None:
    heard = made.acknowledged is not None or at >= made.answer_by
    fair = made.cause is not Cause.COUNTERFEIT or outcome is not Outcome.CLERK
    assert allowed(may_decide, made, outcome, by=by, at=at) == (
        made.outcome is None and heard and fair and by == CHIEF
    )


@pytest.mark.rule("LAW-04")
@given(proposals, moments, people)
def test_the_clerk_alone_answers_once_and_also_late_while_nobody_has_decided(
    made: Shortage, at: datetime, by: UserId
) -> None:
    expected = by == CLERK and made.acknowledged is None and made.outcome is None
    assert allowed(may_answer, made, by=by, at=at) == expected


@pytest.mark.rule("LAW-04")
def test_the_time_to_answer_ends_on_the_second() -> None:
    assert standing(MADE, at=MADE.answer_by - timedelta(microseconds=1)) is Standing.AWAITED
    assert standing(MADE, at=MADE.answer_by) is Standing.SILENT


@pytest.mark.rule("PAY-04")
@given(st.integers(-(10**6), 10**6), people, people)
def test_only_what_was_short_is_proposed_and_by_somebody_else(fen: int, clerk: UserId, by: UserId) -> None:
    assert allowed(may_propose, difference=Money(fen), clerk=clerk, by=by) == (fen < 0 and clerk != by)
