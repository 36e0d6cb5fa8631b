"""Who may decide: never whoever asked, whatever is held, lent, or by whichever login (SEC-04)."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onehall.foundation.approvals.contracts import OwnRequest, State
from onehall.foundation.approvals.rules import covers, power, state_of
from onehall.foundation.refusals import NotPermitted

AT = datetime(2026, 11, 23, 9, tzinfo=UTC)
PEOPLE = st.sampled_from(["0101", "0201", "0213", "0241"])
HALLS = st.sets(st.integers(1, 3), min_size=1)
RIGHTS = st.frozensets(st.tuples(st.just("export.approve"), st.none() | st.integers(1, 3)))
HELD = st.dictionaries(PEOPLE, RIGHTS)


@pytest.mark.rule("SEC-04")
@settings(deadline=None)
@given(
    asked_by=PEOPLE, concerns=st.just("") | PEOPLE, decider=PEOPLE, held=HELD, lent_by=st.sets(PEOPLE), halls=HALLS
)  # fmt: skip
def test_nobody_decides_on_what_they_asked_for_or_what_concerns_them_by_no_way(
    asked_by: str,
    concerns: str,
    decider: str,
    held: dict[str, frozenset[tuple[str, int | None]]],
    lent_by: set[str],
    halls: set[int],
) -> None:
    try:
        by_right_of = power(
            permission="export.approve",
            halls=halls,
            asked_by=asked_by,
            decider=decider,
            held=held,
            lent_by=lent_by,
            concerns=concerns,
        )
    except (OwnRequest, NotPermitted):
        able = {one for one in ({decider} | lent_by) if covers(held.get(one, ()), "export.approve", halls)}
        assert decider in (asked_by, concerns) or able <= {asked_by, concerns}, (
            "somebody who could was refused"
        )
    else:
        assert not {asked_by, concerns} & {decider, by_right_of}
        assert by_right_of in {decider, *lent_by}
        assert covers(held[by_right_of], "export.approve", halls)


@pytest.mark.rule("SEC-04", "ORG-06")
@settings(deadline=None)
@given(held=RIGHTS, halls=HALLS)
def test_a_right_covers_a_matter_of_several_halls_only_with_all_of_them(
    held: frozenset[tuple[str, int | None]], halls: set[int]
) -> None:
    everywhere = ("export.approve", None) in held
    missing = {hall for hall in halls if ("export.approve", hall) not in held}
    assert covers(held, "export.approve", halls) == (everywhere or not missing)
    assert not covers(held, "another.permission", halls)


@pytest.mark.rule("SEC-04")
@settings(deadline=None)
@given(
    approved=st.none() | st.booleans(), hours=st.integers(1, 99), usable=st.integers(1, 99), passed=st.integers(0, 200),
    closed=st.sampled_from(["", "used", "withdrawn"]),
)  # fmt: skip
def test_a_request_is_open_in_its_time_only_and_what_is_closed_never_opens_again(
    approved: bool | None, hours: int, usable: int, passed: int, closed: str
) -> None:
    state = state_of(
        approved=approved, expires_at=AT + timedelta(hours=hours),
        usable_until=AT + timedelta(hours=usable) if approved else None, closed_why=closed,
        at=AT + timedelta(hours=passed),
    )  # fmt: skip
    if closed:
        assert state == closed
    elif approved is None:
        assert state is (State.WAITING if passed < hours else State.LAPSED)
    elif approved:
        assert state is (State.APPROVED if passed < usable else State.LAPSED)
    else:
        assert state is State.DECLINED
