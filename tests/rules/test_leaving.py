"""挽留 Why a customer leaves is asked; of whoever ports a number out nothing is (CHG-07, LAW-05, LAW-14)."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onehall.contexts.subscriptions.contracts import Term
from onehall.contexts.subscriptions.rules import (
    CAUSES,
    Cause,
    NotPortable,
    PortingNoTalk,
    TalkIncomplete,
    check_porting,
    check_talk,
)
from onehall.foundation.refusals import Refusal
from onehall.foundation.values.period import CHINA
from tests.rules.test_suspension import paid

OPENED = datetime(2026, 3, 1, 10, tzinfo=CHINA)
said = st.text(alphabet="贵搬家 ", max_size=6)


@pytest.mark.rule("CHG-07", "LAW-05")
@given(cause=st.sampled_from([*Cause, "", "competitor"]), words=said, offer=said)
def test_a_reason_is_needed_and_porting_takes_no_words(cause: str, words: str, offer: str) -> None:
    try:
        talk = check_talk(cause=cause, words=words, offer=offer)
    except Refusal as no:
        assert no.sentence("zh") and no.sentence("en") and no.alternative("zh") and no.field
        if isinstance(no, PortingNoTalk):
            assert cause == Cause.PORTING and (words.strip() or offer.strip())
        else:
            assert isinstance(no, TalkIncomplete)
            assert cause not in CAUSES or (cause == Cause.OTHER and not words.strip())
    else:
        assert (talk.cause, talk.words, talk.offer) == (cause, words.strip(), offer.strip())
        assert cause != Cause.PORTING or (talk.words, talk.offer) == ("", "")


def ported(at: datetime, *months: int) -> None:
    terms: list[Term] = paid(OPENED, *months) if months else []
    check_porting(opened_at=OPENED, terms=terms, binding_months=12, least_days=120, at=at)


@pytest.mark.rule("LAW-14")
@given(days=st.integers(0, 400))
def test_a_number_is_ported_after_so_many_days_and_the_refusal_says_from_when(days: int) -> None:
    at = OPENED + timedelta(days=days)
    if days >= 120:
        ported(at)
    else:
        with pytest.raises(NotPortable) as no:
            ported(at)
        assert "2026-06-29" in no.value.alternative("zh") and str(days) in no.value.sentence("zh")


@pytest.mark.rule("LAW-14")
def test_a_term_that_binds_is_served_first_and_a_monthly_one_does_not_bind() -> None:
    at = OPENED + timedelta(days=200)
    with pytest.raises(NotPortable) as no:
        ported(at, 12)
    assert "2027-03-01" in no.value.alternative("en")
    ported(at, 1, 1, 1, 1, 1, 1, 1)
    ported(OPENED + timedelta(days=366), 12)
