"""王建国 was registered twice: merged without touching a row of his history, and taken back (CUS-06)."""

import pytest

from onehall.contexts.customers import api as customers
from onehall.contexts.customers.api import Suspicion
from onehall.journeys.abandon_basket import abandon_basket
from onehall.journeys.add_item import add_item
from onehall.journeys.hold_basket import hold_basket
from onehall.readings.search import search
from tests.cast import Cast, count, dwelling, mobile, resident_id, wang
from tests.journeys.twice import ALL, Twice, arrange, history, pairs, passport


@pytest.fixture
def twice(cast: Cast) -> Twice:
    return arrange(cast)


@pytest.mark.rule("CUS-06")
def test_both_histories_are_on_one_screen_and_not_a_row_was_touched(twice: Twice) -> None:
    receipts = {twice.sell(twice.card, "502"), twice.sell(twice.passport, "501")}
    before = history(twice.card), history(twice.passport)
    twice.merge(twice.passport, twice.card)
    known = twice.known(twice.card)
    assert {receipt.number for receipt in known.receipts} == receipts
    assert {service.account_name for service in known.services} == {"dw0120502", "dw0120501"}
    assert len(known.orders) == len(known.cases) == 2
    assert (history(twice.card), history(twice.passport)) == before, (
        "a merge moves nothing and alters no paper"
    )


@pytest.mark.rule("CUS-06", "CUS-04", "SEC-07")
def test_the_search_finds_one_customer_with_both_telephones(twice: Twice) -> None:
    other_phone = mobile()
    married = twice.cast.registered(twice.clerk, passport(phone=twice.phone)).id
    with_two = wang(phone=twice.phone)
    third = twice.cast.registered(
        twice.clerk,
        customers.CustomerGiven(
            with_two.kind, "王建国", with_two.document, (twice.phone, other_phone), with_two.papers
        ),
    ).id
    twice.merge(twice.passport, twice.card)
    twice.merge(married, twice.card)
    twice.merge(twice.card, third)
    for typed in ("王建国", twice.phone, other_phone):
        people = [hit for hit in search(typed, scope=twice.clerk.scope) if hit.kind == "person"]
        assert [hit.party_id for hit in people] == [third], typed
        assert twice.phone not in people[0].subtitle


@pytest.mark.rule("CUS-06", "CHG-01")
def test_the_one_who_is_left_renews_what_the_other_had(twice: Twice) -> None:
    twice.sell(twice.passport, "501")
    twice.merge(twice.passport, twice.card)
    home = dwelling("dw", "1", "2", "501")
    basket = twice.cast.basket(twice.clerk, twice.card, home, ("renewal", "bb20-year"))
    twice.cast.pay(twice.clerk, basket.id)
    known = twice.known(twice.card)
    assert [order.kind for order in known.orders] == ["renewal", "new_broadband"]
    assert known.services[0].expires_at == basket.items[0].draft.period.end  # type: ignore[union-attr]


@pytest.mark.rule("CUS-06")
def test_what_is_begun_on_the_merged_record_is_done_on_the_one_that_is_left(twice: Twice) -> None:
    """A page that stood open before the merge still leads to the right customer."""
    twice.merge(twice.passport, twice.card)
    basket = add_item(
        party_id=twice.passport, dwelling_id=dwelling("dw", "1", "2", "501"), offering="bb20-year",
        business="new_broadband", quantity=1, by=twice.clerk, at=twice.cast.now,
    )  # fmt: skip
    assert basket.party_id == twice.card


@pytest.mark.rule("CUS-06")
def test_undone_each_has_his_own_again_and_new_business_stays(twice: Twice) -> None:
    old = twice.sell(twice.passport, "501")
    before = history(twice.passport)
    merge = twice.merge(twice.passport, twice.card)
    new = twice.sell(twice.card, "402")
    twice.undo(merge)
    assert [receipt.number for receipt in twice.known(twice.passport).receipts] == [old]
    assert [receipt.number for receipt in twice.known(twice.card).receipts] == [new]
    assert history(twice.passport) == before
    with pytest.raises(customers.MergeUndone):
        twice.undo(merge)
    assert twice.merge(twice.passport, twice.card) != merge, "merged again, after another look"


@pytest.mark.rule("CUS-06")
def test_chains_end_at_the_last_record_and_cycles_are_refused(twice: Twice) -> None:
    third = twice.cast.registered(twice.clerk, passport(phone=twice.phone)).id
    first = twice.merge(twice.card, twice.passport)
    second = twice.merge(twice.passport, third)
    assert {customers.root(one, scope=ALL) for one in (twice.card, twice.passport, third)} == {third}
    for absorbed, survivor in (
        (third, twice.card),
        (third, third),
        (twice.card, third),
        (third, twice.passport),
    ):
        with pytest.raises(customers.AlreadyMerged):
            twice.merge(absorbed, survivor)
    twice.undo(first)
    assert customers.root(twice.card, scope=ALL) == twice.card
    assert customers.root(twice.passport, scope=ALL) == third, "the other merge stands"
    twice.undo(second)
    assert customers.groups([third], scope=ALL) == {third: [third]}


@pytest.mark.rule("CUS-06")
def test_other_documents_are_a_weaker_suspicion_and_both_must_have_been_seen(twice: Twice) -> None:
    assert frozenset((twice.card, twice.passport)) in pairs(Suspicion.OTHER_DOCUMENT)
    assert frozenset((twice.card, twice.passport)) not in pairs(Suspicion.NAME_AND_PHONE)
    with pytest.raises(customers.DocumentsToSee):
        twice.merge(twice.passport, twice.card, seen=False)
    with pytest.raises(customers.MergeReasonMissing):
        twice.merge(twice.passport, twice.card, reason=" 同 ")
    twice.merge(twice.passport, twice.card)
    assert frozenset((twice.card, twice.passport)) not in pairs(Suspicion.OTHER_DOCUMENT)


@pytest.mark.rule("CUS-06")
def test_the_same_number_under_another_kind_of_document_is_the_strongest(twice: Twice) -> None:
    number = f"H{mobile()[3:]}"
    kinds = (customers.DocumentKind.PASSPORT, customers.DocumentKind.HONG_KONG_MACAO_PERMIT)
    ids = []
    for name, kind in zip(("何美", "何美娟"), kinds, strict=True):
        given = wang(name)
        document = customers.DocumentGiven(kind, number)
        ids.append(
            twice.cast.registered(
                twice.clerk, customers.CustomerGiven(given.kind, name, document, given.phones, given.papers)
            ).id
        )
    assert frozenset(ids) in pairs(Suspicion.SAME_DOCUMENT)
    twice.merge(ids[0], ids[1], seen=False)
    assert frozenset(ids) not in pairs(Suspicion.SAME_DOCUMENT)


@pytest.mark.rule("CUS-06")
def test_people_and_firms_and_strangers_are_never_merged(twice: Twice) -> None:
    stranger = twice.cast.registered(twice.clerk, wang("李大同")).id
    with pytest.raises(customers.NotSuspected):
        twice.merge(stranger, twice.card)
    firm = customers.CustomerGiven(
        customers.PartyKind.ORGANISATION, "王建国",
        customers.DocumentGiven(customers.DocumentKind.CREDIT_CODE, "91610000MA6TXQ2X0J"), (twice.phone,),
        (
            customers.Paper(customers.PaperKind.IDENTITY_DOCUMENT, original=True, copy=True, sealed=True),
            customers.Paper(customers.PaperKind.POWER_OF_ATTORNEY, original=True, sealed=True),
            customers.Paper(customers.PaperKind.INTRODUCTION_LETTER, original=True, sealed=True),
            customers.Paper(customers.PaperKind.AGENT_DOCUMENT, original=True, copy=True),
        ),
        customers.AgentGiven("周立", customers.DocumentGiven(customers.DocumentKind.RESIDENT_ID, resident_id())),
    )  # fmt: skip
    company = twice.cast.registered(twice.clerk, firm).id
    with pytest.raises(customers.KindsDiffer):
        twice.merge(company, twice.card)
    assert not any(company in pair for reason in Suspicion for pair in pairs(reason))


@pytest.mark.rule("CUS-06", "ORD-12")
@pytest.mark.parametrize("held", [False, True])
def test_whoever_is_being_served_is_not_merged_and_the_counter_is_named(twice: Twice, held: bool) -> None:
    home = dwelling("dw", "1", "2", "501")
    basket = twice.cast.basket(twice.clerk, twice.passport, home, ("new_broadband", "bb20-year"))
    if held:
        hold_basket(basket_id=basket.id, reason="缺证件", by=twice.clerk, at=twice.cast.now)
    for absorbed, survivor in ((twice.passport, twice.card), (twice.card, twice.passport)):
        with pytest.raises(customers.StillServed) as refused:
            twice.merge(absorbed, survivor)
        assert "3 号台席" in refused.value.sentence("zh") and refused.value.alternative("en")
    assert count("customers_merge", f"absorbed_id in ({twice.card}, {twice.passport})") == 0
    abandon_basket(basket_id=basket.id, by=twice.clerk, at=twice.cast.now)
    twice.merge(twice.passport, twice.card)
