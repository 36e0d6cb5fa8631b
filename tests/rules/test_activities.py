"""Activities outside opening hours are asked for days ahead (ESC-03)."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onehall.foundation.escalation.activities import check, outside
from onehall.foundation.escalation.contracts import ActivityRefused
from onehall.foundation.values.period import CHINA

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=CHINA)
HOURS = "8:30–19:00"


@pytest.mark.rule("ESC-03")
@settings(deadline=None)
@given(start=st.integers(0, 1439), length=st.integers(1, 600))
def test_it_is_outside_where_a_minute_of_it_is(start: int, length: int) -> None:
    day = MONDAY.replace(hour=0)
    begin, end = day + timedelta(minutes=start), day + timedelta(minutes=start + length)
    opens, closes = 8 * 60 + 30, 19 * 60
    assert outside(hours=HOURS, start=begin, end=end) == (start < opens or start + length > closes)
    assert outside(hours="见门口", start=begin, end=end), "hours that cannot be read cover nothing"


@pytest.mark.rule("ESC-03")
@settings(deadline=None)
@given(ahead=st.integers(0, 10), days=st.integers(0, 7))
def test_it_is_asked_for_the_policys_days_ahead(ahead: int, days: int) -> None:
    start = MONDAY.replace(hour=20) + timedelta(days=ahead)
    facts = {
        "title": "校园路演",
        "hours": HOURS,
        "start": start,
        "end": start + timedelta(hours=1),
        "days": days,
        "at": MONDAY,
    }
    if ahead >= days:
        check(**facts)  # type: ignore[arg-type]
    else:
        with pytest.raises(ActivityRefused):
            check(**facts)  # type: ignore[arg-type]
