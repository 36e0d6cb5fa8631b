"""The desk's side of signing: asking at the display, taking it back, and the pad or pen at the counter (ORD-02, LAW-32)."""

import json
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from onehall.contexts.customers import api as customers
from onehall.contexts.orders import api as orders
from onehall.entrances.desk.counter.surroundings import surroundings
from onehall.foundation.documents.display import signing_of
from onehall.foundation.documents.signing import Wrong
from onehall.foundation.documents.strokes import Pad
from onehall.foundation.values.ids import BasketId
from onehall.foundation.values.text import Text
from onehall.foundation.web.permit import permit
from onehall.foundation.web.requests import Request
from onehall.foundation.web.responses import go
from onehall.journeys.ask_signature import ask_signature
from onehall.journeys.sign_acceptance import sign_acceptance
from onehall.journeys.withdraw_signature_request import withdraw_signature_request
from onehall.steps.signing import stamp_of

_MOST_POINTS = 20_000  # structural: a minute of the fastest pen

WRONG = {
    Wrong.PARTICULARS: Text("姓名、证件或地址不对", "Name, document or address"),
    Wrong.SERVICES: Text("业务不对", "The services"),
    Wrong.AMOUNT: Text("金额不对", "The amount"),
    Wrong.TERMS: Text("须知要再解释", "The terms need explaining"),
    Wrong.THINK: Text("我再想想", "I want to think about it"),
}


@permit("basket.edit")
def signature(request: Request, basket_id: int) -> HttpResponse:
    """The customer signs the acceptance form, on screen or on paper (ORD-02)."""
    by = request.actor
    if request.method == "GET":
        return render(request, "desk/baskets/signature.html", _facts(request, BasketId(basket_id)))
    screen = request.POST.get("method") == "screen"
    pad = pad_of(request.POST.get("strokes", "")) if screen else None
    basket = sign_acceptance(
        basket_id=BasketId(basket_id), method="screen" if screen else "paper", pad=pad, by=by, at=request.at
    )
    return go(request, _onwards(basket))


@permit("basket.edit", methods=("POST",))
def ask(request: Request, basket_id: int) -> HttpResponse:
    """The counter's display shows the form and asks for the signature."""
    ask_signature(basket_id=BasketId(basket_id), by=request.actor, at=request.at)
    return go(request, f"/desk/baskets/{basket_id}/signature")


@permit("basket.edit", methods=("POST",))
def withdraw(request: Request, basket_id: int) -> HttpResponse:
    """The display goes back to the figures."""
    withdraw_signature_request(basket_id=BasketId(basket_id), by=request.actor, at=request.at)
    return go(request, f"/desk/baskets/{basket_id}/signature")


def signing_facts(basket: orders.Basket, request: Request) -> dict[str, Any]:
    """Where signing stands: asked, sent back with what is wrong, or ended by a change."""
    asked = signing_of("basket", basket.id, scope=request.actor.scope)
    state = asked.now(stamp_of(basket)) if asked else None
    return {
        "signing": asked,
        "signing_state": state,
        "wrong": WRONG[asked.wrong] if asked and asked.wrong else None,
    }


def _facts(request: Request, basket_id: BasketId) -> dict[str, Any]:
    scope = request.actor.scope
    basket = orders.basket(basket_id=basket_id, scope=scope)
    return {
        **surroundings(request), "basket": basket, "card": customers.card(basket.party_id, scope=scope),
        "signed": orders.signature(basket_id=basket_id, scope=scope), "back_href": _onwards(basket),
        **signing_facts(basket, request),
    }  # fmt: skip


def _onwards(basket: orders.Basket) -> str:
    paid = basket.state is orders.BasketState.SETTLED
    return f"/desk/baskets/{basket.id}/payment" if paid else f"/desk/customers/{basket.party_id}"


def pad_of(sent: str) -> Pad | None:
    """From what the pad sends; None for what no pad sends, or more than a hand can draw."""
    try:
        pad = json.loads(sent)
        strokes = tuple(tuple(_point(point) for point in stroke) for stroke in pad["strokes"])
        drawn = Pad(float(pad["width"]), float(pad["height"]), strokes)
    except (ValueError, TypeError, KeyError):
        return None
    return drawn if sum(len(stroke) for stroke in strokes) <= _MOST_POINTS else None


def _point(sent: Any) -> tuple[float, float, float, float]:
    x, y, moment, pressure = sent
    return float(x), float(y), float(moment), float(pressure)
