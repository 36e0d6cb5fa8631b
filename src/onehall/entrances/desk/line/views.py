"""The page of a line; cutting its session; a new password with its slip."""

from typing import Any
from uuid import uuid4

from django.http import HttpResponse
from django.shortcuts import render

from onehall.contexts.customers import api as customers
from onehall.contexts.provisioning import api as provisioning
from onehall.contexts.subscriptions import api as subscriptions
from onehall.entrances.desk.counter.forms import intent_of
from onehall.entrances.desk.counter.surroundings import surroundings
from onehall.entrances.desk.line.page import line_facts
from onehall.foundation.policy.services import policy_book
from onehall.foundation.scopes import NotFound
from onehall.foundation.web.permit import permit
from onehall.foundation.web.requests import Request
from onehall.foundation.web.responses import go
from onehall.journeys.cut_session import cut_session
from onehall.journeys.reset_network_password import reset_network_password
from onehall.readings.network.line import LineView, line


@permit("line.view", methods=("GET",))
def show(request: Request, party_id: int, account: str) -> HttpResponse:
    """Why the line does not work and all that is known of it; without a purpose first the question why (SEC-01)."""
    if _purpose(request, party_id) is None:
        return go(request, f"/desk/customers/{party_id}")
    return render(request, "desk/line/show.html", _facts(request, party_id, _own(request, party_id, account)))


@permit("network.cut", methods=("POST",))
def cut(request: Request, party_id: int, account: str) -> HttpResponse:
    """Cuts the session now; the reason is on record."""
    known = _opened(request, party_id, account)
    cut_session(
        account=known.account_name, reason=request.POST.get("reason", ""),
        intent=intent_of(request), by=request.actor, at=request.at,
    )  # fmt: skip
    return go(request, _address(party_id, account))


@permit("network.reset_password", methods=("POST",))
def reset(request: Request, party_id: int, account: str) -> HttpResponse:
    """The first password again, on a slip for the customer, this once (LAW-03)."""
    known = _opened(request, party_id, account)
    slip = reset_network_password(
        account=known.account_name, intent=intent_of(request), by=request.actor, at=request.at
    )
    facts = {**_facts(request, party_id, known), "slip": slip}
    return render(request, "desk/line/slip.html", facts)


def _purpose(request: Request, party_id: int) -> customers.Purpose | None:
    by = request.actor
    root = customers.root(party_id, scope=by.scope)
    return customers.purpose_in_force(root, user_id=by.user_id, at=request.at, scope=by.scope)


def _opened(request: Request, party_id: int, account: str) -> subscriptions.Subscription:
    """The customer's line under a purpose in force; PurposeNeeded without one (SEC-01)."""
    if _purpose(request, party_id) is None:
        raise customers.PurposeNeeded()
    return _own(request, party_id, account)


def _own(request: Request, party_id: int, account: str) -> subscriptions.Subscription:
    """The line of this customer with that account; NotFound for anybody else's."""
    scope = request.actor.scope
    root = customers.root(party_id, scope=scope)
    for member in customers.groups([root], scope=scope)[root]:
        for one in subscriptions.subscriptions_of(party_id=member, scope=scope):
            if one.account_name == account and one.ended_at is None:
                return one
    raise NotFound(what="这位客户的这个账号", what_en="This account of this customer")


def _facts(request: Request, party_id: int, known: subscriptions.Subscription) -> dict[str, Any]:
    scope = request.actor.scope
    limits = provisioning.diagnosis_limits(policy_book(hall_id=request.actor.hall_id, at=request.at))
    view: LineView = line(account=known.account_name, limits=limits, at=request.at, scope=scope)
    return {
        **surroundings(request),
        **line_facts(view, at=request.at),
        "card": customers.card(known.party_id, scope=scope),
        "subscription": known,
        "here": _address(party_id, known.account_name),
        "back_href": f"/desk/customers/{party_id}?home={known.dwelling_id}",
        "intent": uuid4(),
    }


def _address(party_id: int, account: str) -> str:
    return f"/desk/customers/{party_id}/line/{account}"
