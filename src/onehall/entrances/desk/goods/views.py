"""代收代售: handsets, third-party services and bills of others into the basket; what the customer has of them; cancelling (CAT-11)."""

from typing import Any
from uuid import uuid4

from django.http import HttpResponse
from django.shortcuts import render

from onehall.contexts.catalogue import api as catalogue
from onehall.contexts.customers import api as customers
from onehall.contexts.goods import api as goods
from onehall.contexts.orders import api as orders
from onehall.contexts.subscriptions import api as subscriptions
from onehall.entrances.desk.counter.forms import BadRequest, intent_of
from onehall.entrances.desk.counter.surroundings import surroundings
from onehall.foundation.policy.services import policy_book
from onehall.foundation.scopes import NotFound
from onehall.foundation.values.ids import PartyId, SubscriptionId
from onehall.foundation.values.money import Money, NotAnAmount
from onehall.foundation.values.text import Text
from onehall.foundation.web.permit import permit
from onehall.foundation.web.requests import Request
from onehall.foundation.web.responses import go
from onehall.journeys.cancel_add_on import cancel_add_on
from onehall.journeys.sell_goods import sell_goods
from onehall.steps.goods import GoodsWanted, is_goods, lines_of, offered, returnable_until

_MOST_DIGITS, _MOST_ID = 3, 18  # structural: digits of a number of months, and of an id


@permit("goods.sell", methods=("GET",))
def show(request: Request, party_id: int) -> HttpResponse:
    """What may be sold, and what this customer has; without a purpose first the question why (SEC-01)."""
    if _purpose(request, party_id) is None:
        return go(request, f"/desk/customers/{party_id}")
    return render(request, "desk/goods/show.html", _facts(request, party_id))


@permit("goods.sell", methods=("POST",))
def add(request: Request, party_id: int) -> HttpResponse:
    """One of them into the basket; it is the customer's once it is paid."""
    if _purpose(request, party_id) is None:
        raise customers.PurposeNeeded()
    posted = request.POST
    wanted = GoodsWanted(
        offering=posted.get("offering", ""), reference=posted.get("reference", ""), serial=posted.get("serial", ""), amount=_amount(request),
        months=_months(request), subscription=SubscriptionId(_number(request, "line", "0", most=_MOST_ID)),
    )  # fmt: skip
    sell_goods(
        party_id=PartyId(party_id), wanted=wanted, intent=intent_of(request), by=request.actor, at=request.at
    )
    return go(request, f"/desk/customers/{party_id}")


@permit("goods.sell", methods=("POST",))
def cancel(request: Request, party_id: int, add_on_id: int) -> HttpResponse:
    """A third party's service of this customer ends."""
    scope = request.actor.scope
    found = goods.add_on(add_on_id, scope=scope)
    if found.subscription not in [line.id for line in lines_of(PartyId(party_id), scope=scope)]:
        raise NotFound(what="这位客户的这项增值业务", what_en="This service of this customer")
    if _purpose(request, party_id) is None:
        raise customers.PurposeNeeded()
    cancel_add_on(add_on_id=add_on_id, intent=intent_of(request), by=request.actor, at=request.at)
    return go(request, _address(party_id))


def _facts(request: Request, party_id: int) -> dict[str, Any]:
    by = request.actor
    lines = lines_of(PartyId(party_id), scope=by.scope)
    book = policy_book(hall_id=by.hall_id, at=request.at)
    sold = offered(at=request.at, scope=by.scope)
    kinds = {kind.value: [one for one in sold if one.kind == kind.value] for kind in goods.Business}
    return {
        **surroundings(request), "card": customers.card(PartyId(party_id), scope=by.scope), "back_href": f"/desk/customers/{party_id}",
        "here": _address(party_id), "intent": uuid4(), "lines": [(line.id, line.account_name) for line in lines],
        "handsets": [(one.code, _priced(one, book)) for one in kinds["handset"]],
        "services": [(one.code, _priced(one, book)) for one in kinds["value_added"]],
        "bills": [(one.code, one.name) for one in kinds["collection"]],
        "running": _services(lines, request), "bought": _bought(party_id, request), "chosen": _chosen(party_id, request),
    }  # fmt: skip


def _chosen(party_id: int, request: Request) -> list[orders.ItemDraft]:
    """What lies in the customer's basket at this counter."""
    by = request.actor
    if by.counter_id is None:
        return []
    found = orders.open_basket_of(
        counter_id=by.counter_id, party_id=customers.root(PartyId(party_id), scope=by.scope), scope=by.scope
    )
    return [item.draft for item in found.items] if found else []


def _priced(offering: catalogue.Offering, book: Any) -> Text:
    price = catalogue.unit_price(offering, book)
    return Text(f"{offering.name.zh} {price} 元", f"{offering.name.en}, {price} yuan")


def _services(lines: tuple[subscriptions.Subscription, ...], request: Request) -> list[dict[str, Any]]:
    """Third-party services on the customer's lines, those that run first."""
    accounts = {line.id: line.account_name for line in lines}
    scope, at = request.actor.scope, request.at
    found = goods.add_ons(list(accounts), scope=scope)
    names = {one.code: one.name for one in catalogue.offerings_ever(at=at, scope=scope)}
    told = [
        {
            "one": one, "runs": one.runs(at), "name": names.get(one.offering, Text(one.offering, one.offering)),
            "account": accounts[one.subscription], "intent": uuid4(),
        }
        for one in found
    ]  # fmt: skip
    return sorted(told, key=lambda row: not row["runs"])


def _bought(party_id: int, request: Request) -> list[dict[str, Any]]:
    """Handsets and bills of the customer, in the halls that the reader sees, newest first."""
    scope = request.actor.scope
    root = customers.root(PartyId(party_id), scope=scope)
    mine = [
        order
        for member in customers.groups([root], scope=scope)[root]
        for order in orders.orders_of(party_id=member, scope=scope)
        if is_goods(order) and order.business != goods.Business.VALUE_ADDED
    ]
    settled = goods.collected([order.id for order in mine], scope=scope)
    return [
        {
            "order": order, "void": order.state is orders.OrderState.VOID, "until": returnable_until(order),
            "paid_over": order.id in settled and settled[order.id].settlement is not None,
        }
        for order in mine
    ]  # fmt: skip


def _purpose(request: Request, party_id: int) -> customers.Purpose | None:
    by = request.actor
    customers.card(PartyId(party_id), scope=by.scope)
    root = customers.root(PartyId(party_id), scope=by.scope)
    return customers.purpose_in_force(root, user_id=by.user_id, at=request.at, scope=by.scope)


def _amount(request: Request) -> Money:
    try:
        return Money.yuan(request.POST.get("amount", "") or "0")
    except NotAnAmount as refused:
        refused.field = "amount"
        raise


def _months(request: Request) -> int:
    """As typed; none where no number was typed, so that the room says how many there may be."""
    typed = request.POST.get("months", "").strip() or "1"
    return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) <= _MOST_DIGITS else 0


def _number(request: Request, field: str, missing: str, *, most: int = _MOST_DIGITS) -> int:
    typed = request.POST.get(field, "").strip() or missing
    if not (typed.isascii() and typed.isdecimal() and len(typed) <= most):
        raise BadRequest(field=field, field_name=field)
    return int(typed)


def _address(party_id: int) -> str:
    return f"/desk/customers/{party_id}/goods"
