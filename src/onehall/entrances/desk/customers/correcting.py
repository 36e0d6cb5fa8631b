"""Correcting a customer's particulars at the desk (SEC-05)."""

from typing import Any
from uuid import uuid4

from django.http import HttpResponse, QueryDict
from django.shortcuts import render

from onehall.contexts.customers import api as customers
from onehall.contexts.orders import api as orders
from onehall.entrances.desk.counter.forms import BadRequest, intent_of, whole_number
from onehall.entrances.desk.counter.surroundings import surroundings
from onehall.foundation.scopes import NotFound
from onehall.foundation.values.ids import OrderId, PartyId
from onehall.foundation.web.permit import permit
from onehall.foundation.web.requests import Request
from onehall.foundation.web.responses import go
from onehall.journeys.correct_customer import correct_customer

_SHOWN = 20
_CORRECTABLE = (*customers.DocumentKind, "mobile", "landline")


@permit("customer.correct")
def correction(request: Request, party_id: int) -> HttpResponse:
    """What is kept, masked, each beside its new value; sent, it is corrected by an order of its own."""
    if request.method == "GET":
        return render(request, "desk/customers/correction.html", _facts(request, party_id))
    done = correct_customer(
        given=_given(request.POST, party_id, whole_number(request, "seen")), intent=intent_of(request), by=request.actor,
        at=request.at,
    )  # fmt: skip
    return go(request, f"/desk/customers/{done.party_id}/correction?done={done.order_id}")


def _facts(request: Request, party_id: int) -> dict[str, Any]:
    by = request.actor
    record = customers.record(party_id, user_id=by.user_id, at=request.at, scope=by.scope)
    made = customers.corrections_of(party_id, scope=by.scope, limit=_SHOWN)
    reveal = f"/desk/customers/{party_id}/particulars?field="
    return {
        **surroundings(request), "card": record.card, "intent": uuid4(), "causes": list(customers.CAUSES.items()),
        "rows": [(one, f"{reveal}{one.field}") for one in record.particulars if one.kind in _CORRECTABLE],
        "made": [(one, customers.NAMES[one.kind], customers.CAUSES[one.cause]) for one in made],
        "seen": made[0].id if made else 0, "done": _done(request, party_id),
        "verified": record.purpose.verification, "back_href": f"/desk/customers/{party_id}",
    }  # fmt: skip


def _done(request: Request, party_id: int) -> orders.Order | None:
    """The order that has just been made, for its form and signature."""
    asked = request.GET.get("done", "")
    if not asked.isdecimal():
        return None
    order = orders.order(order_id=OrderId(int(asked)), scope=request.actor.scope)
    if order.party_id not in customers.groups([party_id], scope=request.actor.scope)[party_id]:
        raise NotFound(what="这张订单", what_en="This order")
    return order


def _given(post: QueryDict, party_id: int, seen: int) -> customers.CorrectionGiven:
    """Empty fields stay as they are."""
    try:
        cause = customers.Cause(post.get("cause", ""))
    except ValueError:
        raise BadRequest(field="cause", field_name="cause") from None
    typed = [(name.removeprefix("new."), post.get(name, "")) for name in post if name.startswith("new.")]
    changes = tuple(customers.Change(field, value) for field, value in typed if value.strip())
    return customers.CorrectionGiven(PartyId(party_id), changes, cause, seen)
