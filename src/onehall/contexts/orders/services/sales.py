"""Baskets, what is in them, and the orders that they become."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from onehall.contexts.orders import rules
from onehall.contexts.orders.contracts import (
    AlreadyServed,
    AmountDiffers,
    Basket,
    BasketNotOpen,
    BasketSettled,
    BasketState,
    Item,
    ItemDraft,
    ItemRepeated,
    Order,
    OrderNotVoidable,
    OrderState,
    Settlement,
)
from onehall.contexts.orders.models import (
    AcceptanceForm,
    BasketHold,
    BasketItem,
    OrderArchive,
    OrderCompletion,
    OrderVoid,
    ServiceOrder,
    Signature,
)
from onehall.contexts.orders.models import Basket as BasketRow
from onehall.contexts.orders.queries import orders_of_basket
from onehall.contexts.orders.rules.signed import BasketSigned
from onehall.contexts.orders.services.paper import withdraw_paper
from onehall.foundation.database import Asking, asks, call_all, function, in_transaction
from onehall.foundation.scopes import Actor, NotFound
from onehall.foundation.values.ids import (
    BasketId,
    CounterId,
    DocumentId,
    HallId,
    ItemId,
    OrderId,
    PartyId,
    SubscriptionId,
)
from onehall.foundation.values.money import Money
from onehall.foundation.values.period import local
from onehall.foundation.values.text import Text


@in_transaction
def open_basket(
    *, hall_id: HallId, counter_id: CounterId, party_id: PartyId, policy_version: int, by: Actor, at: datetime
) -> Basket:
    """The customer's open basket at this counter, the one that stands or a new one: never two, however often pressed."""
    row, _ = BasketRow.objects.get_or_create(
        counter_id=counter_id,
        party_id=party_id,
        state=BasketState.OPEN,
        defaults={"hall_id": hall_id, "by_id": by.user_id, "policy_version": policy_version, "opened_at": at},
    )
    return row.as_contract()


@in_transaction
def put_item(*, basket_id: BasketId, draft: ItemDraft, by: Actor, at: datetime) -> Item:
    """Adds a priced line. Refuses in a basket that is not open, and the same business for the same dwelling twice."""
    row = _unsigned(basket_id, by)
    items = [item.as_contract() for item in row.items.order_by("line")]
    if rules.repeats((item.draft for item in items), draft):
        raise ItemRepeated(name=draft.name.zh, name_en=draft.name.en)
    line = items[-1].line + 1 if items else 1
    return BasketItem.objects.create(
        basket=row, line=line, put_at=at, by_id=by.user_id, **BasketItem.columns_of(draft)
    ).as_contract()


@in_transaction
def remove_item(*, basket_id: BasketId, item_id: ItemId, by: Actor, at: datetime) -> Basket:
    """Takes a line out of an open basket; a line that is gone already is no mistake."""
    row = _unsigned(basket_id, by)
    row.items.filter(pk=item_id).delete()
    return row.as_contract()


@in_transaction
def hold_basket(*, basket_id: BasketId, reason: str, by: Actor, at: datetime) -> Basket:
    """Puts the basket aside with a reason; its items wait (ORD-03, ORD-12)."""
    row = _locked(basket_id, by, BasketState.OPEN)
    BasketHold.objects.create(basket=row, reason=reason, held_at=at, by_id=by.user_id)
    return _to(row, BasketState.HELD)


@in_transaction
def resume_basket(*, basket_id: BasketId, counter_id: CounterId, by: Actor, at: datetime) -> Basket:
    """Takes a held basket up again, at whichever counter of the hall; AlreadyServed if the customer has an open one there."""
    row = _locked(basket_id, by, BasketState.HELD)
    if BasketRow.objects.filter(
        counter_id=counter_id, party_id=row.party_id, state=BasketState.OPEN
    ).exists():
        raise AlreadyServed()
    BasketHold.objects.filter(basket=row, resumed_at__isnull=True).update(resumed_at=at)
    return _to(row, BasketState.OPEN, counter_id=counter_id)


@in_transaction
def abandon_basket(*, basket_id: BasketId, by: Actor, at: datetime) -> Basket:
    """The customer does not want it; what was in it stays on record."""
    row = _locked(basket_id, by, BasketState.OPEN, BasketState.HELD)
    BasketHold.objects.filter(basket=row, resumed_at__isnull=True).update(resumed_at=at)
    withdraw_paper(basket_id=basket_id, at=at)
    return _to(row, BasketState.ABANDONED)


@in_transaction
@asks
def settle_basket(*, basket_id: BasketId, amount: Money, by: Actor, at: datetime) -> Asking[Settlement]:
    """★ Makes orders of an open basket, once, if `amount` is the sum of its items. One call.

    Raises BasketSettled with when and how much the first time, AmountDiffers, BasketEmpty, BasketNotOpen, NotFound.
    """
    rows = yield function(
        "orders_settle", p_basket=basket_id, p_hall=by.hall_id, p_amount=amount.fen, p_by=by.user_id, p_at=at
    )
    first = rows[0]
    if first["outcome"] != "accepted":
        raise _refusal(first, amount)
    return Settlement(
        basket_id=basket_id,
        party_id=PartyId(first["party_id"]),
        amount=amount,
        orders=tuple(_order(row, basket_id, by.hall_id, at) for row in rows),
        handling_seconds=max(0, round((at - first["opened_at"]).total_seconds() - first["held_seconds"])),
    )


def _refusal(row: dict[str, Any], given: Money) -> Exception:
    match row["outcome"]:
        case "settled":
            return _settled(row["settled_at"], row["settled_fen"])
        case "differs" | "empty":
            return AmountDiffers(due=Money(int(row["due_fen"])).text, given=given.text)
        case "missing":
            return NotFound(what="这张受理单", what_en="This basket")
    return BasketNotOpen(state=row["outcome"])


def _settled(at: datetime, fen: int) -> BasketSettled:
    return BasketSettled(at=f"{local(at):%Y-%m-%d %H:%M:%S}", amount=Money(fen).text)


def _order(row: dict[str, Any], basket_id: BasketId, hall_id: HallId, at: datetime) -> Order:
    return Order(
        id=OrderId(row["id"]), hall_id=hall_id, basket_id=basket_id, line=row["line"], business=row["kind"],
        offering=row["offering"], price_version=row["price_version"], name=Text(row["name_zh"], row["name_en"]),
        quantity=row["quantity"], amount=Money(row["amount_fen"]), revenue_account=row["revenue_account"],
        party_id=row["party_id"], dwelling_id=row["dwelling_id"], subscription_id=row["subscription"],
        serial=row["serial"], details=json.loads(row["details"]), policy_version=row["policy_version"], accepted_at=at,
        state=OrderState.ACCEPTED,
    )  # fmt: skip


@in_transaction
def link_subscriptions(*, links: Sequence[tuple[OrderId, SubscriptionId, str]]) -> int:
    """★ Writes on fresh orders which subscription, with which form serial, they opened. One call; how many it linked."""
    items = [
        {"order": order, "subscription": subscription, "serial": serial}
        for order, subscription, serial in links
    ]
    return len(call_all("orders_link", p_links=json.dumps(items)))


@in_transaction
def void_basket_orders(
    *, basket_id: BasketId, reason: str, same_shift: bool, by: Actor, at: datetime, approved: bool = False
) -> tuple[Order, ...]:
    """Takes a whole sale back in the shift that made it, or later where a second person approved it; what was voided.

    OrderNotVoidable says why it cannot be.
    """
    BasketRow.objects.select_for_update().filter(pk=basket_id).first()
    orders = orders_of_basket(basket_id=basket_id, scope=by.scope)
    if not orders:
        raise NotFound(what="这张受理单", what_en="This basket")
    states = [order.state for order in orders]
    why = rules.why_not_void(states=states, same_shift=same_shift or approved)
    if why is not None:
        raise OrderNotVoidable(why=why.zh, why_en=why.en)
    OrderVoid.objects.bulk_create(
        [OrderVoid(order_id=order.id, reason=reason, at=at, by_id=by.user_id) for order in orders]
    )
    withdraw_paper(basket_id=basket_id, at=at)
    return orders


@in_transaction
def complete_order(*, order_id: OrderId, by: Actor, at: datetime) -> None:
    """The service works at the customer's; saying it twice changes nothing."""
    _visible(order_id, by)
    OrderCompletion.objects.get_or_create(order_id=order_id, defaults={"at": at, "by_id": by.user_id})


@in_transaction
def archive_order(*, order_id: OrderId, by: Actor, at: datetime) -> None:
    """The case is filed; saying it twice changes nothing."""
    _visible(order_id, by)
    OrderArchive.objects.get_or_create(order_id=order_id, defaults={"at": at, "by_id": by.user_id})


@in_transaction
def attach_form(*, basket_id: BasketId, document_id: DocumentId, sha256: bytes, at: datetime) -> None:
    """Names the stored acceptance form of a basket; a reprint is the same document (ORD-02)."""
    AcceptanceForm.objects.get_or_create(
        basket_id=basket_id, defaults={"document": document_id, "sha256": sha256, "at": at}
    )


def _visible(order_id: OrderId, by: Actor) -> ServiceOrder:
    row = ServiceOrder.objects.filter(pk=order_id).first()
    if row is None or not by.scope.allows(row.hall_id):
        raise NotFound(what="这张订单", what_en="This order")
    return row


def _locked(basket_id: BasketId, by: Actor, *states: BasketState) -> BasketRow:
    row = BasketRow.objects.select_for_update().filter(pk=basket_id).first()
    if row is None or not by.scope.allows(row.hall_id):
        raise NotFound(what="这张受理单", what_en="This basket")
    if row.state == BasketState.SETTLED and row.settled_at is not None and row.settled_fen is not None:
        raise _settled(row.settled_at, row.settled_fen)
    if row.state not in states:
        raise BasketNotOpen(state=row.state)
    return row


def _unsigned(basket_id: BasketId, by: Actor) -> BasketRow:
    """An open basket whose form nobody has signed; what was signed stays as it was (LAW-32)."""
    row = _locked(basket_id, by, BasketState.OPEN)
    if Signature.objects.filter(pk=basket_id).exists():
        raise BasketSigned()
    return row


def _to(row: BasketRow, state: BasketState, **changes: Any) -> Basket:
    for name, value in {"state": state, **changes}.items():
        setattr(row, name, value)
    row.save(update_fields=["state", *changes])
    return row.as_contract()
