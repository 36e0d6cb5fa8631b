"""移出受理单 Take a service out of the basket again; the name reserved for it is free."""

from datetime import datetime

from onehall.contexts.orders import api as orders
from onehall.foundation.audit import record
from onehall.foundation.database import transaction
from onehall.foundation.outbox import publish
from onehall.foundation.scopes import Actor
from onehall.foundation.values.ids import BasketId, ItemId
from onehall.steps.basket import take_out_of_basket


def remove_item(*, basket_id: BasketId, item_id: ItemId, by: Actor, at: datetime) -> orders.Basket:
    """The basket without the item; an item that is gone already is no mistake."""
    with transaction():
        by.require("basket.edit")
        basket = take_out_of_basket(basket_id=basket_id, item_id=item_id, by=by, at=at)
        record(
            action="basket.item_removed",
            subject="basket",
            subject_id=basket_id,
            hall_id=basket.hall_id,
            by=by,
            at=at,
            details={"item": item_id},
        )
        publish(topic="basket.changed", hall_id=basket.hall_id, at=at, payload={"basket": basket_id})
    return basket
