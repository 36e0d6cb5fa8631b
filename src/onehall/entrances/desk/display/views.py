"""The customer's display: a second window of the counter, with what is due, and what is to be checked and signed."""

from datetime import timedelta
from typing import Any

import segno
from django.http import HttpResponse
from django.shortcuts import render

from onehall.contexts.acquiring import api as acquiring
from onehall.contexts.customers import api as customers
from onehall.contexts.orders import api as orders
from onehall.entrances.desk.baskets.signing import WRONG, pad_of
from onehall.entrances.desk.counter.forms import BadRequest
from onehall.foundation.documents.contracts import Document
from onehall.foundation.documents.display import signing_at
from onehall.foundation.documents.queries import document
from onehall.foundation.documents.signing import SigningState, Wrong
from onehall.foundation.policy.services import policy_book
from onehall.foundation.scopes import NotFound
from onehall.foundation.values.ids import BasketId, CounterId
from onehall.foundation.web.permit import permit
from onehall.foundation.web.requests import Request
from onehall.journeys.object_on_display import object_on_display
from onehall.journeys.sign_on_display import sign_on_display
from onehall.readings.till_display import till_display
from onehall.steps.signing import stamp_of


@permit("desk.use", methods=("GET",))
def show(request: Request) -> HttpResponse:
    """The whole page, to be opened on the screen that faces the customer."""
    return render(request, "desk/display/show.html", _facts(request))


@permit("desk.use", methods=("GET",))
def figures(request: Request) -> HttpResponse:
    """What it shows, asked for again whenever the counter's basket or payment changes."""
    return render(request, "desk/display/figures.html", _facts(request))


@permit("basket.edit", methods=("POST",))
def sign(request: Request, request_id: int) -> HttpResponse:
    """The customer ticked the terms and signed."""
    sign_on_display(
        request_id=request_id, shown=request.POST.get("shown", ""), terms=request.POST.get("terms", ""),
        pad=pad_of(request.POST.get("strokes", "")), by=request.actor, at=request.at,
    )  # fmt: skip
    return render(request, "desk/display/figures.html", _facts(request))


@permit("basket.edit", methods=("POST",))
def object_to(request: Request, request_id: int) -> HttpResponse:
    """The customer says that something is wrong."""
    try:
        wrong = Wrong(request.POST.get("wrong", ""))
    except ValueError:
        raise BadRequest(field="wrong", field_name="哪里不对") from None
    object_on_display(request_id=request_id, wrong=wrong, by=request.actor, at=request.at)
    return render(request, "desk/display/figures.html", _facts(request))


def _facts(request: Request) -> dict[str, Any]:
    by = request.actor
    counter = by.counter_id
    if counter is None:
        raise NotFound(what="您的台席（请在台席登录）", what_en="Your counter (sign in at a counter)")
    seconds = policy_book(hall_id=by.hall_id, at=request.at)[orders.DISPLAY_SECONDS]
    display = till_display(counter_id=counter, at=request.at, seconds=seconds, scope=by.scope)
    return {
        "display": display,
        **_code(CounterId(counter), request),
        **_signing(CounterId(counter), seconds, request),
    }


def _code(counter: CounterId, request: Request) -> dict[str, Any]:
    """The code that the customer is to scan, drawn here from what the provider gave for this charge alone."""
    shown = acquiring.charge_shown_at(counter, scope=request.actor.scope)
    if shown is None:
        return {}
    return {
        "shown": shown,
        "code": segno.make(shown.code_url, error="m").svg_inline(light="#fff", omitsize=True),
    }


def _signing(counter: CounterId, seconds: int, request: Request) -> dict[str, Any]:
    """What is to be signed here, or what became of it a moment ago."""
    scope = request.actor.scope
    asked = signing_at(counter, since=request.at - timedelta(seconds=seconds), scope=scope)
    if asked is None:
        return {}
    state = asked.now(stamp_of(orders.basket(basket_id=BasketId(asked.subject_id), scope=scope)))
    if state in (SigningState.SIGNED, SigningState.OBJECTED):
        return {"answered": asked}
    if state is not SigningState.WAITING:
        return {}
    return {
        "asked": asked,
        "form": _masked(document(asked.document_id, scope=scope)),
        "wrongs": WRONG.items(),
    }


def _masked(paper: Document) -> dict[str, Any]:
    """The form as a hall may read it over the customer's shoulder: services and terms whole, the person masked (SEC-07)."""
    content = paper.content
    return {
        **{name: content[name] for name in ("services", "total", "terms", "terms_version", "paper")},
        "sha256": paper.sha256, "name": customers.mask_name(content["customer"]),
        "number": customers.mask_document(content["paper_number"]), "phone": customers.mask_phone(content["phone"]),
        "address": customers.mask_address(content["address"]),
        "agent": customers.mask_name(content["agent"]) if content["agent"] else "",
    }  # fmt: skip
