"""过户 at the desk: who may take the line over, why it cannot pass on, and the two forms (SEC-05)."""

from typing import Any
from uuid import uuid4

from django.http import HttpResponse
from django.shortcuts import render

from onehall.contexts.customers import api as customers
from onehall.contexts.orders import api as orders
from onehall.contexts.subscriptions import api as subscriptions
from onehall.entrances.desk.counter.forms import intent_of, whole_number
from onehall.entrances.desk.counter.surroundings import surroundings
from onehall.foundation.refusals import Refusal
from onehall.foundation.scopes import Scope
from onehall.foundation.values.ids import PartyId, SubscriptionId
from onehall.foundation.web.permit import permit
from onehall.foundation.web.requests import Request
from onehall.foundation.web.responses import go
from onehall.journeys.state_purpose import state_purpose
from onehall.journeys.transfer_line import GIVEN, TAKEN, transfer_line
from onehall.steps.transferring import read_standing, refusal_of

_DOCUMENT_SEEN = customers.PurposeStated(
    customers.PurposeKind.PRESENT_VERIFIED, customers.Verification.ID_DOCUMENT
)


class OwnerUnknown(Refusal):
    """Nobody is registered under the document."""

    code = "transfer.owner_unknown"
    rule = "CUS-01"
    status = 404
    zh = "没有用这个证件登记过的客户。"
    en = "No customer is registered under this document."
    alternative_zh = "核对号码；没登记过的，先把这位挂起，登记新户主，再回来过户。"
    alternative_en = "Check the number. If they were never registered, hold this customer, register the new owner, and come back."


@permit("line.transfer")
def transfer(request: Request, subscription_id: int) -> HttpResponse:
    """Whoever this clerk has just checked may take it over; sent, both get an order to sign."""
    line_id = SubscriptionId(subscription_id)
    if request.method == "GET":
        return render(request, "desk/customers/transfer.html", _facts(request, line_id))
    if "number" in request.POST:
        return _checked(request, line_id)
    owner = PartyId(whole_number(request, "owner"))
    transfer_line(
        subscription_id=line_id, owner=owner, intent=intent_of(request), by=request.actor, at=request.at
    )
    return go(request, f"/desk/accounts/{subscription_id}/transfer?done=1")


def _checked(request: Request, line_id: SubscriptionId) -> HttpResponse:
    """The new owner's document lies on the counter and its number was typed: they are verified beside whoever is served."""
    number, scope = request.POST["number"].strip(), request.actor.scope
    found = (customers.card_of_document(kind, number, scope=scope) for kind in customers.DocumentKind)
    owner = next((card for card in found if card), None)
    if owner is None:
        raise OwnerUnknown(field="number")
    state_purpose(party_id=owner.id, stated=_DOCUMENT_SEEN, by=request.actor, at=request.at)
    return go(request, f"/desk/accounts/{line_id}/transfer?owner={owner.id}")


def _facts(request: Request, line_id: SubscriptionId) -> dict[str, Any]:
    by, scope = request.actor, request.actor.scope
    line = subscriptions.subscription(subscription_id=line_id, scope=scope)
    former = customers.root(line.party_id, scope=scope)
    here = customers.present_with_document(user_id=by.user_id, at=request.at, scope=scope)
    cards = customers.cards([former, *here], scope=scope)
    refusal = refusal_of(read_standing(line, scope=scope), at=request.at)
    takers = [(one, _words(cards[one])) for one in here if one != former]
    return {
        **surroundings(request), "line": line, "card": cards[former], "intent": uuid4(), "refusal": refusal,
        "former_here": former in here, "takers": takers,
        "chosen": [taker for taker in takers if str(taker[0]) == request.GET.get("owner")],
        "back_href": f"/desk/customers/{former}?home={line.dwelling_id}", "done": request.GET.get("done") == "1",
        "changes": _changes(line_id, scope),
    }  # fmt: skip


def _words(card: customers.CustomerCard) -> str:
    return f"{card.name}　{card.document_masked}　{card.phone_masked}"


def _changes(line_id: SubscriptionId, scope: Scope) -> list[dict[str, Any]]:
    """Every time it passed on, newest first, with both forms where they were made in this hall."""
    sold = orders.orders_of_subscription(subscription_id=line_id, scope=Scope.operator())
    given = [one for one in sold if one.business == GIVEN]
    taken = {one.accepted_at: one for one in sold if one.business == TAKEN}
    parties = [PartyId(party) for one in given for party in (one.party_id, one.details["owner"])]
    cards = customers.cards(parties, scope=scope)
    return [
        {
            "at": one.accepted_at, "former": cards[one.party_id], "owner": cards[one.details["owner"]],
            "forms": [two.basket_id for two in (one, taken[one.accepted_at]) if scope.allows(two.hall_id)],
        }
        for one in given
    ]  # fmt: skip
