"""Duplicates told apart, masked, on record, and merged by several hands at the same instant (CUS-06)."""

from uuid import uuid4

import pytest
from django.db import DatabaseError, transaction

from onehall.contexts.customers import api as customers
from onehall.contexts.customers.api import Suspicion
from onehall.contexts.ledger import api as ledger
from onehall.contexts.orders import api as orders
from onehall.foundation.database import fetch_all
from onehall.foundation.refusals import Refusal
from onehall.foundation.scopes import NotPermitted
from onehall.foundation.values.ids import PartyId
from onehall.journeys.add_item import add_item
from onehall.journeys.merge_customers import merge_customers
from onehall.journeys.reveal_field import reveal_field
from onehall.journeys.state_purpose import state_purpose
from onehall.journeys.tell_customers_apart import tell_customers_apart
from onehall.readings.duplicates import known_as, suspects_of
from tests.cast import Cast, count, dwelling, wang
from tests.journeys.at_once import at_once, sound
from tests.journeys.twice import ALL, PRESENT, Twice, arrange, pairs, passport


@pytest.fixture
def twice(cast: Cast) -> Twice:
    return arrange(cast)


@pytest.mark.rule("CUS-06")
def test_told_apart_they_are_not_suspected_again(twice: Twice) -> None:
    assert suspects_of(party_id=twice.card, scope=ALL, limit=5) == [twice.passport]
    for _ in range(2):
        tell_customers_apart(
            one=twice.passport, other=twice.card, reason="同名的父子", by=twice.manager, at=twice.cast.now
        )
    assert frozenset((twice.card, twice.passport)) not in pairs(Suspicion.OTHER_DOCUMENT)
    assert suspects_of(party_id=twice.card, scope=ALL, limit=5) == []
    third = twice.cast.registered(twice.clerk, passport(phone=twice.phone)).id
    twice.merge(third, twice.passport)
    assert suspects_of(party_id=twice.card, scope=ALL, limit=5) == [], (
        "nor under the record he was merged into"
    )


@pytest.mark.rule("CUS-06", "SEC-01", "SEC-07")
def test_the_merged_particulars_are_masked_and_revealed_one_by_one(twice: Twice) -> None:
    twice.merge(twice.passport, twice.card)
    state_purpose(party_id=twice.card, stated=PRESENT, by=twice.clerk, at=twice.cast.now)
    record = customers.record(
        twice.card, user_id=twice.clerk.user_id, at=twice.cast.now, scope=twice.clerk.scope
    )
    documents = [one for one in record.particulars if one.field.startswith("document")]
    assert len(documents) == 2 and all("*" in one.masked for one in record.particulars)
    shown = reveal_field(party_id=twice.card, field=documents[1].field, by=twice.clerk, at=twice.cast.now)
    assert shown.value.startswith("E")


@pytest.mark.rule("CUS-06", "CUS-02")
def test_registering_a_merged_document_again_leads_to_the_one_who_is_left(twice: Twice) -> None:
    given = wang(phone=twice.phone)
    assert known_as(given=given, scope=ALL) == twice.card
    own = twice.cast.registered(twice.clerk, given).id
    twice.merge(own, twice.card)
    with pytest.raises(customers.AlreadyRegistered) as refused:
        twice.cast.registered(twice.clerk, given)
    assert refused.value.party_id == twice.card


@pytest.mark.rule("CUS-06", "SEC-09", "SEC-07")
def test_the_trail_names_numbers_only_and_the_rows_cannot_be_rewritten(twice: Twice) -> None:
    twice.undo(twice.merge(twice.passport, twice.card, reason="王建国两证同人"))
    lines = fetch_all("select action, details::text as said from audit_auditentry where rule = 'CUS-06'")
    assert [line["action"] for line in lines] == ["customer.merged", "customer.merge_undone"]
    assert not any(word in line["said"] for line in lines for word in ("王建国", twice.phone))
    for wrong in (
        f"update customers_merge set survivor_id = {twice.passport}", "delete from customers_merge",
        "update customers_merge set undone_reason = 'x'",
    ):  # fmt: skip
        with pytest.raises(DatabaseError), transaction.atomic():
            fetch_all(f"{wrong} returning id")
    with pytest.raises(NotPermitted):
        merge_customers(
            absorbed=twice.passport, survivor=twice.card, documents_seen=True, reason="两证同一人", intent=uuid4(),
            by=twice.clerk, at=twice.cast.now,
        )  # fmt: skip


@pytest.mark.rule("CUS-06")
def test_the_list_and_the_rule_agree_on_every_pair(twice: Twice) -> None:
    """What the set-based reading finds is what the pure rule says of each two."""
    people = [twice.card, twice.passport]
    people += [
        twice.cast.registered(twice.clerk, wang(name, phone=twice.phone)).id for name in ("王建国", "王芳")
    ]
    people.append(twice.cast.registered(twice.clerk, wang("王芳")).id)
    traits = {one: customers.traits(one, scope=ALL) for one in people}
    by_rule = {
        frozenset((one, other)): found
        for one in people
        for other in people
        if one < other and (found := customers.suspicion(traits[one], traits[other]))
    }
    listed = {pair: reason for reason in Suspicion for pair in pairs(reason) if pair <= set(people)}
    assert listed == by_rule and len(listed) == 3


@pytest.mark.rule("CUS-06", "ORD-13")
def test_of_crossing_merges_at_the_same_instant_one_wins(real_cast: Cast) -> None:
    twice = arrange(real_cast)
    third = real_cast.registered(twice.clerk, passport(phone=twice.phone)).id

    def merging(absorbed: PartyId, survivor: PartyId) -> object:
        return lambda: merge_customers(
            absorbed=absorbed, survivor=survivor, documents_seen=True, reason="两证同一人", intent=uuid4(),
            by=twice.manager, at=real_cast.now,
        )  # fmt: skip

    answers = at_once(
        merging(twice.card, twice.passport), merging(twice.passport, twice.card), merging(twice.card, twice.passport),
        merging(third, twice.card), merging(twice.card, third),
    )  # fmt: skip
    won = [answer for answer in answers if not isinstance(answer, Refusal)]
    assert all(isinstance(answer, customers.AlreadyMerged) for answer in answers if answer not in won)
    assert 1 <= len(won) <= 2 and count("customers_merge") == len(won)
    roots = {customers.root(one, scope=ALL) for one in (twice.card, twice.passport, third)}
    assert len(roots) == 3 - len(won), (
        "every merge that won brought two together, and nothing turns in a circle"
    )
    sound()


@pytest.mark.rule("CUS-06", "ORD-12")
def test_a_sale_begun_at_the_instant_of_the_merge_is_never_left_behind(real_cast: Cast) -> None:
    twice = arrange(real_cast)
    home = dwelling("dw", "1", "2", "501")

    def sale() -> orders.Basket:
        return add_item(
            party_id=twice.passport, dwelling_id=home, offering="bb20-year", business="new_broadband", quantity=1,
            by=twice.clerk, at=real_cast.now,
        )  # fmt: skip

    sold, merge = at_once(
        sale,
        lambda: twice.merge(twice.passport, twice.card),
    )
    if isinstance(merge, customers.StillServed):
        assert customers.root(twice.passport, scope=ALL) == twice.passport
    else:
        waiting = orders.unfinished_baskets(party_ids=[twice.passport, twice.card], scope=ALL)
        assert [basket.party_id for basket in waiting] == [twice.card], sold


@pytest.mark.rule("CUS-06")
def test_the_payer_on_the_receipt_stays_as_it_was_written(twice: Twice) -> None:
    twice.sell(twice.passport, "501")
    twice.merge(twice.passport, twice.card)
    (receipt,) = ledger.receipts_of_party(twice.passport, scope=ALL)
    assert receipt.payer == "王建国" and ledger.receipts_of_party(twice.card, scope=ALL) == ()
