"""What the customer was told by message and how far it came, and in which language they are written to (BIL-06)."""

from django.http import HttpResponse
from django.shortcuts import render

from onehall.contexts.customers import api as customers
from onehall.entrances.desk.counter.surroundings import surroundings
from onehall.foundation.values.ids import PartyId
from onehall.foundation.web.permit import permit
from onehall.foundation.web.requests import Request
from onehall.foundation.web.responses import go
from onehall.journeys.choose_language import choose_language
from onehall.readings.messages import messages_of

_RECENT = 30


@permit("customer.open", methods=("GET",))
def show(request: Request, party_id: int) -> HttpResponse:
    """The newest first; without a purpose first the question why (SEC-01)."""
    by, scope = request.actor, request.actor.scope
    card = customers.card(party_id, scope=scope)
    root = customers.root(party_id, scope=scope)
    purpose = customers.purpose_in_force(root, user_id=by.user_id, at=request.at, scope=scope)
    if purpose is None:
        return go(request, f"/desk/customers/{party_id}")
    facts = {
        "card": card,
        "rows": messages_of(purpose=purpose, limit=_RECENT, scope=scope),
        "language": customers.languages([root], scope=scope)[root],
        "languages": list(customers.LANGUAGES.items()),
        "back_href": f"/desk/customers/{party_id}",
    }
    return render(request, "desk/customers/messages.html", {**surroundings(request), **facts})


@permit("customer.open", methods=("POST",))
def language(request: Request, party_id: int) -> HttpResponse:
    """From the next message on."""
    choose_language(
        party_id=PartyId(party_id), language=request.POST.get("language", ""), by=request.actor, at=request.at
    )
    return go(request, f"/desk/customers/{party_id}/messages")
