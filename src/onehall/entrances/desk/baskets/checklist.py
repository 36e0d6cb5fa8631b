"""The papers that a basket asks for: ticked off, or told to be missing (ORD-03)."""

from django.http import HttpResponse
from django.shortcuts import render

from onehall.contexts.customers import api as customers
from onehall.contexts.orders import api as orders
from onehall.entrances.desk.counter.surroundings import surroundings
from onehall.foundation.policy.services import policy_book
from onehall.foundation.values.ids import BasketId
from onehall.foundation.web.permit import permit
from onehall.foundation.web.requests import Request
from onehall.foundation.web.responses import go
from onehall.journeys.check_papers import check_papers
from onehall.journeys.tell_missing_papers import tell_missing_papers
from onehall.steps import papers_due


@permit("basket.edit")
def papers(request: Request, basket_id: int) -> HttpResponse:
    """Every paper that is asked for; sent, what was ticked is kept, and `tell` prints the slip and holds the basket."""
    scope = request.actor.scope
    basket = orders.basket(basket_id=BasketId(basket_id), scope=scope)
    if request.method == "GET":
        return render(request, "desk/baskets/papers.html", _facts(request, basket))
    return go(request, _sent(request, basket))


def _sent(request: Request, basket: orders.Basket) -> str:
    """Where to go on: the slip, the list while something is missing, else the customer."""
    seen, by, at = request.POST.getlist("seen"), request.actor, request.at
    if request.POST.get("what") == "tell":
        return f"/desk/documents/{tell_missing_papers(basket_id=basket.id, seen=seen, by=by, at=at).id}"
    now = check_papers(basket_id=basket.id, seen=seen, by=by, at=at)
    return f"/desk/baskets/{basket.id}/papers" if now.missing else f"/desk/customers/{basket.party_id}"


def _facts(request: Request, basket: orders.Basket) -> dict[str, object]:
    scope = request.actor.scope
    book = policy_book(hall_id=request.actor.hall_id, at=request.at)
    found = papers_due.checklist(basket, book=book, at=request.at, scope=scope)
    words = papers_due.names([paper for paper, _ in found.papers], scope=scope)
    return {
        **surroundings(request), "basket": basket, "card": customers.card(basket.party_id, scope=scope),
        "papers": [(paper, shown, text) for (paper, shown), text in zip(found.papers, words, strict=True)],
        "missing": found.missing, "told": customers.papers_told(basket.id, scope=scope),
        "open": basket.state is orders.BasketState.OPEN, "back_href": f"/desk/customers/{basket.party_id}",
    }  # fmt: skip
