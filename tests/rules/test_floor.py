"""One customer at a time (ORD-12) and an offer that is never pressed (ORD-15): decided from what is, for anything that may be."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onehall.contexts.floor.api import (
    HoldIncomplete,
    Household,
    Offer,
    Serving,
    ServingState,
    check_hold,
    suggest,
)
from onehall.contexts.floor.rules import Beginning, beginning
from onehall.contexts.floor.rules.suggesting import SuggestionKind
from onehall.foundation.values.ids import CounterId, HallId, PartyId, UserId
from onehall.foundation.values.period import CHINA

NOON = datetime(2026, 11, 21, 12, tzinfo=CHINA)
BUSINESSES = ("renewal", "new_broadband", "router_setup", "additional_point")


def serving(party: int, by: int, started: datetime = NOON) -> Serving:
    return Serving(1, HallId(1), CounterId(3), PartyId(party), UserId(by), ServingState.SERVING, started)


@pytest.mark.rule("ORD-12")
@given(st.integers(1, 3), st.integers(1, 3), st.integers(1, 2), st.integers(1, 2), st.integers(0, 60 * 11))
def test_the_screen_turns_to_another_customer_only_when_nobody_is_left_there(
    served: int, wanted: int, whose: int, mine: int, minutes: int
) -> None:
    later = NOON + timedelta(minutes=minutes)
    means = beginning(serving(served, whose), party_id=PartyId(wanted), by_id=UserId(mine), at=later)
    if whose != mine:
        assert means is Beginning.AFTER_LEFT
    else:
        assert means is (Beginning.GO_ON if served == wanted else Beginning.REFUSED)


@pytest.mark.rule("ORD-12")
def test_what_was_left_open_yesterday_binds_nobody_and_midnight_is_the_edge() -> None:
    late = NOON.replace(hour=23, minute=59)
    for at, means in ((late, Beginning.REFUSED), (late + timedelta(minutes=1), Beginning.AFTER_LEFT)):
        assert beginning(serving(1, 1, NOON), party_id=PartyId(2), by_id=UserId(1), at=at) is means
    assert beginning(None, party_id=PartyId(2), by_id=UserId(1), at=NOON) is Beginning.AFRESH


@pytest.mark.rule("ORD-12")
@given(st.text(max_size=8), st.booleans())
def test_a_hold_needs_a_reason_and_an_apology_and_says_which_is_missing(
    reason: str, apologised: bool
) -> None:
    said = " ".join(reason.split())
    if len(said) >= 2 and apologised:
        assert check_hold(reason=reason, apologised=apologised) == said
        return
    with pytest.raises(HoldIncomplete) as refused:
        check_hold(reason=reason, apologised=apologised)
    assert refused.value.field == ("reason" if len(said) < 2 else "apologised")


offers = st.lists(
    st.builds(
        Offer, st.sampled_from(BUSINESSES), st.text("ab", min_size=1, max_size=2),
        st.sampled_from([0, 1, 4, 6, 12]), st.sampled_from([0, 20_480]),
    ), max_size=8,
)  # fmt: skip
households = st.builds(
    Household, st.one_of(st.none(), st.integers(-400, 400)), st.sampled_from([0, 1, 4, 6, 12]),
    st.sampled_from([0, 20_480]), st.frozensets(st.sampled_from(BUSINESSES)),
)  # fmt: skip
kinds = st.frozensets(st.sampled_from(list(SuggestionKind)))


@pytest.mark.rule("ORD-15")
@given(households, offers, kinds, st.integers(0, 120))
def test_only_what_is_on_offer_not_chosen_and_not_answered_is_suggested(
    household: Household, on_offer: list[Offer], answered: frozenset[str], within: int
) -> None:
    found = suggest(household, on_offer, answered=answered, within_days=within)
    if found is None:
        return
    assert found.offer in on_offer
    assert found.offer.business not in household.chosen
    assert found.kind not in answered
    if found.kind is SuggestionKind.ROUTER:
        assert "new_broadband" in household.chosen
        return
    assert household.days_left is not None and household.days_left <= within
    assert (found.offer.business, found.offer.speed) == ("renewal", household.speed)
    longer = found.offer.months > household.months
    assert longer == (found.kind is SuggestionKind.LONGER_TERM)


@pytest.mark.rule("ORD-15")
def test_a_line_that_expires_is_suggested_the_next_longer_term_then_its_own_then_nothing() -> None:
    line = Household(13, months=4, speed=20_480)
    renewals = [Offer("renewal", f"bb20-{months}", months, 20_480) for months in (12, 6, 4)]
    other_speed = Offer("renewal", "bb100-6", 6, 102_400)
    heard: set[str] = set()
    said = []
    while (found := suggest(line, [other_speed, *renewals], answered=heard, within_days=30)) is not None:
        said.append((found.kind, found.offer.offering))
        heard.add(found.kind)
    assert said == [(SuggestionKind.LONGER_TERM, "bb20-6"), (SuggestionKind.EXPIRING, "bb20-4")]
    assert suggest(Household(31, 4, 20_480), renewals, answered=(), within_days=30) is None
