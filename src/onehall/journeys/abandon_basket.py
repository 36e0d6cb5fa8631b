"""放弃受理 The customer does not want it after all; what was in the basket stays on record."""

from datetime import datetime

from onehall.contexts.numbers import api as numbers
from onehall.contexts.orders import api as orders
from onehall.foundation.audit import record
from onehall.foundation.database import transaction
from onehall.foundation.outbox import publish
from onehall.foundation.scopes import Actor
from onehall.foundation.values.ids import BasketId


def abandon_basket(*, basket_id: BasketId, by: Actor, at: datetime) -> orders.Basket:
    """Closes an open or held basket without a sale; the numbers reserved for it are free again."""
    with transaction():
        by.require("basket.edit")
        basket = orders.abandon_basket(basket_id=basket_id, by=by, at=at)
        numbers.release_reservations(basket_id=basket_id, at=at)
        record(
            action="basket.abandoned",
            subject="basket",
            subject_id=basket_id,
            hall_id=basket.hall_id,
            by=by,
            at=at,
            rule="ORD-01",
            details={"items": len(basket.items)},
        )
        publish(topic="basket.changed", hall_id=basket.hall_id, at=at, payload={"basket": basket_id})
    return basket
