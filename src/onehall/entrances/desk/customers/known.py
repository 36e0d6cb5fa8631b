"""Somebody who is known already: at registration opened instead, on the page shown with every record of theirs (CUS-06)."""

from typing import Any

from onehall.contexts.customers import api as customers
from onehall.entrances.desk.serving.views import require_free
from onehall.foundation.scopes import Scope
from onehall.foundation.values.ids import PartyId
from onehall.foundation.web.requests import Request
from onehall.journeys.register_customer import register_customer
from onehall.readings.duplicates import known_as, suspects_of

_SHOWN = 3


def register_unless_known(
    request: Request, given: customers.CustomerGiven, agreed: customers.Agreed, intent: Any
) -> customers.CustomerCard:
    """The new customer. Whoever is known by document, or by name and telephone, is named with the way to their page.

    A name and telephone alone give way to the clerk's “another customer”; a document does not.
    """
    try:
        if request.POST.get("another_customer") != "1":
            _refuse_known(given, request.actor.scope)
        require_free(request, given.document)
        return register_customer(intent=intent, given=given, agreed=agreed, by=request.actor, at=request.at)
    except customers.AlreadyRegistered as refusal:
        refusal.href = f"/desk/customers/{refusal.party_id}"
        raise


def _refuse_known(given: customers.CustomerGiven, scope: Scope) -> None:
    """By document it is the registration itself that answers: the same form sent twice is the same customer."""
    if customers.card_of_document(given.document.kind, given.document.number, scope=scope) is not None:
        return
    found = known_as(given=given, scope=scope)
    if found is not None:
        card = customers.card(found, scope=scope)
        refusal = customers.MaybeKnown(
            name=customers.mask_name(card.name), document=card.document_masked or "—"
        )
        refusal.href = f"/desk/customers/{found}"
        raise refusal


def records_of(party_id: PartyId, scope: Scope) -> dict[str, Any]:
    """The records merged into this one, and those that may be the same customer."""
    members = customers.groups([party_id], scope=scope)[party_id]
    suspects = suspects_of(party_id=party_id, scope=scope, limit=_SHOWN)
    cards = customers.cards([*members[1:], *suspects], scope=scope) if members[1:] or suspects else {}
    return {
        "merged_records": [cards[one] for one in members[1:]],
        "suspects": [cards[one] for one in suspects if one in cards],
    }
