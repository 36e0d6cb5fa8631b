"""登记客户, 说明事由, 显示一项: the procedures around a customer's data, each one transaction."""

from dataclasses import replace
from typing import Any
from uuid import uuid4

import pytest

from onehall.contexts.catalogue.api import Wording, establish_wording
from onehall.contexts.customers.api import (
    Agreed,
    AlreadyRegistered,
    AskedByAnother,
    CaseNotOpen,
    CustomerCard,
    CustomerGiven,
    PurposeKind,
    PurposeNeeded,
    PurposeStated,
    Verification,
)
from onehall.contexts.customers.models import AccessRefusal, Contact, Party
from onehall.contexts.orders.models import Basket, OrderArchive, ServiceOrder
from onehall.contexts.organisation.models import Counter
from onehall.foundation.audit.models import AuditEntry
from onehall.foundation.database import transaction
from onehall.foundation.idempotency import IntentReused
from onehall.foundation.outbox.models import OutboxEvent
from onehall.foundation.policy.services import establish_value
from onehall.foundation.scopes import Actor, NotPermitted
from onehall.foundation.values.text import Text
from onehall.journeys.register_customer import register_customer
from onehall.journeys.reveal_field import reveal_field
from onehall.journeys.state_purpose import state_purpose
from tests.rooms.reception import LATER, NOON, SOON, hall, liu, resident_id, staff, wang

AGREED = Agreed("1", notice=True, sensitive=True)
PRESENT = PurposeStated(PurposeKind.PRESENT_VERIFIED, Verification.ID_DOCUMENT)


@pytest.fixture
def clerk(real_db: str) -> Actor:
    """李敏 in a hall with its policies."""
    with transaction():
        for key, value in (("customers.purpose_validity", 30), ("customers.guardian_age", 14)):
            establish_value(key=key, value=value, valid_from=NOON, source="test", verified=True, at=NOON)
        told = Wording("terms", "privacy", "1", Text("告知", "Notice"), (Text("告知", "Notice"),))
        establish_wording(wording=told, by=None, at=NOON)
        return staff(hall())


def register(given: CustomerGiven, by: Actor, intent: Any = None) -> CustomerCard:
    return register_customer(intent=intent or uuid4(), given=given, agreed=AGREED, by=by, at=NOON)


def order_of(card: CustomerCard, by: Actor, serial: str) -> int:
    """An order of this customer that is under way."""
    counter = Counter.objects.create(hall_id=by.hall_id, no="1", capabilities=[], changed_at=NOON)
    basket = Basket.objects.create(
        hall_id=by.hall_id,
        counter_id=counter.pk,
        party_id=card.id,
        by_id=by.user_id,
        policy_version=1,
        opened_at=NOON,
    )
    return ServiceOrder.objects.create(
        hall_id=by.hall_id, basket=basket, line=1, kind="new_broadband", offering="x", price_version=1, quantity=1,
        amount_fen=56_000, party_id=card.id, serial=serial, policy_version=1, accepted_at=NOON, by_id=by.user_id,
    ).pk  # fmt: skip


def lines(action: str) -> list[AuditEntry]:
    return list(AuditEntry.objects.filter(action=action).order_by("id"))


@pytest.mark.rule("CUS-01", "SEC-07")
def test_a_registration_leaves_a_line_without_personal_data(clerk: Actor) -> None:
    card = register(wang(), clerk)
    (line,) = lines("customer.registered")
    assert (line.subject_id, line.rule, line.hall_id) == (str(card.id), "CUS-01", clerk.hall_id)
    assert not any(word in str(line.details) for word in ("王建国", resident_id(), "13812346021"))
    assert OutboxEvent.objects.get(topic="customers.registered").payload == {"party_id": card.id}


@pytest.mark.rule("ORD-13")
def test_pressed_twice_there_is_one_customer(clerk: Actor) -> None:
    intent = uuid4()
    assert register(wang(), clerk, intent) == register(wang(), clerk, intent)
    assert Party.objects.count() == len(lines("customer.registered")) == 1
    with pytest.raises(IntentReused):
        register(liu(), clerk, intent)


@pytest.mark.rule("CUS-02")
def test_a_known_document_leads_to_its_customer_and_leaves_nothing(clerk: Actor) -> None:
    card = register(wang(), clerk)
    with pytest.raises(AlreadyRegistered) as refused:
        register(wang(name="王建军"), clerk)
    assert refused.value.party_id == card.id
    assert Party.objects.count() == len(lines("customer.registered")) == 1


@pytest.mark.rule("ORG-06")
def test_without_the_permission_nothing_happens(clerk: Actor) -> None:
    card = register(wang(), clerk)
    stranger = replace(clerk, permissions=frozenset())
    with pytest.raises(NotPermitted):
        register(liu(), stranger)
    with pytest.raises(NotPermitted):
        state_purpose(party_id=card.id, stated=PRESENT, by=stranger, at=NOON)
    with pytest.raises(NotPermitted):
        reveal_field(party_id=card.id, field="phone:1", by=stranger, at=NOON)


@pytest.mark.rule("SEC-01", "SEC-02")
def test_a_stated_purpose_is_in_the_trail_with_how_the_customer_was_verified(clerk: Actor) -> None:
    card = register(wang(), clerk)
    purpose = state_purpose(party_id=card.id, stated=PRESENT, by=clerk, at=NOON)
    (line,) = lines("customer.opened")
    assert line.details == {
        "purpose_id": purpose.id,
        "kind": "present_verified",
        "verification": "id_document",
    }
    assert not OutboxEvent.objects.filter(topic="customers.break_glass").exists()


@pytest.mark.rule("SEC-01")
def test_break_glass_reaches_the_managers_screen_at_once(clerk: Actor) -> None:
    card = register(wang(), clerk)
    stated = PurposeStated(PurposeKind.BREAK_GLASS, reason="漏水抢修联系住户")
    purpose = state_purpose(party_id=card.id, stated=stated, by=clerk, at=NOON)
    told = OutboxEvent.objects.get(topic="customers.break_glass")
    assert (told.hall_id, told.payload) == (clerk.hall_id, {"purpose_id": purpose.id})


@pytest.mark.rule("SEC-01")
def test_a_case_opens_a_record_only_while_it_is_this_customers_and_under_way(clerk: Actor) -> None:
    owner, other = register(wang(), clerk), register(liu(), clerk)
    order = order_of(owner, clerk, serial="LH20261121004")
    stated = PurposeStated(PurposeKind.OPEN_CASE, case="LH20261121004")
    assert state_purpose(party_id=owner.id, stated=stated, by=clerk, at=NOON).case == "LH20261121004"
    assert state_purpose(party_id=owner.id, stated=replace(stated, case=str(order)), by=clerk, at=NOON)
    for party, case in ((other, "LH20261121004"), (owner, "LH20261121005")):
        with pytest.raises(CaseNotOpen):
            state_purpose(party_id=party.id, stated=replace(stated, case=case), by=clerk, at=NOON)
    assert AccessRefusal.objects.filter(code="customers.case_not_open").count() == 2
    OrderArchive.objects.create(order_id=order, at=NOON, by_id=clerk.user_id)
    with pytest.raises(CaseNotOpen):
        state_purpose(party_id=owner.id, stated=stated, by=clerk, at=NOON)


@pytest.mark.rule("SEC-02")
def test_a_query_for_somebody_else_is_refused_and_the_refusal_stays(clerk: Actor) -> None:
    card = register(wang(), clerk)
    stated = replace(PRESENT, for_self=False, reason="妻子查话单")
    with pytest.raises(AskedByAnother):
        state_purpose(party_id=card.id, stated=stated, by=clerk, at=NOON)
    assert AccessRefusal.objects.get().reason == "妻子查话单"
    assert [line.rule for line in lines("customer.access_refused")] == ["SEC-02"]
    with pytest.raises(PurposeNeeded):
        reveal_field(party_id=card.id, field="phone:1", by=clerk, at=NOON)


@pytest.mark.rule("SEC-07", "SEC-01")
def test_every_revealed_field_is_a_line_and_so_is_every_attempt_without_a_purpose(clerk: Actor) -> None:
    card = register(wang(), clerk)
    field = f"phone:{Contact.objects.get().pk}"
    with pytest.raises(PurposeNeeded):
        reveal_field(party_id=card.id, field=field, by=clerk, at=NOON)
    purpose = state_purpose(party_id=card.id, stated=PRESENT, by=clerk, at=NOON)
    assert reveal_field(party_id=card.id, field=field, by=clerk, at=SOON).value == "13812346021"
    with pytest.raises(PurposeNeeded):
        reveal_field(party_id=card.id, field=field, by=clerk, at=LATER)
    assert [line.details for line in lines("customer.field_revealed")] == [
        {"field": field, "purpose_id": purpose.id}
    ]
    assert len(lines("customer.access_refused")) == AccessRefusal.objects.count() == 2
