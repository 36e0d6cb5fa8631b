"""Customers at the desk."""

from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

from django.http import HttpResponse
from django.shortcuts import render

from onehall.contexts.catalogue import api as catalogue
from onehall.contexts.customers import api as customers
from onehall.contexts.orders import api as orders
from onehall.contexts.subscriptions import api as subscriptions
from onehall.entrances.desk.counter.forms import intent_of
from onehall.entrances.desk.counter.surroundings import surroundings
from onehall.entrances.desk.counter.wording import spoken
from onehall.entrances.desk.customers import forms
from onehall.entrances.desk.customers.known import register_unless_known
from onehall.entrances.desk.customers.page import customer_page
from onehall.entrances.desk.serving.views import busy, require_turn, served_now
from onehall.foundation.scopes import NotFound
from onehall.foundation.values.ids import OrderId, PartyId, SubscriptionId
from onehall.foundation.web.permit import permit
from onehall.foundation.web.requests import Request
from onehall.foundation.web.responses import go
from onehall.journeys.receive_customer import receive_customer
from onehall.journeys.register_customer import PRIVACY_TERMS
from onehall.journeys.reveal_field import reveal_field
from onehall.journeys.state_purpose import state_purpose


@permit("customer.register")
def new(request: Request) -> HttpResponse:
    """The registration form, and its answer: the new customer's page. Whoever is being served is finished or held first."""
    if request.method == "POST":
        return _registered(request, forms.customer_given(request.POST), forms.agreed(request.POST))
    served = served_now(request)
    if served and served.by_id == request.actor.user_id:
        return busy(request, served, "new")
    return render(request, "desk/customers/new.html", _blank(request))


def _registered(request: Request, given: customers.CustomerGiven, agreed: customers.Agreed) -> HttpResponse:
    card = register_unless_known(request, given, agreed, intent_of(request))
    receive_customer(party_id=card.id, by=request.actor, at=request.at)
    state_purpose(party_id=card.id, stated=forms.AT_REGISTRATION, by=request.actor, at=request.at)
    home = request.POST.get("home", "")
    return go(request, f"/desk/customers/{card.id}" + (f"?home={home}" if home.isdecimal() else ""))


def _blank(request: Request) -> dict[str, Any]:
    """An empty form; the name as it was searched for, and the dwelling from which registering was begun."""
    home = request.GET.get("home", "")
    return {
        **surroundings(request),
        "kinds": forms.DOCUMENT_KINDS,
        "languages": list(customers.LANGUAGES.items()),
        "intent": uuid4(),
        "spoken": spoken("registration", scope=request.actor.scope),
        "name": request.GET.get("name", ""),
        "notice": catalogue.wording("terms", PRIVACY_TERMS, scope=request.actor.scope),
        "home": customers.premises(int(home), scope=request.actor.scope) if home.isdecimal() else None,
    }


@permit("customer.open", methods=("GET",))
def show(request: Request, party_id: int) -> HttpResponse:
    """The customer: first why the record is opened, then the record and what can be done."""
    root = customers.root(party_id, scope=request.actor.scope)
    if root != party_id:
        return go(request, f"/desk/customers/{root}?{urlencode({**request.GET.dict(), 'was': party_id})}")
    served = served_now(request)
    if served and served.by_id == request.actor.user_id and served.party_id != party_id:
        return busy(request, served, party_id)
    facts = customer_page(request, party_id, served=served)
    page = "show" if facts["purpose"] else "purpose"
    return render(request, f"desk/customers/{page}.html", {**facts, "ways": forms.VERIFICATIONS})


@permit("customer.open", methods=("POST",))
def purpose(request: Request, party_id: int) -> HttpResponse:
    """States the purpose and opens the record."""
    stated = forms.purpose_stated(request.POST)
    party_id = customers.root(party_id, scope=request.actor.scope)
    here = stated.kind is customers.PurposeKind.PRESENT_VERIFIED
    if here:
        require_turn(request, party_id)
    state_purpose(party_id=PartyId(party_id), stated=stated, by=request.actor, at=request.at)
    if here:
        receive_customer(party_id=PartyId(party_id), by=request.actor, at=request.at)
    return go(request, f"/desk/customers/{party_id}")


@permit("customer.reveal", methods=("POST",))
def reveal(request: Request, party_id: int) -> HttpResponse:
    """One particular in the clear, on record."""
    root = customers.root(party_id, scope=request.actor.scope)
    shown = reveal_field(party_id=root, field=request.GET.get("field", ""), by=request.actor, at=request.at)
    return render(request, "desk/customers/revealed.html", {"value": shown.value})


@permit("basket.edit", methods=("GET",))
def home_by_address(request: Request, party_id: int) -> HttpResponse:
    """The dwelling that the words mean; several are listed to choose from."""
    typed = request.GET.get("address", "")
    found = customers.locate(typed, scope=request.actor.scope)
    rooms = [place for place in found if place.kind is customers.PremisesKind.DWELLING]
    if len(rooms) == 1:
        return go(request, f"/desk/customers/{party_id}?home={rooms[0].id}")
    if not rooms:
        raise customers.PremisesNotFound(field="address")
    root = customers.root(party_id, scope=request.actor.scope)
    facts = {**customer_page(request, root), "places": rooms, "typed": typed, "ways": forms.VERIFICATIONS}
    return render(request, "desk/customers/show.html", facts)


@permit("customer.search", methods=("GET",))
def by_subscription(request: Request, subscription_id: int) -> HttpResponse:
    """From an account to its customer."""
    found = subscriptions.subscription(
        subscription_id=SubscriptionId(subscription_id), scope=request.actor.scope
    )
    return go(request, f"/desk/customers/{found.party_id}?home={found.dwelling_id}")


@permit("customer.search", methods=("GET",))
def by_order(request: Request, order_id: int) -> HttpResponse:
    """From a form serial to its customer."""
    found = orders.order(order_id=OrderId(order_id), scope=request.actor.scope)
    return go(request, f"/desk/customers/{found.party_id}")


@permit("customer.search", methods=("GET",))
def by_premises(request: Request, premises_id: int) -> HttpResponse:
    """From a dwelling to whoever has a line there, or to registering a new customer."""
    place = customers.premises(premises_id, scope=request.actor.scope)
    living = subscriptions.subscriptions_at(dwelling_id=place.id, scope=request.actor.scope)
    if living:
        return go(request, f"/desk/customers/{living[0].party_id}?home={place.id}")
    if place.kind is not customers.PremisesKind.DWELLING:
        raise NotFound(what="这个地址的住户（请写到房号）", what_en="A household here (give the room)")
    facts = {"place": place, **surroundings(request)}
    return render(request, "desk/customers/vacant.html", facts)
