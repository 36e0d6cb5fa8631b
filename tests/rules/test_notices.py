"""Pure decisions about messages to customers (BIL-06)."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onehall.foundation.notices.contracts import HowMissing, NothingToTell, Word
from onehall.foundation.notices.rules import (
    STATES,
    UNDELIVERED,
    Next,
    after_report,
    believable,
    check_telling,
)

AT = datetime(2027, 11, 1, 9, tzinfo=UTC)
REPORTS = st.lists(st.tuples(st.integers(1, 4), st.sampled_from(Word)), max_size=12)
"""(telling, word) in the order in which they come: late, twice, contradicting each other."""


def course(reports: list[tuple[int, Word]], tellings: int) -> list[tuple[str, int]]:
    """What becomes of a message that leaves at once at every telling: its state and telling after each report."""
    state, turn, told = "sent", 1, []
    for about, word in reports:
        following = after_report(state, word, current=about == turn, turn=turn, tellings=tellings)
        if following is Next.AGAIN:
            state, turn = "sent", turn + 1
        elif following is not Next.NOTHING:
            state = following.value
        told.append((state, turn))
    return told


@pytest.mark.rule("BIL-06")
@given(REPORTS, st.integers(1, 4))
def test_the_good_word_counts_whenever_it_comes_and_is_the_last(
    reports: list[tuple[int, Word]], tellings: int
) -> None:
    states = [state for state, _ in course(reports, tellings)]
    first = next((place for place, (_, word) in enumerate(reports) if word is Word.DELIVERED), len(reports))
    assert all(state == "delivered" for state in states[first:])
    assert "delivered" not in states[:first]


@pytest.mark.rule("BIL-06")
@given(REPORTS, st.integers(1, 4))
def test_it_is_told_as_often_as_the_policy_says_and_no_more(
    reports: list[tuple[int, Word]], tellings: int
) -> None:
    told = course(reports, tellings)
    assert all(turn <= tellings for _, turn in told)
    if told and told[-1][0] == "failed":
        assert told[-1][1] == tellings, "given up before the last telling"


@pytest.mark.rule("BIL-06")
@given(st.sampled_from(sorted(STATES)), st.sampled_from(Word), st.integers(1, 4))
def test_the_same_report_once_more_and_one_about_an_earlier_telling_start_nothing(
    state: str, word: Word, tellings: int
) -> None:
    earlier = after_report(state, word, current=False, turn=2, tellings=tellings)
    assert earlier in (Next.NOTHING, Next.DELIVERED)
    settled = {Next.DELIVERED: "delivered", Next.FAILED: "failed"}
    following = after_report(state, word, current=True, turn=tellings, tellings=tellings)
    if following in settled:
        again = after_report(settled[following], word, current=True, turn=tellings, tellings=tellings)
        assert again is Next.NOTHING


@pytest.mark.rule("BIL-06")
@given(st.integers(-1000, 1000), st.integers(0, 500))
def test_a_gateways_clock_is_believed_within_what_can_be_true(said: int, span: int) -> None:
    heard = AT + timedelta(minutes=span)
    when = believable(AT + timedelta(minutes=said), made=AT, heard=heard)
    assert AT <= when <= heard
    assert not 0 <= said <= span or when == AT + timedelta(minutes=said)


@pytest.mark.rule("BIL-06")
@pytest.mark.parametrize("state", sorted(STATES))
def test_a_person_tells_what_did_not_arrive_and_says_how(state: str) -> None:
    if state in UNDELIVERED:
        assert check_telling(state, "  电话告知本人 ") == "电话告知本人"
        with pytest.raises(HowMissing):
            check_telling(state, "   ")
    else:
        with pytest.raises(NothingToTell):
            check_telling(state, "电话告知本人")
