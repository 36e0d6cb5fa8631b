"""Asking a customer to wait, sending one off, and the hall's words."""

from django.http import HttpResponse
from django.shortcuts import render

from onehall.contexts.customers import api as customers
from onehall.contexts.floor import api as floor
from onehall.contexts.orders import api as orders
from onehall.entrances.desk.counter.surroundings import surroundings
from onehall.entrances.desk.counter.wording import LISTS, STEPS, cards, spoken
from onehall.foundation.values.ids import PartyId
from onehall.foundation.web.permit import permit
from onehall.foundation.web.requests import Request
from onehall.foundation.web.responses import go
from onehall.journeys.finish_service import finish_service
from onehall.journeys.hold_customer import hold_customer


def served_now(request: Request) -> floor.Serving | None:
    """Whom the counter of the person signed in serves."""
    by = request.actor
    return floor.serving_at(counter_id=by.counter_id, scope=by.scope) if by.counter_id else None


def require_turn(request: Request, party_id: int) -> None:
    """Raises StillServing where this counter serves somebody else than this customer."""
    by = request.actor
    if by.counter_id is not None:
        floor.require_turn(
            counter_id=by.counter_id, party_id=PartyId(party_id), user_id=by.user_id, at=request.at, scope=by.scope
        )  # fmt: skip


def require_free(request: Request, document: customers.DocumentGiven) -> None:
    """Raises StillServing where this counter serves somebody else than the holder of this document."""
    known = customers.card_of_document(document.kind, document.number, scope=request.actor.scope)
    require_turn(request, known.id if known else 0)


@permit("desk.use", methods=("GET",))
def farewell(request: Request) -> HttpResponse:
    """Nothing of the customer on the screen any more, and the question whether there is anything else (ORD-15)."""
    serving, by = served_now(request), request.actor
    if serving is None:
        return go(request, "/desk/")
    facts = {
        "serving": serving,
        "served_href": f"/desk/customers/{serving.party_id}",
        "basket": orders.open_basket_of(
            counter_id=serving.counter_id, party_id=serving.party_id, scope=by.scope
        ),
        "spoken": spoken("closing", scope=by.scope),
    }
    return render(request, "desk/serving/farewell.html", {**surroundings(request), **facts})


def busy(request: Request, serving: floor.Serving, then: int | str) -> HttpResponse:
    """Somebody else is being served: the way back, or an apology, a reason and a hold (ORD-12)."""
    facts = {
        "serving": serving,
        "served": customers.card(serving.party_id, scope=request.actor.scope),
        "served_href": f"/desk/customers/{serving.party_id}",
        "then": then,
        "spoken": spoken("interruption", scope=request.actor.scope),
    }
    return render(request, "desk/serving/busy.html", {**surroundings(request), **facts})


@permit("customer.open", methods=("POST",))
def hold(request: Request) -> HttpResponse:
    """The customer waits; the screen turns to the next one, if there is one."""
    reason, apologised = request.POST.get("reason", ""), request.POST.get("apologised") == "1"
    hold_customer(reason=reason, apologised=apologised, by=request.actor, at=request.at)
    then = request.POST.get("then", "")
    return go(request, f"/desk/customers/{then}" if then.isdecimal() or then == "new" else "/desk/")


@permit("customer.open", methods=("POST",))
def end(request: Request) -> HttpResponse:
    """The service ends and the desk is clear."""
    finish_service(asked_more=request.POST.get("asked") == "1", by=request.actor, at=request.at)
    return go(request, "/desk/")


@permit("desk.use", methods=("GET",))
def words(request: Request) -> HttpResponse:
    """The hall's lists of words and the card of every step (WRD-01)."""
    scope = request.actor.scope
    facts = {"lists": cards(LISTS, scope=scope), "steps": cards(STEPS, scope=scope)}
    return render(request, "desk/serving/words.html", {**surroundings(request), **facts})
