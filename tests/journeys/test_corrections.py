"""更正客户资料: verified, by an order, old and new kept, two clerks at once, and who had written it down (SEC-05, CUS-03)."""

from datetime import timedelta
from uuid import uuid4

import pytest

from onehall.contexts.customers import api as customers
from onehall.contexts.orders import api as orders
from onehall.foundation.audit import trail
from onehall.foundation.database import fetch_all
from onehall.foundation.idempotency import IntentReused
from onehall.foundation.scopes import Actor, NotFound, NotPermitted, Scope
from onehall.foundation.values.ids import PartyId
from onehall.journeys.correct_customer import CustomerCorrected, correct_customer
from onehall.journeys.issue_acceptance_form import issue_acceptance_form
from onehall.journeys.merge_customers import merge_customers
from onehall.journeys.state_purpose import state_purpose
from onehall.readings.accuracy import accuracy, mistakes
from onehall.readings.search import search
from onehall.readings.verification import verify_money
from tests.cast import Cast, count, mobile, resident_id, wang
from tests.journeys.at_once import at_once

ALL = Scope.operator()
Cause = customers.Cause
Verification = customers.Verification


def present(
    cast: Cast, by: Actor, party: PartyId, how: customers.Verification = Verification.ID_DOCUMENT
) -> None:
    stated = customers.PurposeStated(customers.PurposeKind.PRESENT_VERIFIED, how)
    state_purpose(party_id=party, stated=stated, by=by, at=cast.now)


def newest(party: PartyId) -> int:
    made = customers.corrections_of(party, scope=ALL, limit=1)
    return made[0].id if made else 0


def correct(
    cast: Cast, by: Actor, party: PartyId, cause: customers.Cause = Cause.ENTRY, **changes: str
) -> CustomerCorrected:
    """Corrects `name`, `document`, `phone` of the first of each, or `more` for another telephone."""
    fields = {"name": "name", "more": "phone:new"}
    for kind, table in (("document", "identitydocument"), ("phone", "contact")):
        row = fetch_all(f"select min(id) as id from customers_{table} where party_id = %s", [party])
        fields[kind] = f"{kind}:{row[0]['id']}"
    asked = tuple(customers.Change(fields[kind], value) for kind, value in changes.items())
    given = customers.CorrectionGiven(party, asked, cause, newest(party))
    return correct_customer(given=given, intent=uuid4(), by=by, at=cast.later(seconds=1))


@pytest.mark.rule("SEC-05")
def test_old_and_new_are_kept_encrypted_with_an_order_and_who_entered_and_who_corrected(cast: Cast) -> None:
    zheng, limin = cast.clerk("0211", "4", drawer=False), cast.clerk()
    old_number, old_phone, number, phone = resident_id(), mobile(), resident_id(), mobile()
    card = cast.registered(zheng, wang("王建过", old_number, old_phone))
    present(cast, limin, card.id)
    done = correct(cast, limin, card.id, name="王建国", document=number, phone=phone)
    after = customers.card(card.id, scope=ALL)
    assert (after.name, after.document_masked[-4:], after.phone_masked[-4:]) == (
        "王建国",
        number[-4:],
        phone[-4:],
    )
    made = customers.corrections_of(card.id, scope=ALL, limit=9)
    assert {(one.kind, one.entered_by, one.by, one.order_id) for one in made} == {
        (kind, "郑洁", "李敏", done.order_id) for kind in ("name", "document", "phone")
    }
    assert {one.old for one in made} == {
        "王*过",
        f"610***********{old_number[-4:]}",
        f"138****{old_phone[-4:]}",
    }
    order = orders.order(order_id=done.order_id, scope=limin.scope)
    assert (order.business, order.amount.fen, order.name.zh) == (
        "correction",
        0,
        "更正客户资料（姓名、证件号码、联系电话）",
    )
    (line,) = trail(scope=ALL, limit=9, action="customer.corrected")
    assert (line.staff_no, line.rule, line.details["corrections"]) == (
        "0213",
        "SEC-05",
        list(done.corrections),
    )
    told = str(fetch_all("select * from customers_correction")) + str(
        fetch_all("select details from audit_auditentry")
    )
    told += str(fetch_all("select payload from outbox_outboxevent")) + str(
        fetch_all("select * from idempotency_intent")
    )
    assert not any(secret in told for secret in (old_number, number, old_phone, phone, "王建过"))


@pytest.mark.rule("SEC-05", "CUS-04")
def test_the_customer_is_found_by_what_is_right_and_no_longer_by_what_was_wrong(cast: Cast) -> None:
    clerk, old, new = cast.clerk(), mobile(), mobile()
    card = cast.registered(clerk, wang("解晓", phone=old))
    present(cast, clerk, card.id)
    correct(cast, clerk, card.id, name="单晓", phone=new)
    for typed, found in ((new, True), (old, False), ("shanxiao", True), ("xiexiao", False)):
        hits = search(typed, scope=clerk.scope, limit=9, lang="zh")
        assert bool(hits) == found, typed


@pytest.mark.rule("SEC-05", "SEC-02")
def test_nothing_is_corrected_on_the_clerks_own_account(cast: Cast) -> None:
    clerk, colleague = cast.clerk(drawer=False), cast.clerk("0211", "4", drawer=False)
    card = cast.registered(clerk)
    present(cast, colleague, card.id)
    with pytest.raises(customers.CorrectionNotVerified):
        correct(cast, clerk, card.id, phone=mobile())
    present(cast, clerk, card.id, Verification.ONE_TIME_CODE)
    with pytest.raises(customers.CorrectionNotVerified) as no:
        correct(cast, clerk, card.id, name="王建军", phone=mobile())
    assert "证件原件" in no.value.sentence("zh")
    assert count("customers_correction") == count("orders_serviceorder") == 0
    correct(cast, clerk, card.id, phone=mobile())
    installer = cast.sign_in("0232")
    with pytest.raises(NotPermitted):
        correct(cast, installer, card.id, phone=mobile())
    away = cast.sign_in("0201")
    present(cast, away, card.id)
    with pytest.raises(NotFound):
        correct(cast, away, card.id, phone=mobile())


@pytest.mark.rule("SEC-05", "CUS-02", "LAW-30")
def test_bad_values_leave_nothing_and_name_their_field(cast: Cast) -> None:
    clerk = cast.clerk(drawer=False)
    other = cast.registered(clerk, wang("刘芳", taken := resident_id()))
    mine = mobile()
    card = cast.registered(clerk, wang(phone=mine))
    present(cast, clerk, card.id)
    bad = [
        (customers.BadPhone, {"name": "王建军", "phone": "12345"}),
        (customers.BadName, {"name": "王\u200b建"}),
        (customers.BadDocument, {"document": resident_id()[:-1] + "?"}),
        (customers.AlreadyRegistered, {"name": "王建军", "document": taken}),
        (customers.GuardianNeeded, {"document": resident_id("20200101")}),
        (customers.PhoneAlreadyKept, {"more": mine}),
        (customers.NothingCorrected, {"name": "王建国", "phone": f" +86 {mine} "}),
        (customers.NothingCorrected, {}),
    ]
    for refusal, changes in bad:
        with pytest.raises(refusal):
            correct(cast, clerk, card.id, **changes)
    for field in ("name:x", "agent:1", "phone:99999999999999999999", "document:"):
        given = customers.CorrectionGiven(card.id, (customers.Change(field, "1"),), Cause.ENTRY, 0)
        if field != "name:x":
            with pytest.raises(customers.CustomerNotFound):
                correct_customer(given=given, intent=uuid4(), by=clerk, at=cast.now)
    theirs = fetch_all("select id from customers_contact where party_id = %s", [other.id])[0]["id"]
    stolen = customers.CorrectionGiven(
        card.id, (customers.Change(f"phone:{theirs}", mobile()),), Cause.ENTRY, 0
    )
    with pytest.raises(customers.CustomerNotFound):
        correct_customer(given=stolen, intent=uuid4(), by=clerk, at=cast.now)
    assert customers.card(card.id, scope=ALL).name == "王建国"
    assert count("customers_correction") == count("orders_serviceorder") == 0


@pytest.mark.rule("SEC-05")
def test_the_second_clerk_is_told_who_was_faster(cast: Cast) -> None:
    limin, zheng = cast.clerk(drawer=False), cast.clerk("0211", "4", drawer=False)
    card = cast.registered(limin)
    shown = newest(card.id)
    for clerk in (limin, zheng):
        present(cast, clerk, card.id)
    correct(cast, zheng, card.id, phone=mobile())
    stale = customers.CorrectionGiven(card.id, (customers.Change("name", "王建军"),), Cause.ENTRY, shown)
    with pytest.raises(customers.CorrectedMeanwhile) as no:
        correct_customer(given=stale, intent=uuid4(), by=limin, at=cast.now)
    assert "郑洁" in no.value.sentence("zh") and "郑洁" in no.value.sentence("en")
    assert customers.card(card.id, scope=ALL).name == "王建国"


@pytest.mark.rule("SEC-05", "CUS-02")
def test_of_two_at_the_same_instant_one_is_told_and_a_number_goes_to_one(real_cast: Cast) -> None:
    cast = real_cast
    clerks = [cast.clerk(drawer=False), cast.clerk("0211", "4", drawer=False)]
    card, number = cast.registered(clerks[0]), resident_id()
    others = [cast.registered(clerks[0]), cast.registered(clerks[1])]
    for clerk, other in zip(clerks, others, strict=True):
        present(cast, clerk, card.id)
        present(cast, clerk, other.id)
    at = cast.later(seconds=1)

    def change(party: PartyId, field: str, value: str, by: Actor) -> CustomerCorrected:
        given = customers.CorrectionGiven(party, (customers.Change(field, value),), Cause.ENTRY, 0)
        return correct_customer(given=given, intent=uuid4(), by=by, at=at)

    same = at_once(
        *(
            lambda by=by, name=name: change(card.id, "name", name, by)
            for by, name in zip(clerks, ("王甲", "王乙"), strict=True)
        )
    )
    assert sorted(type(one).__name__ for one in same) == ["CorrectedMeanwhile", "CustomerCorrected"]
    rows = [
        fetch_all("select id from customers_identitydocument where party_id = %s", [other.id])[0]["id"]
        for other in others
    ]
    claimed = at_once(
        *(
            lambda by=by, other=other, row=row: change(other.id, f"document:{row}", number, by)
            for by, other, row in zip(clerks, others, rows, strict=True)
        )
    )
    assert sorted(type(one).__name__ for one in claimed) == ["AlreadyRegistered", "CustomerCorrected"]
    assert count("customers_identitydocument") == 3


@pytest.mark.rule("ORD-13")
def test_pressed_twice_it_is_one_order(cast: Cast) -> None:
    clerk = cast.clerk(drawer=False)
    card = cast.registered(clerk)
    present(cast, clerk, card.id)
    intent, change = uuid4(), (customers.Change("name", "王建军"),)
    given = customers.CorrectionGiven(card.id, change, Cause.CHANGED, 0)
    first = correct_customer(given=given, intent=intent, by=clerk, at=cast.now)
    again = correct_customer(given=given, intent=intent, by=clerk, at=cast.now)
    assert first.order_id == again.order_id and count("orders_serviceorder") == 1
    other = customers.CorrectionGiven(card.id, change, Cause.ENTRY, 0)
    with pytest.raises(IntentReused):
        correct_customer(given=other, intent=intent, by=clerk, at=cast.now)


@pytest.mark.rule("ORD-02")
def test_the_correction_has_its_own_form_beside_the_basket_in_service_and_the_books_agree(cast: Cast) -> None:
    clerk = cast.clerk()
    paid = cast.new_line(clerk)
    basket = orders.basket(basket_id=paid.basket_id, scope=clerk.scope)
    present(cast, clerk, basket.party_id)
    done = correct(cast, clerk, basket.party_id, name="王建军")
    form = issue_acceptance_form(basket_id=done.basket_id, by=clerk, at=cast.now)
    assert form.content["customer"] == "王建军"
    assert form.content["services"][0]["label"]["zh"] == "更正客户资料（姓名）"
    assert verify_money(scope=ALL).findings == ()


@pytest.mark.rule("CUS-06", "SEC-05")
def test_of_merged_records_each_particular_is_corrected_where_it_stands(cast: Cast) -> None:
    clerk, manager, phone = cast.clerk(), cast.sign_in("0201"), mobile()
    one, other = (cast.registered(clerk, wang(phone=phone)) for _ in range(2))
    merge_customers(
        absorbed=other.id, survivor=one.id, documents_seen=True, reason="同一个人", intent=uuid4(), by=manager, at=cast.now
    )  # fmt: skip
    present(cast, clerk, one.id)
    row = fetch_all("select id from customers_contact where party_id = %s", [other.id])[0]["id"]
    given = customers.CorrectionGiven(
        other.id, (customers.Change(f"phone:{row}", new := mobile()),), Cause.CHANGED, 0
    )
    correct_customer(given=given, intent=uuid4(), by=clerk, at=cast.now)
    assert customers.card(other.id, scope=ALL).phone_masked[-4:] == new[-4:]
    assert customers.card(one.id, scope=ALL).phone_masked[-4:] == phone[-4:]
    assert [made.kind for made in customers.corrections_of(one.id, scope=ALL, limit=9)] == ["phone"]


@pytest.mark.rule("CUS-03")
def test_a_mistake_counts_against_whoever_made_it_and_a_change_of_life_against_nobody(cast: Cast) -> None:
    zheng, limin = cast.clerk("0211", "4", drawer=False), cast.clerk(drawer=False)
    parties = [cast.registered(zheng).id for _ in range(3)]
    for party in parties:
        present(cast, limin, party)
    correct(cast, limin, parties[0], Cause.CHANGED, phone=mobile())
    correct(cast, limin, parties[1], Cause.ENTRY, phone=mobile(), name="王建军")
    correct(cast, limin, parties[2], Cause.ENTRY, more=mobile())
    correct(cast, limin, parties[1], Cause.ENTRY, phone=mobile())
    span = {"start": cast.now - timedelta(days=1), "end": cast.now + timedelta(days=1), "scope": ALL}
    found = {one.staff_no: one.entries for one in accuracy(**span)}
    assert found["0211"] == customers.Entries(made=3, incomplete=1, wrong=1)
    assert found["0213"] == customers.Entries(made=5, incomplete=0, wrong=1)
    listed = mistakes(user_id=zheng.user_id, limit=9, **span)
    assert [(one.kind, one.missing) for one in listed] == [("phone", True), ("name", False), ("phone", False)]
    assert [one.party_id for one in mistakes(user_id=limin.user_id, limit=9, **span)] == [parties[1]]
    earlier = {**span, "end": span["start"]}
    assert accuracy(**{**earlier, "start": span["start"] - timedelta(days=9)}) == []
    guandi = cast.sign_in("0311", hall="guandi").scope
    assert accuracy(start=span["start"], end=span["end"], scope=guandi) == []
