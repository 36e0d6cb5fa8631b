"""Registering a customer with document, contacts and papers."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from django.db.models import Model, QuerySet
from django.utils import timezone

from onehall.contexts.customers.contracts import (
    AgentGiven,
    CustomerCard,
    CustomerGiven,
    DocumentKind,
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
from onehall.foundation.vault import keyed_hash, keyed_hashes


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
    _claim_document(party, given.document.kind, number, given.document.valid_until)
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


@in_transaction
def rehash(*, table: str, after: int, limit: int) -> tuple[int | None, int, int]:
    """After the search key has changed (SEC-07): the next `limit` rows beyond `after` under the new one; `table` is
    documents or contacts.

    The last row seen (None: no more), how many changed, and how many could not, because another row holds the same
    number already: a duplicate for a person to judge.
    """
    model, value, column, beside, hashes = _HASHED[table]
    rows = list(_next(model, after, limit))
    fresh = {row.pk: hashes(getattr(row, value)) for row in rows}
    changed = [row for row in rows if bytes(getattr(row, column)) != fresh[row.pk][column]]
    wanted = [fresh[row.pk][column] for row in changed]
    held = model._default_manager.filter(**{f"{column}__in": wanted}).values_list(column, beside)
    taken = {(bytes(whole), other) for whole, other in held}
    free = [row for row in changed if (fresh[row.pk][column], getattr(row, beside)) not in taken]
    for row in free:
        model._default_manager.filter(pk=row.pk).update(**fresh[row.pk])
    return rows[-1].pk if rows else None, len(free), len(changed) - len(free)


def _document_hashes(number: str) -> dict[str, bytes]:
    """What a document is found by: hashes of the whole number and of its end."""
    return {
        "number_hash": keyed_hash(number, "document"),
        "last4_hash": keyed_hash(number[-4:], "document.last4"),
    }


def _phone_hashes(phone: str) -> dict[str, bytes]:
    """What a telephone is found by: hashes of the whole number and of its end."""
    return {
        "phone_hash": keyed_hash(searched_phone(phone), "phone"),
        "last4_hash": keyed_hash(phone[-4:], "phone.last4"),
    }


def _next(model: type[Model], after: int, limit: int) -> QuerySet[Any]:
    """Locked, so that what a clerk changes meanwhile is neither lost nor missed."""
    return model._default_manager.filter(pk__gt=after).order_by("pk").select_for_update(no_key=True)[:limit]


_HASHED: dict[str, tuple[type[Model], str, str, str, Callable[[str], dict[str, bytes]]]] = {
    "documents": (IdentityDocument, "number", "number_hash", "kind", _document_hashes),
    "contacts": (Contact, "phone", "phone_hash", "party_id", _phone_hashes),
}


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


def _claim_document(
    party: Party, kind: DocumentKind, number: str, valid_until: date | None
) -> IdentityDocument:
    """The unique index decides who was first; whoever waited for it finds the other customer and is refused."""
    hashes = keyed_hashes(number, "document")
    known = IdentityDocument.objects.select_related("party").filter(kind=kind)
    holder = known.filter(number_hash__in=hashes[1:]).first()
    if holder is None:
        document = IdentityDocument(
            party=party, kind=kind, number=number, valid_until=valid_until, **_document_hashes(number)
        )
        IdentityDocument.objects.bulk_create([document], ignore_conflicts=True)
        holder = known.get(number_hash=hashes[0])
    if holder.party_id != party.pk:
        raise AlreadyRegistered(
            party_id=root(holder.party_id, scope=Scope.operator()),
            name=masking.mask_name(holder.party.name),
            document=masking.mask_document(number),
        )
    return holder


def _check_guardian(given: CustomerGiven, number: str, *, on: date, below: int) -> None:
    if given.agent is None and documents.needs_guardian(given.document.kind, number, on=on, below=below):
        raise GuardianNeeded(field="agent", age=below)


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
