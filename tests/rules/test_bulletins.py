"""Whom a notice is for: each of halls, roles and counters narrows, an empty one narrows nothing (ORG-10)."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onehall.foundation.bulletins.rules import is_for

HALLS, SEATS = st.sets(st.integers(1, 3)), st.sets(st.integers(1, 4))
ROLES = st.sets(st.sampled_from(["clerk", "agent", "manager"]))


@pytest.mark.rule("ORG-10")
@settings(deadline=None)
@given(
    halls=HALLS,
    roles=ROLES,
    counters=SEATS,
    hall=st.integers(1, 3),
    held=ROLES,
    counter=st.none() | st.integers(1, 4),
)
def test_a_notice_is_for_who_fits_all_that_it_names(
    halls: set[int], roles: set[str], counters: set[int], hall: int, held: set[str], counter: int | None
) -> None:
    facts = {
        "halls": halls,
        "roles": roles,
        "counters": counters,
        "hall": hall,
        "held": held,
        "counter": counter,
    }
    misses = [
        bool(halls) and hall not in halls, bool(roles) and not (roles & held), bool(counters) and counter not in counters,
    ]  # fmt: skip
    assert is_for(**facts) is not any(misses)  # type: ignore[arg-type]
