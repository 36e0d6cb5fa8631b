"""Looking at customers' data: purposes, refusals that are logged, one field at a time in the clear."""

from datetime import datetime
from typing import Any

from django.db.models import Manager

from onehall.contexts.customers.contracts import Purpose, PurposeStated, Revealed
from onehall.contexts.customers.models import (
    AccessPurpose,
    AccessRefusal,
    Agent,
    Contact,
    IdentityDocument,
    Party,
    PurposeClosing,
)
from onehall.contexts.customers.policies import PURPOSE_VALIDITY
from onehall.contexts.customers.queries import card, groups, purpose, purpose_in_force
from onehall.contexts.customers.rules.purposes import check_purpose, may_be_told, purpose_end
from onehall.contexts.customers.rules.refusals import AskedByAnother, CustomerNotFound, PurposeNeeded
from onehall.contexts.customers.services.standing import check_presence, keep_acting
from onehall.foundation.database import in_transaction
from onehall.foundation.policy import PolicyBook
from onehall.foundation.refusals import Refusal
from onehall.foundation.scopes import Actor, Scope
from onehall.foundation.values.ids import PartyId

_SOURCES: dict[str, tuple[Manager[Any], str]] = {
    "document": (IdentityDocument.objects, "number"),
    "phone": (Contact.objects, "phone"),
    "agent_document": (Agent.objects, "number"),
    "agent_phone": (Agent.objects, "phone"),
    "address": (Party.objects, "address"),
}


@in_transaction
def state_purpose(
    *, party_id: PartyId, stated: PurposeStated, book: PolicyBook, by: Actor, at: datetime
) -> Purpose:
    """Opens the record of this customer to this person for as long as the policy allows (SEC-01).

    Raises AskedByAnother when the request is on somebody else's behalf (SEC-02; the caller logs it with
    `log_refusal`), PurposeIncomplete with the field that is missing, CustomerNotFound; for an organisation that names
    its contacts ContactNeeded, ContactUnknown, ContactExpired (CUS-07).
    """
    card(party_id, scope=by.scope)
    if not may_be_told(stated):
        raise AskedByAnother(field="for_self")
    check_purpose(stated)
    acting = check_presence(party_id=party_id, stated=stated, by=by, at=at)
    row = AccessPurpose.objects.create(
        party_id=party_id,
        hall_id=by.hall_id,
        by_id=by.user_id,
        kind=stated.kind,
        verification=stated.verification or "",
        case=stated.case.strip(),
        reason=stated.reason.strip(),
        stated_at=at,
        valid_until=purpose_end(at, minutes=book[PURPOSE_VALIDITY]),
    )
    if acting is not None:
        keep_acting(purpose_id=row.pk, contact_id=acting)
    return purpose(row.pk, scope=by.scope)


@in_transaction
def close_purposes(*, party_id: PartyId, by: Actor, at: datetime) -> int:
    """The service is over: the purposes that still open this customer's record to this person end now (SEC-03); how many."""
    mine = groups([party_id], scope=Scope.operator())[party_id]
    open_ = AccessPurpose.objects.filter(
        party_id__in=mine, by_id=by.user_id, valid_until__gt=at, closing=None
    )
    ends = [PurposeClosing(purpose_id=number, at=at) for number in open_.values_list("pk", flat=True)]
    PurposeClosing.objects.bulk_create(ends, ignore_conflicts=True)
    return len(ends)


@in_transaction
def log_refusal(*, party_id: PartyId, refusal: Refusal, reason: str = "", by: Actor, at: datetime) -> None:
    """Keeps that a look at this customer was refused, and by which rule (SEC-02)."""
    AccessRefusal.objects.create(
        party_id=party_id,
        hall_id=by.hall_id,
        by_id=by.user_id,
        code=refusal.code,
        rule=refusal.rule,
        reason=reason[:300],
        at=at,
    )


@in_transaction
def reveal_field(*, party_id: PartyId, field: str, by: Actor, at: datetime) -> Revealed:
    """One field in the clear (SEC-07); the caller writes the audit line in the same transaction.

    `field` is a name from `CustomerRecord.particulars`. Raises PurposeNeeded without a purpose in force,
    CustomerNotFound when this customer has no such field.
    """
    card(party_id, scope=by.scope)
    held = purpose_in_force(party_id, user_id=by.user_id, at=at, scope=by.scope)
    if held is None:
        raise PurposeNeeded()
    value = _clear(party_id, field)
    if not value:
        raise CustomerNotFound(field=field)
    return Revealed(field=field, value=value, purpose_id=held.id)


def _clear(party_id: int, field: str) -> str | None:
    kind, _, number = field.partition(":")
    rows = _SOURCES.get(kind)
    if rows is None or not number.isdecimal():
        return None
    manager, column = rows
    mine = groups([party_id], scope=Scope.operator())[party_id]
    owner = "pk" if kind == "address" else "party_id"
    row = manager.filter(pk=int(number), **{f"{owner}__in": mine}).first()
    return getattr(row, column) if row else None
