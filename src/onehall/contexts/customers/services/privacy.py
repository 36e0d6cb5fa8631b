"""A customer's rights over their data: consent and its withdrawal, legal holds, deletion with a certificate."""

from datetime import datetime

from django.db.models import Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from onehall.contexts.customers.contracts import CustomerGiven

from onehall.contexts.customers.models import (  # isort: skip
    Agent, AuthorisedContact, Consent, Contact, DeletionCertificate, DeletionRequest, IdentityDocument, LegalHold, Party,
)  # fmt: skip
from onehall.contexts.customers.policies import GUARDIAN_AGE
from onehall.contexts.customers.queries import groups
from onehall.contexts.customers.queries.privacy import deletion_requests
from onehall.contexts.customers.rules import documents, privacy
from onehall.contexts.customers.rules.privacy import ConsentKind, DeletionState, HoldReasonMissing, Ties
from onehall.contexts.customers.rules.purposes import SHORTEST_REASON
from onehall.contexts.customers.rules.refusals import CustomerNotFound
from onehall.foundation.database import in_transaction
from onehall.foundation.policy import PolicyBook
from onehall.foundation.scopes import Actor, Scope
from onehall.foundation.values.ids import PartyId

GONE = "（已删除）"
"""What stands where a name was."""


@in_transaction
def keep_consent(
    *,
    party_id: PartyId,
    kind: ConsentKind,
    version: str,
    given: bool,
    guardian: bool,
    by: Actor,
    at: datetime,
) -> None:
    """The customer's word, as a line of its own: nothing that was said before is rewritten."""
    Consent.objects.create(
        party_id=party_id, kind=kind, version=version, given=given, guardian=guardian, at=at, hall_id=by.hall_id,
        by_id=by.user_id,
    )  # fmt: skip


@in_transaction
def keep_agreed(
    *, party_id: PartyId, given: CustomerGiven, version: str, book: PolicyBook, by: Actor, at: datetime
) -> None:
    """What was agreed at registration, each kind a line of its own; for a child it is the guardian's word."""
    today = timezone.localtime(at).date()
    number = documents.normal_number(given.document.number)
    child = documents.needs_guardian(given.document.kind, number, on=today, below=book[GUARDIAN_AGE])
    for kind in (ConsentKind.NOTICE, ConsentKind.SENSITIVE):
        keep_consent(party_id=party_id, kind=kind, version=version, given=True, guardian=child, by=by, at=at)


@in_transaction
def place_hold(*, party_id: PartyId, reason: str, by: Actor, at: datetime) -> None:
    """Nothing of this customer is deleted from now on; a hold that stands keeps its first reason. Raises HoldReasonMissing."""
    said = " ".join(reason.split())[:200]
    if len(said) < SHORTEST_REASON:
        raise HoldReasonMissing(field="reason")
    LegalHold.objects.get_or_create(
        party_id=party_id,
        lifted_at=None,
        defaults={"reason": said, "placed_at": at, "placed_by_id": by.user_id},
    )


@in_transaction
def lift_hold(*, party_id: PartyId, by: Actor, at: datetime) -> bool:
    """Whether a hold stood, which is over now."""
    mine = groups([party_id], scope=Scope.operator())[party_id]
    standing = LegalHold.objects.filter(party_id__in=mine, lifted_at=None)
    return bool(standing.update(lifted_at=at, lifted_by_id=by.user_id))


@in_transaction
def ask_deletion(
    *, party_id: PartyId, ties: Ties, keep_months: int, by: Actor, at: datetime
) -> DeletionState:
    """Keeps the wish with every obstacle that stands against it; without one it waits for the manager."""
    found = privacy.obstacles(ties, keep_months=keep_months, at=at)
    row = DeletionRequest.objects.create(
        party_id=party_id, hall_id=by.hall_id, by_id=by.user_id, at=at, obstacles=[str(one) for one in found]
    )
    return deletion_requests(scope=Scope.operator(), limit=1, request_id=row.pk)[0]


@in_transaction
def erase(*, request_id: int, by: Actor, at: datetime) -> DeletionState:
    """Name, documents, telephones, address and agents are gone; what was done and paid stays, without a person.

    The certificate is written in the same transaction. Doing it twice answers with the first certificate.
    """
    row = DeletionRequest.objects.filter(pk=request_id, obstacles=[]).first()
    if row is None or not by.scope.allows(row.hall_id):
        raise CustomerNotFound()
    mine = groups([row.party_id], scope=Scope.operator())[PartyId(row.party_id)]
    parties = Party.objects.select_for_update().filter(pk__in=mine)
    list(parties.order_by("pk"))
    if not DeletionCertificate.objects.filter(pk=row.pk).exists():
        gone = {
            "documents": IdentityDocument.objects.filter(party_id__in=mine).delete()[0],
            "phones": Contact.objects.filter(party_id__in=mine).delete()[0],
            "agents": Agent.objects.filter(party_id__in=mine).delete()[0],
            "contacts": AuthorisedContact.objects.filter(party_id__in=mine).update(
                name=GONE, number="", phone=None, ended_at=Coalesce("ended_at", Value(at))
            ),
            "records": parties.update(name=GONE, name_keys=[], initials="", name_pinyin="", address=None),
        }
        code = privacy.certificate_code(party_id=row.party_id, request=row.pk, gone=gone, at=at)
        DeletionCertificate.objects.create(request=row, code=code, gone=gone, at=at, by_id=by.user_id)
    return deletion_requests(scope=Scope.operator(), limit=1, request_id=row.pk)[0]
