"""Work may be given by whoever manages staff, power only by who has it (ORG-06)."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onehall.foundation.identity.rules import may_give

POWER = (
    "staff.manage",
    "policy.change",
    "export.approve",
    "network.manage",
    "webhook.manage",
    "token.manage",
)
WORK = ("desk.use", "work.visit", "payment.take", "board.view")
CODES = st.frozensets(st.sampled_from(POWER + WORK))


@pytest.mark.rule("ORG-06")
@settings(deadline=None)
@given(role=CODES, held=CODES)
def test_nobody_gives_power_that_they_do_not_have_but_any_work(
    role: frozenset[str], held: frozenset[str]
) -> None:
    assert may_give(role, held) == all(code in held for code in role if code in POWER)
