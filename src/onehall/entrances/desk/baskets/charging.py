"""Paying by telephone at the desk: scan the customer's code or show ours, wait, cancel, go on with the rest (PAY-03)."""

from collections.abc import Collection
from typing import Any
from uuid import NAMESPACE_OID, UUID, uuid5

from django.http import HttpResponse
from django.shortcuts import render

from onehall.contexts.acquiring import api as acquiring
from onehall.contexts.customers import api as customers
from onehall.contexts.ledger import api as ledger
from onehall.contexts.orders import api as orders
from onehall.entrances.desk.baskets.paid import JustPaid, sale_page
from onehall.entrances.desk.counter.forms import intent_of
from onehall.entrances.desk.counter.surroundings import surroundings
from onehall.foundation.policy.services import policy_book
from onehall.foundation.scopes import Scope
from onehall.foundation.values.ids import BasketId
from onehall.foundation.values.money import Money
from onehall.foundation.web.permit import permit
from onehall.foundation.web.requests import Request
from onehall.foundation.web.responses import go
from onehall.journeys.ask_charge import ask_charge
from onehall.journeys.note_charge import note_charge
from onehall.journeys.take_payment import PaymentTaken, take_payment
from onehall.runs.see_to_charges import see_to
from onehall.steps.charging import STATES, WAYS, acquirer, put
from onehall.steps.prepaying import left_to

_FOLDED = ("card", "recharge_card", "transfer", "prepaid")
"""Means whose forms are folded, in the order of the page."""


@permit("payment.take")
def charges(request: Request, basket_id: int) -> HttpResponse:
    """Every charge of a basket with what is left to pay; sent, another charge."""
    facts = charges_page(request, basket_id)
    if request.method == "GET":
        return render(request, "desk/baskets/charges.html", facts)
    return charge(request, basket_id)


@permit("payment.take", methods=("POST",))
def query(request: Request, basket_id: int, charge_id: int) -> HttpResponse:
    """Asks the provider now how a charge stands."""
    return _seen_to(request, basket_id, charge_id, acquiring.Chore.QUERY)


@permit("payment.take", methods=("POST",))
def cancel(request: Request, basket_id: int, charge_id: int) -> HttpResponse:
    """The customer wants to pay otherwise: nobody can pay this charge any more, unless it was paid already."""
    return _seen_to(request, basket_id, charge_id, acquiring.Chore.CLOSE)


def charge(request: Request, basket_id: int) -> HttpResponse:
    """Charges the code that was scanned, or makes one to be shown; where that pays the basket, it is settled at once."""
    shown, by, at = request.POST.get("what") == "show", request.actor, request.at
    code, typed = "" if shown else _code(request), request.POST.get("amount", "").strip()
    provider = _shown_of(request) if shown else acquiring.payer_of(code)
    acquirer(provider)
    asked, new = ask_charge(
        basket_id=BasketId(basket_id), provider=provider, way=acquiring.Way.SHOWN if shown else acquiring.Way.SCANNED,
        amount=Money.yuan(typed) if typed else None, intent=intent_of(request), by=by, at=at,
    )  # fmt: skip
    if new:
        note_charge(number=asked.number, answer=put(asked, code=code, at=at), by=by, at=at)
    return onward(request, basket_id)


def _shown_of(request: Request) -> acquiring.Provider:
    """Whose code is to be shown: the one chosen, or the first that is open here."""
    wanted = request.POST.get("provider", "")
    shown = [one for one in open_providers(request) if wanted in ("", one.value)]
    return shown[0] if shown else acquiring.Provider.WECHAT


def open_providers(request: Request) -> list[acquiring.Provider]:
    """Whose telephone payments this hall takes."""
    means = policy_book(hall_id=request.actor.hall_id, at=request.at)[ledger.OPEN_MEANS]
    return [one for one in acquiring.TELEPHONE if one.value in means]


def is_code(request: Request) -> bool:
    """Whether a payment code was scanned where cash is typed."""
    return acquiring.provider_of(_code(request)) is not None


def charge_ids(request: Request) -> list[int]:
    """The charges that a payment is to use, as the page lists them."""
    return [int(one) for one in request.POST.getlist("charge") if one.isdecimal() and len(one) < 19]


def paid_answer(request: Request, paid: PaymentTaken) -> HttpResponse:
    """The page of the sale: initial passwords are shown in this answer, and never again."""
    if paid.secrets:
        return render(request, "desk/baskets/paid.html", sale_page(request, paid))
    return go(request, JustPaid.address(paid))


def charges_page(request: Request, basket_id: int) -> dict[str, Any]:
    """Where a payment in parts stands, for whoever looks."""
    scope = request.actor.scope
    basket = orders.basket(basket_id=BasketId(basket_id), scope=scope)
    card = customers.card(basket.party_id, scope=scope)
    book = policy_book(hall_id=request.actor.hall_id, at=request.at)
    means = book[ledger.OPEN_MEANS]
    cards = book[acquiring.CARD_WAYS_OPEN] if acquiring.Provider.CARD.value in means else ()
    names = [(one.value, ledger.MEANS_NAMES[ledger.Means(one.value)]) for one in open_providers(request)]
    return {
        **surroundings(request), **_parts(basket, scope), "basket": basket, "card": card, "providers": names, "cards": cards,
        "transfers": acquiring.Provider.TRANSFER.value in means, "by": _unfolded(request, means, cards),
        "recharge_cards": acquiring.Provider.RECHARGE_CARD.value in means,
        "balance": left_to(basket.party_id) if ledger.Means.PREPAID in means else Money.zero(),
    }  # fmt: skip


def _unfolded(request: Request, means: Collection[str], cards: Collection[str]) -> str:
    """Whose form is open at first: what was pressed at the till, else the scanned code ("") where the hall takes one."""
    asked = request.GET.get("by", "")
    if not asked and not open_providers(request):
        asked = next((one for one in _FOLDED if one in means), "")
    return "slip" if asked == acquiring.Provider.CARD.value and "terminal" not in cards else asked


def _parts(basket: orders.Basket, scope: Scope) -> dict[str, Any]:
    """What came, what is waited for, what is left to ask for."""
    known = acquiring.charges_of_basket(basket.id, scope=scope)
    usable = [one for one in known if one.usable]
    came, waited = (
        Money.total(one.amount for one in some) for some in (usable, [one for one in known if one.open])
    )
    rest = basket.total - came
    return {
        "charges": [(one, *STATES[one.state], ledger.MEANS_NAMES[ledger.Means(one.provider.value)], WAYS[one.way]) for one in known],
        "usable": usable, "came": came, "rest": rest, "waited": waited, "left": rest - waited,
        "open": basket.state is orders.BasketState.OPEN, "paid_intent": _paid_intent(basket.id, usable),
        "customer_href": f"/desk/customers/{basket.party_id}", "here": f"/desk/baskets/{basket.id}/charges",
    }  # fmt: skip


def _paid_intent(basket: BasketId, usable: list[acquiring.Charge]) -> UUID:
    """The same for the same charges, so that two tabs and a reload settle once."""
    return uuid5(NAMESPACE_OID, f"charges {basket} {[one.id for one in usable]}")


def _seen_to(request: Request, basket_id: int, charge_id: int, chore: acquiring.Chore) -> HttpResponse:
    by = request.actor
    found = acquiring.charge(charge_id, scope=by.scope)
    if found.open and found.basket == basket_id:
        book = policy_book(hall_id=by.hall_id, at=request.at, version=by.policy_version)
        see_to(found, chore=chore, acquirer_of=acquirer, book=book, by=by, at=request.at)
    return onward(request, basket_id)


def onward(request: Request, basket_id: int) -> HttpResponse:
    """On to the receipt where everything is paid; else to the page that shows what is waited for."""
    facts = charges_page(request, basket_id)
    if facts["rest"] or not facts["usable"] or not facts["open"]:
        return go(request, facts["here"])
    paid = take_payment(
        basket_id=BasketId(basket_id), due=facts["basket"].total, tendered=Money.zero(),
        charges=[one.id for one in facts["usable"]], intent=facts["paid_intent"], by=request.actor, at=request.at,
    )  # fmt: skip
    return paid_answer(request, paid)


def _code(request: Request) -> str:
    return (request.POST.get("code") or request.POST.get("received", "")).strip()
