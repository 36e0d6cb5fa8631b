"""Reads of customers. Any hall of the operator may find a customer; the full record needs a purpose (SEC-01)."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, TypeVar

from django.db.models import QuerySet

from onehall.contexts.customers.contracts import (
    ContactKind,
    CustomerCard,
    CustomerRecord,
    DocumentKind,
    OnPaper,
    Paper,
    PaperKind,
    Particular,
    PartyKind,
    Purpose,
    PurposeKind,
    Verification,
)

from onehall.contexts.customers.models import (  # isort: skip
    AccessPurpose, Agent, Contact, IdentityDocument, PaperShown, Party,
)  # fmt: skip
from onehall.contexts.customers.queries.seeing import seen
from onehall.contexts.customers.rules import masking
from onehall.contexts.customers.rules.documents import normal_number
from onehall.contexts.customers.rules.merging import Traits
from onehall.contexts.customers.rules.refusals import CustomerNotFound, PurposeNeeded
from onehall.foundation.database import Asking, Question, asks, fetch_all
from onehall.foundation.scopes import Scope
from onehall.foundation.values.ids import HallId, PartyId, UserId
from onehall.foundation.vault import all_hashed, keyed_hashes

_PAYER = """
    select p.name, n.full_label from customers_party p
    left join customers_premises n on n.id = %(dwelling)s where p.id = %(party)s
"""
_GROUPS = "select id, pub_customers_group(id) as members from unnest(%(parties)s::bigint[]) as x(id)"
Owned = TypeVar("Owned", IdentityDocument, Contact)


def cards(party_ids: Sequence[int], *, scope: Scope) -> dict[PartyId, CustomerCard]:
    """The masked cards of these customers, in three queries however many they are; unknown ids are left out."""
    if not seen(scope):
        return {}
    documents = _first_by_party(IdentityDocument.objects.filter(party_id__in=party_ids).order_by("id"))
    contacts = _first_by_party(Contact.objects.filter(party_id__in=party_ids).order_by("id"))
    parties = Party.objects.filter(id__in=party_ids).only("id", "kind", "name", "registered_hall_id")
    return {PartyId(p.pk): _card(p, documents.get(p.pk), contacts.get(p.pk)) for p in parties}


def card(party_id: int, *, scope: Scope) -> CustomerCard:
    """One customer's masked card, or CustomerNotFound."""
    found = cards([party_id], scope=scope)
    if not found:
        raise CustomerNotFound()
    return found[PartyId(party_id)]


def card_of_document(kind: DocumentKind, number: str, *, scope: Scope) -> CustomerCard | None:
    """Whoever is registered by this document, typed or read by a reader."""
    if not seen(scope):
        return None
    hashes = keyed_hashes(normal_number(number), "document")
    party_id = (
        IdentityDocument.objects.filter(number_hash__in=hashes, kind=kind)
        .values_list("party_id", flat=True)
        .first()
    )
    return card(root(party_id, scope=scope), scope=scope) if party_id else None


def root(party_id: int, *, scope: Scope) -> PartyId:
    """The record that this one is read as since a merge (CUS-06); itself where there was none."""
    return groups([party_id], scope=scope).get(party_id, [PartyId(party_id)])[0]


def groups(party_ids: Sequence[int], *, scope: Scope) -> dict[int, list[PartyId]]:
    """For each of these every record that is the same customer by now, the one that is left first; in one query."""
    rows = fetch_all(_GROUPS, {"parties": list(party_ids)}) if seen(scope) else []
    return {row["id"]: [PartyId(one) for one in row["members"]] for row in rows}


def traits(party_id: int, *, scope: Scope) -> Traits:
    """What the customer is recognised by, everything merged into the record included. CustomerNotFound."""
    mine = groups([party_id], scope=scope).get(party_id, [])
    kind = Party.objects.filter(pk__in=mine).values_list("kind", flat=True).first()
    if kind is None:
        raise CustomerNotFound()
    documents = IdentityDocument.objects.filter(party_id__in=mine).values_list("number_hash", flat=True)
    callings = Contact.objects.filter(party_id__in=mine).values_list("party__name", "phone_hash")
    names = frozenset((name, bytes(phone)) for name, phone in callings)
    return Traits(kind, frozenset(bytes(number) for number in documents), names)


def parties_by_document(numbers: Sequence[str], *, scope: Scope) -> dict[str, tuple[PartyId, str]]:
    """Party and name of those whose resident ID is registered, by the ID in its normal form."""
    hashes = all_hashed(numbers, "document") if seen(scope) else {}
    kept = IdentityDocument.objects.filter(number_hash__any_of=hashes.keys(), kind=DocumentKind.RESIDENT_ID)
    rows = kept.values_list("number_hash", "party_id", "party__name")
    return {hashes[bytes(hashed)]: (PartyId(party_id), name) for hashed, party_id, name in rows}


def document_ends_with(party_id: int, figures: str, *, scope: Scope) -> bool:
    """Whether a document of this customer ends with these four figures (or an X), by its hash alone (SEC-07)."""
    typed = normal_number(figures)
    if not seen(scope) or len(typed) != len("1234"):
        return False
    mine = groups([party_id], scope=scope)[party_id]
    hashes = keyed_hashes(typed, "document.last4")
    return IdentityDocument.objects.filter(party_id__in=mine, last4_hash__in=hashes).exists()


def purpose(purpose_id: int, *, scope: Scope) -> Purpose:
    """One stated purpose, or CustomerNotFound."""
    found = _purposes(scope).filter(pk=purpose_id).first()
    if found is None:
        raise CustomerNotFound()
    return _purpose(found)


def purpose_in_force(party_id: int, *, user_id: int, at: datetime, scope: Scope) -> Purpose | None:
    """The purpose of longest validity that this person has stated for this customer, or None."""
    found = _purposes(scope).filter(
        party_id=party_id, by_id=user_id, stated_at__lte=at, valid_until__gt=at, closing=None
    )
    return next((_purpose(row) for row in found.order_by("-valid_until", "-id")[:1]), None)


def verification_in_force(party_id: int, *, user_id: int, at: datetime, scope: Scope) -> Purpose | None:
    """The purpose under which the customer proved to this person who they are (SEC-02), or None: a case or an emergency is none."""
    found = _purposes(scope).filter(
        party_id=party_id,
        by_id=user_id,
        kind=PurposeKind.PRESENT_VERIFIED,
        stated_at__lte=at,
        valid_until__gt=at,
        closing=None,
    )
    return next((_purpose(row) for row in found.order_by("-valid_until", "-id")[:1]), None)


def record(party_id: int, *, user_id: int, at: datetime, scope: Scope) -> CustomerRecord:
    """The full record under a purpose in force, every field masked; PurposeNeeded without one (SEC-01, SEC-07)."""
    shown = card(party_id, scope=scope)
    held = purpose_in_force(party_id, user_id=user_id, at=at, scope=scope)
    if held is None:
        raise PurposeNeeded()
    mine = groups([party_id], scope=scope)[party_id]
    parties = sorted(Party.objects.filter(pk__in=mine), key=lambda party: mine.index(PartyId(party.pk)))
    papers = PaperShown.objects.filter(party_id__in=mine).order_by("id")
    shown_papers = papers.values_list("kind", "original", "copy", "sealed", "at", "by__name")
    return CustomerRecord(
        card=shown,
        purpose=held,
        particulars=tuple(one for party in parties for one in _particulars(party)),
        papers=tuple(Paper(PaperKind(row[0]), *row[1:]) for row in shown_papers),
        agents=tuple(Agent.objects.filter(party_id__in=mine).order_by("id").values_list("name", flat=True)),
        registered_at=min(party.registered_at for party in parties),
    )


def numbers_in_clear(party_ids: Sequence[int], *, scope: Scope) -> dict[PartyId, tuple[str, str]]:
    """Document and telephone of these customers in clear, for an export that was allowed to hold them, or a call that is due (SEC-04, SEC-07)."""
    if not seen(scope):
        return {}
    documents = _first_by_party(IdentityDocument.objects.filter(party_id__in=party_ids).order_by("id"))
    contacts = _first_by_party(Contact.objects.filter(party_id__in=party_ids).order_by("id"))
    return {
        PartyId(party): (
            documents[party].number if party in documents else "",
            contacts[party].phone if party in contacts else "",
        )
        for party in party_ids
    }


def mobiles(party_ids: Sequence[int], *, scope: Scope) -> dict[PartyId, str]:
    """The mobile number last given by each of these customers, in clear, to send them a message (BIL-06); others are left out."""
    rows = Contact.objects.filter(party_id__in=party_ids, kind=ContactKind.MOBILE).order_by("id")
    return {PartyId(one.party_id): one.phone for one in rows} if seen(scope) else {}


def on_paper(party_id: int, *, scope: Scope) -> OnPaper:
    """Name, document, telephone and agent in clear for the papers of the customer's own order, or CustomerNotFound."""
    party = Party.objects.filter(pk=party_id).first() if seen(scope) else None
    if party is None:
        raise CustomerNotFound()
    document = party.documents.order_by("id").first()
    contact = party.contacts.order_by("id").first()
    agent = party.agents.order_by("-id").first()
    return OnPaper(
        name=party.name,
        document_kind=DocumentKind(document.kind) if document else None,
        document=document.number if document else "",
        phone=contact.phone if contact else "",
        agent=agent.name if agent else "",
        papers=tuple(PaperKind(kind) for kind in party.papers.order_by("id").values_list("kind", flat=True)),
    )


@asks
def payer(party_id: int, *, dwelling_id: int | None, scope: Scope) -> Asking[tuple[str, str]]:
    """Name and dwelling for a receipt in one read, on the path of every payment. CustomerNotFound."""
    found = (yield Question(_PAYER, {"party": party_id, "dwelling": dwelling_id})) if seen(scope) else []
    if not found:
        raise CustomerNotFound()
    return found[0]["name"], found[0]["full_label"] or ""


def purposes_of(party_id: int, *, scope: Scope, limit: int) -> list[Purpose]:
    """Who looked at this customer and why, newest first: the customer may ask for it (SEC-07)."""
    mine = groups([party_id], scope=scope).get(party_id, [])
    return [_purpose(row) for row in _purposes(scope).filter(party_id__in=mine).order_by("-id")[:limit]]


def break_glass_purposes(*, start: datetime, end: datetime, scope: Scope) -> list[Purpose]:
    """Break-glass purposes stated in [start, end) in the scope's halls, for the manager the same day (SEC-01)."""
    found = _purposes(scope).filter(kind=PurposeKind.BREAK_GLASS, stated_at__gte=start, stated_at__lt=end)
    if scope.halls is not None:
        found = found.filter(hall_id__in=scope.halls)
    return [_purpose(row) for row in found.order_by("stated_at")]


def _first_by_party(rows: Iterable[Owned]) -> dict[int, Owned]:
    first: dict[int, Owned] = {}
    for row in rows:
        first.setdefault(row.party_id, row)
    return first


def _card(party: Party, document: IdentityDocument | None, contact: Contact | None) -> CustomerCard:
    return CustomerCard(
        id=PartyId(party.pk), kind=PartyKind(party.kind), name=party.name,
        document_kind=DocumentKind(document.kind) if document else None,
        document_masked=masking.mask_document(document.number) if document else "",
        phone_masked=masking.mask_phone(contact.phone) if contact else "",
        registered_hall_id=HallId(party.registered_hall_id),
    )  # fmt: skip


def _particulars(party: Party) -> Iterable[Particular]:
    for document in party.documents.order_by("id"):
        yield Particular(f"document:{document.pk}", document.kind, masking.mask_document(document.number))
    for contact in party.contacts.order_by("id"):
        yield Particular(f"phone:{contact.pk}", contact.kind, masking.mask_phone(contact.phone))
    if party.address:
        yield Particular(f"address:{party.pk}", "address", masking.mask_address(party.address))
    for agent in party.agents.order_by("id"):
        yield Particular(
            f"agent_document:{agent.pk}", agent.document_kind, masking.mask_document(agent.number)
        )
        if agent.phone:
            yield Particular(f"agent_phone:{agent.pk}", "agent_phone", masking.mask_phone(agent.phone))


def _purposes(scope: Scope) -> QuerySet[AccessPurpose, Any]:
    rows = AccessPurpose.objects.all() if seen(scope) else AccessPurpose.objects.none()
    return rows.values(
        "id", "party_id", "by_id", "by__name", "hall_id", "kind", "verification", "case", "reason",
        "stated_at", "valid_until",
    )  # fmt: skip


def _purpose(row: dict[str, Any]) -> Purpose:
    return Purpose(
        id=row["id"], party_id=PartyId(row["party_id"]), by_id=UserId(row["by_id"]), by_name=row["by__name"],
        hall_id=HallId(row["hall_id"]), kind=PurposeKind(row["kind"]),
        verification=Verification(row["verification"]) if row["verification"] else None, case=row["case"],
        reason=row["reason"], stated_at=row["stated_at"], valid_until=row["valid_until"],
    )  # fmt: skip
