"""The basket at the desk."""

from uuid import uuid4

from django.http import HttpResponse
from django.shortcuts import render

from onehall.contexts.customers import api as customers
from onehall.contexts.ledger import api as ledger
from onehall.entrances.desk.baskets.charging import charge, charge_ids, is_code, paid_answer
from onehall.entrances.desk.baskets.paid import giving_back, later_page
from onehall.entrances.desk.counter.forms import intent_of, whole_number
from onehall.entrances.desk.counter.surroundings import surroundings
from onehall.foundation.values.ids import BasketId, ItemId, PartyId, PaymentId, PremisesId, ReceiptId
from onehall.foundation.values.money import Money
from onehall.foundation.web.permit import permit
from onehall.foundation.web.requests import Request
from onehall.foundation.web.responses import go
from onehall.journeys.abandon_basket import abandon_basket
from onehall.journeys.add_item import add_item
from onehall.journeys.change_quantity import change_quantity
from onehall.journeys.finish_basket import finish_basket
from onehall.journeys.hold_basket import hold_basket
from onehall.journeys.remove_item import remove_item
from onehall.journeys.resume_basket import resume_basket
from onehall.journeys.take_payment import take_payment
from onehall.journeys.void_sale import void_sale


@permit("basket.edit", methods=("POST",))
def add(request: Request, party_id: int) -> HttpResponse:
    """Puts what was chosen into the basket."""
    business, _, offering = request.POST.get("choice", "").partition(":")
    home = whole_number(request, "home")
    add_item(
        party_id=PartyId(party_id),
        dwelling_id=PremisesId(home),
        offering=offering,
        business=business,
        quantity=max(1, whole_number(request, "quantity", 1)),
        by=request.actor,
        at=request.at,
    )
    return go(request, f"/desk/customers/{party_id}?home={home}")


@permit("basket.edit", methods=("POST",))
def remove(request: Request, basket_id: int, item_id: int) -> HttpResponse:
    """Takes a line out again."""
    basket = remove_item(
        basket_id=BasketId(basket_id), item_id=ItemId(item_id), by=request.actor, at=request.at
    )
    return go(request, f"/desk/customers/{basket.party_id}")


@permit("basket.edit", methods=("POST",))
def quantity(request: Request, basket_id: int, item_id: int) -> HttpResponse:
    """One more, one less."""
    basket = change_quantity(
        basket_id=BasketId(basket_id), item_id=ItemId(item_id), quantity=whole_number(request, "quantity"), by=request.actor,
        at=request.at,
    )  # fmt: skip
    return go(request, f"/desk/customers/{basket.party_id}")


@permit("payment.take")
def payment(request: Request, basket_id: int) -> HttpResponse:
    """Takes the money and shows receipt and change; asked for again, the same sale without its passwords."""
    if request.method == "GET":
        return render(request, "desk/baskets/paid.html", later_page(request, basket_id))
    if is_code(request):
        return charge(request, basket_id)
    due = request.POST.get("due", "")
    typed = request.POST.get("received", "").strip() or request.POST.get("exact", "") or due
    paid = take_payment(
        basket_id=BasketId(basket_id), due=Money.yuan(due), tendered=Money.yuan(typed), charges=charge_ids(request),
        balance=Money.yuan(request.POST.get("balance") or "0"), intent=intent_of(request), by=request.actor, at=request.at,
    )  # fmt: skip
    return paid_answer(request, paid)


@permit("basket.edit", methods=("POST",))
def finish(request: Request, basket_id: int) -> HttpResponse:
    """Nothing is to be paid: what is in it is done."""
    basket = finish_basket(
        basket_id=BasketId(basket_id), intent=intent_of(request), by=request.actor, at=request.at
    )
    return go(request, f"/desk/customers/{basket.party_id}")


@permit("basket.edit", methods=("POST",))
def hold(request: Request, basket_id: int) -> HttpResponse:
    """Puts the basket aside."""
    reason = request.POST.get("reason", "").strip() or "客户稍后回来"
    hold_basket(basket_id=BasketId(basket_id), reason=reason, by=request.actor, at=request.at)
    return go(request, "/desk/")


@permit("basket.edit", methods=("POST",))
def resume(request: Request, basket_id: int) -> HttpResponse:
    """Takes a held basket up again."""
    basket = resume_basket(basket_id=BasketId(basket_id), by=request.actor, at=request.at)
    return go(request, f"/desk/customers/{basket.party_id}")


@permit("basket.edit", methods=("POST",))
def abandon(request: Request, basket_id: int) -> HttpResponse:
    """The customer does not want it."""
    basket = abandon_basket(basket_id=BasketId(basket_id), by=request.actor, at=request.at)
    return go(request, f"/desk/customers/{basket.party_id}")


@permit("sale.void")
def void(request: Request, payment_id: int) -> HttpResponse:
    """Takes a sale of this shift back, with every copy of the receipt."""
    paid = ledger.payment(PaymentId(payment_id), scope=request.actor.scope)
    facts = {**surroundings(request), **giving_back(paid), "paid": paid}
    if request.method == "GET":
        receipts = ledger.receipts_of_payment(paid.id, scope=request.actor.scope)
        card = customers.card(paid.party, scope=request.actor.scope)
        facts |= {"receipts": receipts, "card": card, "intent": uuid4()}
        facts["back_href"] = f"/desk/baskets/{paid.basket}/payment"
        return render(request, "desk/baskets/void.html", facts)
    voided = void_sale(
        payment_id=PaymentId(payment_id),
        reason=request.POST.get("reason", ""),
        copies_present=whole_number(request, "copies"),
        intent=intent_of(request),
        by=request.actor,
        at=request.at,
    )
    return render(request, "desk/baskets/voided.html", {**facts, "voided": voided})


@permit("customer.search", methods=("GET",))
def by_receipt(request: Request, receipt_id: int) -> HttpResponse:
    """From a receipt to its sale."""
    receipt = ledger.receipt(ReceiptId(receipt_id), scope=request.actor.scope)
    paid = ledger.payment(receipt.payment, scope=request.actor.scope)
    return go(request, f"/desk/baskets/{paid.basket}/payment")
