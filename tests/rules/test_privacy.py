"""Why a deletion waits, for any ties that a customer may have (REC-02), and which consent can be taken back (LAW-30)."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onehall.contexts.customers.api import ConsentKind, Obstacle, Ties, may_withdraw, obstacles
from onehall.contexts.customers.rules.privacy import certificate_code
from onehall.foundation.values.period import CHINA, add_months

NOON = datetime(2026, 11, 21, 12, tzinfo=CHINA)
counts = st.integers(0, 2)


@pytest.mark.rule("REC-02")
@given(counts, counts, counts, st.booleans(), st.one_of(st.none(), st.integers(-3000, 0)), st.integers(0, 60))
def test_every_tie_is_told_and_nothing_else_stands_against_a_deletion(
    lines: int, unfinished: int, work: int, held: bool, days: int | None, keep: int
) -> None:
    last = None if days is None else NOON + timedelta(days=days)
    told = obstacles(Ties(lines, unfinished, work, held, last), keep_months=keep, at=NOON)
    expected = {
        Obstacle.LIVE_LINE: lines > 0,
        Obstacle.UNFINISHED: unfinished > 0,
        Obstacle.WORK: work > 0,
        Obstacle.LEGAL_HOLD: held,
        Obstacle.RETENTION: last is not None and add_months(last, keep) > NOON,
    }
    assert set(told) == {one for one, stands in expected.items() if stands}
    assert len(told) == len(set(told))


@pytest.mark.rule("REC-02")
def test_the_time_of_keeping_ends_at_its_very_moment() -> None:
    last = add_months(NOON, -24)
    ties = Ties(0, 0, 0, False, last)
    assert obstacles(ties, keep_months=24, at=NOON) == ()
    assert obstacles(ties, keep_months=24, at=NOON - timedelta(seconds=1)) == (Obstacle.RETENTION,)


@pytest.mark.rule("LAW-30")
@given(st.sampled_from(ConsentKind), st.integers(0, 3))
def test_what_a_running_service_rests_on_is_not_taken_back_and_calls_always_are(
    kind: ConsentKind, lines: int
) -> None:
    assert may_withdraw(kind, live_lines=lines) == (kind is ConsentKind.CALLS or lines == 0)


@pytest.mark.rule("REC-02")
@given(
    st.dictionaries(st.sampled_from(["documents", "phones", "agents"]), st.integers(0, 9)), st.integers(1, 99)
)
def test_a_certificate_proves_its_own_facts_in_any_order(gone: dict[str, int], request: int) -> None:
    code = certificate_code(party_id=7, request=request, gone=gone, at=NOON)
    assert code == certificate_code(party_id=7, request=request, gone=dict(reversed(gone.items())), at=NOON)
    assert code != certificate_code(party_id=7, request=request + 1, gone=gone, at=NOON)
    assert len(code) == 32
