"""Registering a customer with document, contacts and papers."""

from datetime import date, datetime

from django.utils import timezone

from onehall.contexts.customers.contracts import (
    AgentGiven,
    CustomerCard,
    CustomerGiven,
    PartyKind,
)
from onehall.contexts.customers.models import Agent, Contact, IdentityDocument, PaperShown, Party
from onehall.contexts.customers.policies import GUARDIAN_AGE
from onehall.contexts.customers.queries import card, root
from onehall.contexts.customers.rules import documents, masking
from onehall.contexts.customers.rules.names import check_name, search_keys
from onehall.contexts.customers.rules.papers import check_papers
from onehall.contexts.customers.rules.phones import check_phone, searched_phone
from onehall.contexts.customers.rules.refusals import AlreadyRegistered, GuardianNeeded
from onehall.foundation.database import in_transaction
from onehall.foundation.policy import PolicyBook
from onehall.foundation.scopes import Actor, Scope
from onehall.foundation.values.ids import HallId
from onehall.foundation.vault import keyed_hash


@in_transaction
def register_customer(
    *, given: CustomerGiven, hall_id: HallId, book: PolicyBook, by: Actor, at: datetime
) -> CustomerCard:
    """One customer with everything shown (CUS-01, CUS-02), registered in this hall.

    Raises BadName, BadDocument, DocumentExpired, BadPhone, PapersMissing, GuardianNeeded with the field at fault,
    and AlreadyRegistered, which names whoever holds the document, even when two clerks register it at once.
    """
    today = timezone.localtime(at).date()
    name = check_name(given.name)
    number = documents.check_holder(given.kind, given.document, on=today)
    phones = {phone: kind for kind, phone in (check_phone(typed, field="phone") for typed in given.phones)}
    check_papers(given.kind, given.papers, agent=given.agent is not None)
    _check_guardian(given, number, on=today, below=book[GUARDIAN_AGE])
    party = _create_party(given, name=name, hall_id=hall_id, by=by, at=at)
    _claim_document(party, given, number)
    Contact.objects.bulk_create(
        Contact(party=party, kind=kind, phone=phone, **_phone_hashes(phone)) for phone, kind in phones.items()
    )
    PaperShown.objects.bulk_create(
        PaperShown(
            party=party, kind=paper.kind, original=paper.original, copy=paper.copy, sealed=paper.sealed,
            at=at, by_id=by.user_id,
        )
        for paper in given.papers
    )  # fmt: skip
    if given.agent:
        _keep_agent(party, given.agent, on=today, by=by, at=at)
    return card(party.pk, scope=Scope.of(hall_id))


def _create_party(given: CustomerGiven, *, name: str, hall_id: HallId, by: Actor, at: datetime) -> Party:
    keys = search_keys(name, given.kind)
    return Party.objects.create(
        kind=given.kind,
        name=name,
        name_keys=list(keys.bigrams),
        initials=keys.initials,
        name_pinyin=keys.pinyin,
        address=given.address.strip() or None,
        registered_hall_id=hall_id,
        registered_at=at,
        by_id=by.user_id,
    )


def _claim_document(party: Party, given: CustomerGiven, number: str) -> None:
    """The unique index decides who was first; whoever waited for it finds the other customer and is refused."""
    hashed = keyed_hash(number, "document")
    document = IdentityDocument(
        party=party,
        kind=given.document.kind,
        number=number,
        number_hash=hashed,
        last4_hash=keyed_hash(number[-4:], "document.last4"),
        valid_until=given.document.valid_until,
    )
    IdentityDocument.objects.bulk_create([document], ignore_conflicts=True)
    holder = IdentityDocument.objects.select_related("party").get(
        number_hash=hashed, kind=given.document.kind
    )
    if holder.party_id != party.pk:
        raise AlreadyRegistered(
            party_id=root(holder.party_id, scope=Scope.operator()),
            name=masking.mask_name(holder.party.name),
            document=masking.mask_document(number),
        )


def _check_guardian(given: CustomerGiven, number: str, *, on: date, below: int) -> None:
    if given.agent is None and documents.needs_guardian(given.document.kind, number, on=on, below=below):
        raise GuardianNeeded(field="agent", age=below)


def _phone_hashes(phone: str) -> dict[str, bytes]:
    return {
        "phone_hash": keyed_hash(searched_phone(phone), "phone"),
        "last4_hash": keyed_hash(phone[-4:], "phone.last4"),
    }


def _keep_agent(party: Party, agent: AgentGiven, *, on: date, by: Actor, at: datetime) -> None:
    field = "agent_document"
    Agent.objects.create(
        party=party,
        name=check_name(agent.name, field="agent_name"),
        document_kind=agent.document.kind,
        number=documents.check_holder(PartyKind.INDIVIDUAL, agent.document, on=on, field=field),
        phone=check_phone(agent.phone, field="agent_phone")[1] if agent.phone.strip() else None,
        at=at,
        by_id=by.user_id,
    )
