"""Whatever calls there are: the sums that know no order leave what paying call by call leaves (VOI-02, CAT-04)."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onehall.contexts.voice import api as voice
from onehall.foundation.scopes import Actor
from onehall.runs.rate_calls import rate_calls
from onehall.steps.itemising import itemised
from tests.telephone import ALL, LI_MIN, called, day, deliver, left, manager, opened, otherwise, paid_in

__all__ = ["manager"]
MONTHS = (date(2026, 9, 1), date(2026, 10, 1), date(2026, 11, 1))
AFTER = day("2026-12-01 09:00:00")
minutes = st.integers(0, 91 * 24 * 60 - 1)
calls = st.lists(
    st.tuples(minutes, st.integers(0, 4000), st.sampled_from(["88230000", "01088230000", "110"])), max_size=25
)
topups = st.lists(st.tuples(minutes, st.integers(1, 2000)), max_size=5)


def moment(minute: int) -> str:
    return str((day("2026-09-01") + timedelta(minutes=minute)).replace(tzinfo=None))


@pytest.mark.rule("VOI-02", "CAT-04")
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    calls=calls, topups=topups, monthly=st.integers(0, 20_000), annual=st.integers(0, 60_000), last=st.integers(1, 90), since=st.integers(0, 60)
)  # fmt: skip
def test_the_sum_of_rows_is_what_paying_call_by_call_leaves(
    manager: Actor, calls: list[tuple[int, int, str]], topups: list[tuple[int, int]], monthly: int, annual: int, last: int, since: int
) -> None:  # fmt: skip
    with otherwise():
        opened(manager, monthly_credit=monthly)
        line = opened(
            manager, since=moment(since * 24 * 60), monthly_credit=monthly, annual_credit=annual,
            annual_credit_until=date(2026, 9, 1) + timedelta(days=since + last),
        )  # fmt: skip
        deliver([called(LI_MIN, moment(at), seconds, callee) for at, seconds, callee in calls], at=AFTER)
        rate_calls(at=AFTER)
        for at, fen in topups:
            paid_in(line, f"{fen // 100}.{fen % 100:02d}", moment(at))
        months = [itemised(voice.month_of_line(line, month, scope=ALL)) for month in MONTHS]
        for before, after in pairwise(months):
            assert after.month.opening == before.closing
        assert left() == months[-1].closing
