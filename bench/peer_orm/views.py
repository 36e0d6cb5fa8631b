"""A payment as a view writes it with the ORM."""

# mypy: disable-error-code="attr-defined"

from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseForbidden, HttpResponseRedirect
from django.utils.timezone import now

from bench.peer_orm.models import (
    Access,
    AuditLine,
    Basket,
    Book,
    Drawer,
    DrawerEntry,
    Event,
    Order,
    Payment,
    Posting,
    Receipt,
    Session,
    Tender,
    Term,
)

MONTH = timedelta(days=30)


def payment(request: HttpRequest, basket_id: int) -> HttpResponse:
    """Takes the money of a basket."""
    token = request.COOKIES.get("session", "")
    session = Session.objects.select_related("user", "counter").filter(token=token, ended_at=None).first()
    if session is None:
        return HttpResponseForbidden()
    due = int(Decimal(request.POST["due"]) * 100)
    received = int(Decimal(request.POST["received"]) * 100)
    with transaction.atomic():
        paid, made = Payment.objects.get_or_create(
            intent=request.POST["intent"],
            defaults={
                "basket_id": basket_id,
                "counter": session.counter,
                "clerk": session.user,
                "amount": due,
                "at": now(),
            },
        )
        if made:
            _take(session, paid, due, received)
    return HttpResponseRedirect(f"/baskets/{basket_id}/payment")


def _take(session: Session, paid: Payment, due: int, received: int) -> None:
    basket = Basket.objects.select_for_update(of=("self",)).select_related("customer").get(pk=paid.basket_id)
    items = list(basket.item_set.select_related("subscription"))
    if basket.state != "open" or sum(item.amount for item in items) != due:
        raise ValueError("the basket changed")
    basket.state, basket.settled_at = "settled", paid.at
    basket.save()
    Tender.objects.create(payment=paid, means="cash", amount=due, tendered=received)
    Posting.objects.create(payment=paid, account="cash", amount=due)
    drawer = Drawer.objects.get(clerk=session.user, counter=session.counter, closed_at=None)
    DrawerEntry.objects.create(drawer=drawer, payment=paid, amount=due, at=paid.at)
    orders = [_deliver(session, basket, paid, item) for item in items]
    book = Book.objects.select_for_update().get(counter=session.counter)
    number, book.next = book.next, book.next + 1
    book.save()
    content = {
        "payer": basket.customer.name,
        "address": basket.customer.address,
        "due": due,
        "received": received,
    }
    Receipt.objects.create(
        payment=paid, number=number, payer=basket.customer.name, content=content, at=paid.at
    )
    AuditLine.objects.create(
        at=paid.at, user=session.user, action="payment.taken", details={"orders": orders}
    )
    Event.objects.create(topic="payment.taken", payload={"basket": basket.pk}, created_at=paid.at)


def _deliver(session: Session, basket: Basket, paid: Payment, item: Any) -> int:
    order = Order.objects.create(
        basket=basket,
        customer=basket.customer,
        subscription=item.subscription,
        offering=item.offering,
        amount=item.amount,
        accepted_at=paid.at,
        clerk=session.user,
    )
    Posting.objects.create(payment=paid, account="revenue", amount=-item.amount)
    last = Term.objects.select_for_update().filter(subscription=item.subscription).order_by("-expires_at")[0]
    expires_at = last.expires_at + item.months * MONTH
    Term.objects.create(
        subscription=item.subscription, starts_at=last.expires_at, expires_at=expires_at, order=order
    )
    access = Access.objects.select_for_update().get(account=item.subscription.account)
    access.valid_until = expires_at
    access.save()
    return order.pk
