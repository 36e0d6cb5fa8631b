"""Baskets, orders and their signatures."""

from collections.abc import Sequence
from datetime import datetime

from onehall.contexts.orders import rules
from onehall.contexts.orders.contracts import Basket, BasketState, Order, SignatureRecord

from onehall.contexts.orders.models import (  # isort: skip
    BasketHold, OrderArchive, OrderCompletion, OrderVoid, PaperEntry, ServiceOrder, Signature,
)  # fmt: skip
from onehall.contexts.orders.models import Basket as BasketRow
from onehall.foundation.scopes import NotFound, Scope
from onehall.foundation.values.ids import (
    BasketId,
    CounterId,
    DocumentId,
    HallId,
    OrderId,
    PartyId,
    SubscriptionId,
)
from onehall.foundation.values.period import Period


def basket(*, basket_id: BasketId, scope: Scope) -> Basket:
    """One basket with its items."""
    row = BasketRow.objects.prefetch_related("items", "holds").filter(pk=basket_id).first()
    if row is None or not scope.allows(row.hall_id):
        raise NotFound(what="这张受理单", what_en="This basket")
    return row.as_contract()


def open_basket_of(*, counter_id: CounterId, party_id: PartyId, scope: Scope) -> Basket | None:
    """The basket on which the counter serves this customer now, if there is one."""
    row = (
        BasketRow.objects.prefetch_related("items", "holds")
        .filter(counter_id=counter_id, party_id=party_id, state=BasketState.OPEN)
        .first()
    )
    return row.as_contract() if row is not None and scope.allows(row.hall_id) else None


def baskets_waiting(
    *, scope: Scope, hall_id: HallId, counter_id: CounterId | None = None, party_id: PartyId | None = None
) -> tuple[Basket, ...]:
    """Open and held baskets of a hall, oldest first; of one counter or one customer where asked."""
    scope.require(hall_id)
    rows = BasketRow.objects.prefetch_related("items", "holds").filter(
        hall_id=hall_id, state__in=[BasketState.OPEN, BasketState.HELD]
    )
    if counter_id is not None:
        rows = rows.filter(counter_id=counter_id)
    if party_id is not None:
        rows = rows.filter(party_id=party_id)
    return tuple(row.as_contract() for row in rows.order_by("opened_at", "id"))


def unfinished_baskets(*, party_ids: Sequence[PartyId], scope: Scope) -> tuple[Basket, ...]:
    """Open and held baskets of these customers with something in them, in the halls of the scope, oldest first."""
    rows = BasketRow.objects.prefetch_related("items", "holds").filter(
        party_id__in=party_ids, state__in=[BasketState.OPEN, BasketState.HELD], items__isnull=False
    )
    return tuple(row.as_contract() for row in rows.distinct().order_by("id") if scope.allows(row.hall_id))


def order(*, order_id: OrderId, scope: Scope) -> Order:
    """One order."""
    found = _orders(list(ServiceOrder.objects.filter(pk=order_id)), scope)
    if not found:
        raise NotFound(what="这张订单", what_en="This order")
    return found[0]


def orders_of_basket(*, basket_id: BasketId, scope: Scope) -> tuple[Order, ...]:
    """The orders of a paid basket, by line; empty before it is paid."""
    return _orders(list(ServiceOrder.objects.filter(basket_id=basket_id).order_by("line")), scope)


def orders_of(*, party_id: PartyId, scope: Scope) -> tuple[Order, ...]:
    """A customer's orders in the halls of the scope, newest first."""
    return _orders(
        list(ServiceOrder.objects.filter(party_id=party_id).order_by("-accepted_at", "-id")), scope
    )


def orders_of_subscription(*, subscription_id: SubscriptionId, scope: Scope) -> tuple[Order, ...]:
    """What was ever sold on a subscription in the halls of the scope, newest first."""
    return _orders(
        list(ServiceOrder.objects.filter(subscription=subscription_id).order_by("-accepted_at", "-id")), scope
    )


def orders_by_serial(*, serial: str, scope: Scope) -> tuple[Order, ...]:
    """Orders that carry a form serial: the first sale and its renewals (ORD-07)."""
    return _orders(list(ServiceOrder.objects.filter(serial=serial).order_by("accepted_at", "id")), scope)


def paper_form(*, basket_id: BasketId, scope: Scope) -> rules.PaperForm | None:
    """The paper form that this basket is typed from; None where it is an ordinary one."""
    row = PaperEntry.objects.filter(pk=basket_id, withdrawn_at__isnull=True).first()
    return row.as_contract() if row is not None and scope.allows(row.hall_id) else None


def handling(
    *, basket_id: BasketId, limit: int, pause_limit: int, at: datetime, scope: Scope
) -> rules.Handling:
    """How long the service takes or took (ORD-11): until it was paid, or until `at`."""
    found = basket(basket_id=basket_id, scope=scope)
    holds = [
        Period(hold.held_at, hold.resumed_at or at)
        for hold in BasketHold.objects.filter(basket_id=basket_id)
        if hold.held_at < (hold.resumed_at or at)
    ]
    moments = [found.opened_at, *(item.put_at for item in found.items), found.settled_at or at]
    return rules.handling(moments=moments, holds=holds, limit=limit, pause_limit=pause_limit)


def signature(*, basket_id: BasketId, scope: Scope) -> SignatureRecord | None:
    """How the acceptance form was signed; None while it is not. The strokes stay inside."""
    row = Signature.objects.select_related("basket").filter(pk=basket_id).first()
    if row is None or not scope.allows(row.basket.hall_id):
        return None
    return SignatureRecord(
        basket_id=basket_id,
        method=row.method,
        document_id=DocumentId(row.document) if row.document else None,
        document_sha256=bytes(row.document_sha256) if row.document_sha256 is not None else None,
        at=row.at,
    )


def _orders(rows: Sequence[ServiceOrder], scope: Scope) -> tuple[Order, ...]:
    visible = [row for row in rows if scope.allows(row.hall_id)]
    ids = [row.pk for row in visible]
    completed, archived, void = (
        set(step.objects.filter(pk__in=ids).values_list("pk", flat=True))
        for step in (OrderCompletion, OrderArchive, OrderVoid)
    )
    return tuple(
        row.as_contract(
            rules.order_state(completed=row.pk in completed, archived=row.pk in archived, void=row.pk in void)
        )
        for row in visible
    )
