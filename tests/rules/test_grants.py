"""Work may be given by whoever manages staff, power only by who has it (ORG-06)."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onehall.foundation.identity.rules import may_give, may_reset

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


PLACES = st.none() | st.integers(1, 3)
POWERS = st.frozensets(st.tuples(st.sampled_from(POWER + WORK), PLACES))


@pytest.mark.rule("ORG-06", "SEC-08")
@settings(deadline=None)
@given(theirs=POWERS, mine=POWERS)
def test_nobody_hands_out_a_password_that_opens_more_power_than_theirs(
    theirs: frozenset[tuple[str, int | None]], mine: frozenset[tuple[str, int | None]]
) -> None:
    gained = {
        (code, hall)
        for code, where in theirs if code in POWER
        for hall in ((1, 2, 3, 4) if where is None else (where,))
        if (code, hall) not in mine and (code, None) not in mine
    }  # fmt: skip
    assert may_reset(theirs, mine) == (not gained)
