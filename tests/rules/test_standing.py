"""Who may act for an organisation, for what and until when; when a level is looked at again (CUS-07)."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onehall.contexts.customers.rules.not_acting import (
    ContactExpired,
    ContactUnknown,
    MandateIncomplete,
    NotAuthorised,
    ReasonNeeded,
)
from onehall.contexts.customers.rules.standing import (
    LEVELS,
    AuthorisedContact,
    Mandate,
    VipLevel,
    check_acting,
    check_mandate,
    check_reason,
    precedence,
    vip_end,
)
from onehall.foundation.values.ids import PartyId
from onehall.foundation.values.period import CHINA

TODAY = date(2026, 11, 23)
days = st.integers(-400, 400).map(lambda n: TODAY + timedelta(days=n))
mandates = st.frozensets(st.sampled_from(Mandate))


def contact(may: frozenset[Mandate], until: date, *, ended: bool = False) -> AuthorisedContact:
    return AuthorisedContact(
        1, PartyId(7), "何芳", "610***1234", may, until, datetime(2026, 11, 1, tzinfo=UTC) if ended else None
    )


@pytest.mark.rule("CUS-07")
@given(mandates, days, st.booleans(), st.booleans(), st.sampled_from(Mandate))
def test_acts_who_shows_the_document_within_the_time_and_for_what_is_covered_and_nobody_else(
    may: frozenset[Mandate], until: date, ended: bool, shown: bool, wanted: Mandate
) -> None:
    one = contact(may, until, ended=ended)
    if shown and not ended and until >= TODAY and wanted in may:
        check_acting(one, shown=shown, wanted=wanted, on=TODAY)
        return
    with pytest.raises((ContactUnknown, ContactExpired, NotAuthorised)) as refused:
        check_acting(one, shown=shown, wanted=wanted, on=TODAY)
    expected = ContactUnknown if not shown else ContactExpired if ended or until < TODAY else NotAuthorised
    assert refused.type is expected
    assert refused.value.alternative("zh") and refused.value.alternative("en")


@pytest.mark.rule("CUS-07")
@given(mandates, st.none() | days)
def test_an_authorisation_says_what_and_until_when_and_includes_asking(
    may: frozenset[Mandate], until: date | None
) -> None:
    if may and until is not None and until >= TODAY:
        assert check_mandate(may, until, on=TODAY) == (may | {Mandate.INQUIRE}, until)
        return
    with pytest.raises(MandateIncomplete) as refused:
        check_mandate(may, until, on=TODAY)
    assert refused.value.field == ("mandates" if not may else "until")


@given(st.text(max_size=300))
def test_a_level_has_a_reason_in_words(typed: str) -> None:
    said = " ".join(typed.split())
    if len(said) < 4:
        with pytest.raises(ReasonNeeded):
            check_reason(typed)
    else:
        assert check_reason(typed) == said[:200]


@given(st.integers(0, 7000), st.integers(1, 60))
def test_a_level_ends_after_the_months_of_the_policy(days_later: int, months: int) -> None:
    at = datetime(2020, 1, 1, 9, tzinfo=CHINA) + timedelta(days=days_later)
    end = vip_end(at, months=months)
    assert (end.year - at.year) * 12 + end.month - at.month == months
    assert end.day <= at.day and end.time() == at.time()


@pytest.mark.rule("CUS-07", "ORD-16")
@given(st.sampled_from(VipLevel), st.sampled_from(VipLevel), st.booleans(), st.booleans())
def test_a_higher_level_stands_ahead_then_organisations_then_everybody(
    one: VipLevel, other: VipLevel, firm: bool, other_firm: bool
) -> None:
    order = list(VipLevel)
    first, second = precedence(one, organisation=firm), precedence(other, organisation=other_firm)
    if order.index(one) != order.index(other):
        assert (first.rank > second.rank) == (order.index(one) > order.index(other))
    elif one is VipLevel.NONE:
        assert (first.rank > second.rank) == (firm and not other_firm)
    else:
        assert first == second and first.words == LEVELS[one]
    assert (first.words is None) == (first.rank == 0)
