"""固话: a customer's telephone lines: balance, plan, bills, what another plan would have cost; recharge; itemised calls."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from django.http import HttpResponse
from django.shortcuts import render

from onehall.contexts.customers import api as customers
from onehall.contexts.subscriptions import api as subscriptions
from onehall.contexts.voice import api as voice
from onehall.entrances.desk.counter.forms import BadMonth, intent_of
from onehall.entrances.desk.counter.surroundings import surroundings
from onehall.entrances.desk.telephones.page import entries_told, line_told, plans_told
from onehall.foundation.scopes import NotFound
from onehall.foundation.values.ids import PartyId
from onehall.foundation.values.money import Money, NotAnAmount
from onehall.foundation.values.period import local
from onehall.foundation.web.permit import permit
from onehall.foundation.web.requests import Request
from onehall.foundation.web.responses import go
from onehall.journeys.itemise_calls import itemise_calls
from onehall.journeys.recharge_line import recharge_line
from onehall.journeys.set_service_password import set_service_password


@permit("telephone.view", methods=("GET",))
def show(request: Request, party_id: int) -> HttpResponse:
    """Every line with what is left; without a purpose first the question why (SEC-01)."""
    if _purpose(request, party_id) is None:
        return go(request, f"/desk/customers/{party_id}")
    return render(request, "desk/telephones/show.html", _facts(request, party_id))


@permit("telephone.recharge", methods=("POST",))
def recharge(request: Request, party_id: int) -> HttpResponse:
    """Into the basket; it counts once it is paid."""
    line = _chosen(request, party_id)
    recharge_line(
        party_id=PartyId(party_id), line_id=line.id, amount=_amount(request), intent=intent_of(request), by=request.actor, at=request.at
    )  # fmt: skip
    return go(request, f"/desk/customers/{party_id}")


@permit("network.reset_password", methods=("POST",))
def service_password(request: Request, party_id: int) -> HttpResponse:
    """As the customer presses it, or the first one again; nobody at work keeps it (LAW-03)."""
    line = _chosen(request, party_id)
    set_service_password(
        subscription_id=line.subscription, new=request.POST.get("new", "").strip(), intent=intent_of(request), by=request.actor, at=request.at
    )  # fmt: skip
    return go(request, _address(party_id))


@permit("calls.itemise", methods=("POST",))
def calls(request: Request, party_id: int) -> HttpResponse:
    """A month call by call, for the owner who has been verified."""
    line = _chosen(request, party_id)
    found = itemise_calls(line_id=line.id, month=_month(request), by=request.actor, at=request.at)
    facts = {
        **_facts(request, party_id), **entries_told(found), "plans": plans_told(found, at=request.at),
        "back_href": _address(party_id),
    }  # fmt: skip
    return render(request, "desk/telephones/calls.html", facts)


def _facts(request: Request, party_id: int) -> dict[str, Any]:
    scope = request.actor.scope
    lines = _lines(request, party_id)
    left = voice.balances([line.id for line in lines], scope=scope)
    this = local(request.at).date().replace(day=1)
    return {
        **surroundings(request), "card": customers.card(PartyId(party_id), scope=scope), "back_href": f"/desk/customers/{party_id}",
        "here": _address(party_id), "intent": uuid4(), "this_month": f"{this:%Y-%m}", "last_month": f"{this - timedelta(days=1):%Y-%m}",
        "lines": [line_told(line, left[line.id], at=request.at, scope=scope) for line in lines],
        "numbers": [(line.id, line.state.number) for line in lines],
    }  # fmt: skip


def _lines(request: Request, party_id: int) -> list[voice.Line]:
    scope = request.actor.scope
    root = customers.root(PartyId(party_id), scope=scope)
    held = [
        one.id
        for member in customers.groups([root], scope=scope)[root]
        for one in subscriptions.subscriptions_of(party_id=member, scope=scope)
    ]
    found = voice.lines_of([int(one) for one in held], at=request.at, scope=scope)
    return [line for line in found if not line.state.closed]


def _chosen(request: Request, party_id: int) -> voice.Line:
    """The customer's line that the form names, under a purpose; NotFound for anybody else's."""
    if _purpose(request, party_id) is None:
        raise customers.PurposeNeeded()
    typed = request.POST.get("line", "")
    for line in _lines(request, party_id):
        if str(line.id) == typed:
            return line
    raise NotFound(what="这位客户的这个号码", what_en="This number of this customer")


def _purpose(request: Request, party_id: int) -> customers.Purpose | None:
    by = request.actor
    customers.card(PartyId(party_id), scope=by.scope)
    root = customers.root(PartyId(party_id), scope=by.scope)
    return customers.purpose_in_force(root, user_id=by.user_id, at=request.at, scope=by.scope)


def _amount(request: Request) -> Money:
    try:
        return Money.yuan(request.POST.get("amount", ""))
    except NotAnAmount as refused:
        refused.field = "amount"
        raise


def _month(request: Request) -> date:
    typed = request.POST.get("month", "").strip()
    try:
        return date.fromisoformat(f"{typed}-01")
    except ValueError:
        raise BadMonth(field="month", typed=typed[:20]) from None


def _address(party_id: int) -> str:
    return f"/desk/customers/{party_id}/telephones"
