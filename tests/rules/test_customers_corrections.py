"""更正: who may correct what, and how accuracy is counted (SEC-05, CUS-03)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onehall.contexts.customers.contracts import Verification
from onehall.contexts.customers.rules.accuracy import Entries
from onehall.contexts.customers.rules.corrections import (
    Change,
    CorrectionNotVerified,
    check_evidence,
    title,
)

FIELDS = ("name", "document:1", "phone:3", "phone:new")


@st.composite
def entries(draw: st.DrawFn) -> Entries:
    made = draw(st.integers(0, 500))
    return Entries(made, draw(st.integers(0, made)), draw(st.integers(0, made)))


@pytest.mark.rule("SEC-05")
@given(st.sets(st.sampled_from(FIELDS), min_size=1), st.sampled_from([None, *Verification]))
def test_a_name_or_document_needs_the_document_and_nothing_is_corrected_unverified(
    fields: set[str], verified: Verification | None
) -> None:
    changes = [Change(field, "x") for field in fields]
    by_document = fields & {"name", "document:1"}
    if verified is Verification.ID_DOCUMENT or (verified and not by_document):
        check_evidence(changes, verified)
        return
    with pytest.raises(CorrectionNotVerified) as no:
        check_evidence(changes, verified)
    said = no.value.sentence("zh")
    assert ("证件原件" in said) == bool(by_document) and ("联系电话" in said) == (not by_document)


@pytest.mark.rule("CUS-03")
@given(entries(), st.integers(0, 100))
def test_a_share_is_never_rounded_up_to_the_mark(found: Entries, required: int) -> None:
    share = found.accurate_share
    assert (share is None) == (found.made == 0)
    if share is not None:
        assert 0 <= share <= 100 and (share == 100) == (found.wrong == 0)
        assert found.meets(required) == (share >= required and found.incomplete == 0)
    else:
        assert found.meets(100)


@pytest.mark.rule("CUS-03")
def test_one_wrong_in_fifty_is_98_per_cent_and_one_in_forty_nine_is_not() -> None:
    assert Entries(50, 0, 1).meets(98) and not Entries(49, 0, 1).meets(98)
    assert not Entries(50, 1, 0).meets(98), "98 per cent is for accuracy; what is missing must not be missing"
    assert not Entries(1000, 0, 1).meets(100), "of faults all must be right"


def test_the_order_names_what_is_corrected_in_a_fixed_order() -> None:
    assert title(["phone", "name"]).zh == "更正客户资料（姓名、联系电话）"
    assert title(["phone", "name"]).en == "Correction of name, telephone"
