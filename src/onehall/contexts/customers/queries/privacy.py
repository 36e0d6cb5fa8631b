"""Reads about a customer's rights: consents, holds, requests for deletion; and their own particulars in clear."""

from collections.abc import Mapping
from typing import Any

from onehall.contexts.customers.models import (  # isort: skip
    Agent, Consent, Contact, DeletionRequest, IdentityDocument, LegalHold, Party,
)  # fmt: skip
from onehall.contexts.customers.queries.people import groups
from onehall.contexts.customers.queries.seeing import seen
from onehall.contexts.customers.rules.privacy import ConsentGiven, ConsentKind, DeletionState, Obstacle
from onehall.contexts.customers.rules.refusals import CustomerNotFound
from onehall.foundation.scopes import Scope
from onehall.foundation.values.ids import PartyId


def consents(party_id: int, *, scope: Scope) -> dict[ConsentKind, ConsentGiven]:
    """The word of the customer that holds, by kind; a kind that was never asked about is absent."""
    rows = Consent.objects.filter(party_id__in=groups([party_id], scope=scope)[PartyId(party_id)]).order_by(
        "id"
    )
    return {
        ConsentKind(row.kind): ConsentGiven(
            ConsentKind(row.kind), row.version, row.given, row.guardian, row.at
        )
        for row in rows
    }


def legal_hold(party_id: int, *, scope: Scope) -> str:
    """Why nothing of this customer may be deleted now; empty without a hold."""
    mine = groups([party_id], scope=scope)[PartyId(party_id)]
    row = LegalHold.objects.filter(party_id__in=mine, lifted_at=None).first()
    return row.reason if row else ""


def deletion_requests(
    *, scope: Scope, limit: int, party_id: int | None = None, request_id: int | None = None
) -> list[DeletionState]:
    """Requests of the scope's halls, newest first; of one customer from any hall."""
    rows = DeletionRequest.objects.values(
        "id",
        "party_id",
        "at",
        "obstacles",
        "by__name",
        "certificate__code",
        "certificate__at",
        "certificate__gone",
    )
    if request_id is not None:
        rows = rows.filter(pk=request_id)
    if party_id is not None:
        rows = rows.filter(party_id__in=groups([party_id], scope=scope)[PartyId(party_id)])
    elif scope.halls is not None:
        rows = rows.filter(hall_id__in=scope.halls)
    return [_state(row) for row in rows.order_by("-id")[:limit]]


def own_particulars(party_id: int, *, scope: Scope) -> Mapping[str, Any]:
    """All that is held about who the customer is, in clear, for the customer alone (LAW-30): the caller verifies and records."""
    if not seen(scope):
        raise CustomerNotFound()
    mine = groups([party_id], scope=scope)[PartyId(party_id)]
    parties = list(Party.objects.filter(pk__in=mine).order_by("id"))
    documents = IdentityDocument.objects.filter(party_id__in=mine).order_by("id")
    agents = Agent.objects.filter(party_id__in=mine).order_by("id")
    return {
        "names": [party.name for party in parties],
        "addresses": [party.address for party in parties if party.address],
        "documents": [{"kind": one.kind, "number": one.number} for one in documents],
        "phones": [one.phone for one in Contact.objects.filter(party_id__in=mine).order_by("id")],
        "agents": [{"name": one.name, "number": one.number, "phone": one.phone} for one in agents],
        "registered_at": min(party.registered_at for party in parties).isoformat(),
    }


def _state(row: Mapping[str, Any]) -> DeletionState:
    return DeletionState(
        id=row["id"], party_id=PartyId(row["party_id"]), at=row["at"], by_name=row["by__name"],
        obstacles=tuple(Obstacle(one) for one in row["obstacles"]), code=row["certificate__code"] or "",
        done_at=row["certificate__at"], gone=row["certificate__gone"] or {},
    )  # fmt: skip
