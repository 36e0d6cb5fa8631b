"""Up one level at a time; an emergency may skip, and who was skipped is owed word of it (ESC-01)."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onehall.foundation.escalation.contracts import Level, NotThisLevel
from onehall.foundation.escalation.rules import may_close, may_tell, owed

LEVELS = st.sampled_from(Level)
SETS = st.sets(LEVELS)


def refused(*given_: object, **facts: object) -> bool:
    try:
        may_tell(*given_, **facts)  # type: ignore[arg-type]
    except NotThisLevel:
        return True
    return False


@pytest.mark.rule("ESC-01")
@settings(deadline=None)
@given(steps=st.lists(st.tuples(LEVELS, st.booleans()), max_size=8), start=LEVELS)
def test_outside_an_emergency_no_level_is_ever_skipped(steps: list[tuple[Level, bool]], start: Level) -> None:
    told: set[Level] = set()
    seen: set[Level] = set()
    for level, answers in steps:
        if not refused(level, start=start, told=told, seen=seen, emergency=False):
            assert all(below in seen for below in Level if start < below < level)
            told.add(level)
        if answers and level in told:
            seen.add(level)
        assert owed(start=start, told=told) == []


@pytest.mark.rule("ESC-01")
@settings(deadline=None)
@given(level=LEVELS, start=LEVELS, told=SETS, seen=SETS)
def test_an_emergency_may_tell_any_level_above_once_and_skipped_ones_are_owed(
    level: Level, start: Level, told: set[Level], seen: set[Level]
) -> None:
    assert refused(level, start=start, told=told, seen=seen, emergency=True) == (
        level <= start or level in told
    )
    missing = owed(start=start, told=told)
    assert all(start < one < max(told) and one not in told for one in missing)
    for one in missing:
        assert not refused(one, start=start, told=told, seen=seen, emergency=False), "told afterwards, always"
        with pytest.raises(NotThisLevel):
            may_close(start=start, told=told, seen=seen)
