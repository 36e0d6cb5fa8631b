"""应备证件: what is asked of whom, and no telephone without documents (ORD-03, LAW-14, CUS-05)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onehall.contexts.customers.contracts import PartyKind
from onehall.contexts.customers.rules.checklist import (
    Applicant,
    Who,
    may_hold_another_number,
    papers_due,
    papers_missing,
)

PAPERS = ("identity_document", "guardianship_proof", "power_of_attorney", "agent_document", "actual_user")
applicants = st.builds(Applicant, st.sampled_from(PartyKind), minor=st.booleans(), agent=st.booleans())
listed = st.lists(
    st.builds(lambda who, paper: f"{who}:{paper}" if who else paper, st.sampled_from(["", *Who]), st.sampled_from(PAPERS)),
    max_size=8,
)  # fmt: skip


@pytest.mark.rule("ORD-03")
@given(listed, applicants, st.booleans())
def test_what_is_due_is_asked_once_of_whom_it_is_meant_for(
    entries: list[str], who: Applicant, real_name: bool
) -> None:
    due = papers_due(entries, who, real_name=real_name)
    assert len(set(due)) == len(due)
    meant = {
        e.rpartition(":")[2]
        for e in entries
        if not e.rpartition(":")[0] or Who(e.rpartition(":")[0]) in who.roles
    }
    assert meant <= set(due)
    if not real_name:
        assert set(due) == meant


@pytest.mark.rule("LAW-14", "CUS-05")
@given(listed, applicants)
def test_no_profile_sells_a_telephone_without_documents(entries: list[str], who: Applicant) -> None:
    due = papers_due(entries, who, real_name=True)
    assert "identity_document" in due
    assert not who.agent or "agent_document" in due
    assert who.kind is not PartyKind.ORGANISATION or "actual_user" in due


@pytest.mark.rule("ORD-03")
@given(listed, applicants, st.sets(st.sampled_from(PAPERS)), st.sets(st.sampled_from(PAPERS)))
def test_told_once_is_told_completely(
    entries: list[str], who: Applicant, shown: set[str], brought: set[str]
) -> None:
    due = papers_due(entries, who)
    missing = papers_missing(due, shown)
    assert set(missing) == set(due) - shown
    assert papers_missing(due, shown | set(missing)) == (), "whoever brings what was told is done"
    assert set(papers_missing(due, shown | brought)) <= set(missing), "nothing is asked that was not told"


@pytest.mark.rule("CUS-05", "LAW-14")
@given(st.integers(0, 20), st.integers(1, 20))
def test_a_document_holds_as_many_numbers_as_the_policy_says(held: int, most: int) -> None:
    assert may_hold_another_number(held, most=most) == (held + 1 <= most)
    assert may_hold_another_number(4, most=5) and not may_hold_another_number(5, most=5)
