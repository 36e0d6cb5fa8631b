"""挂起 Put a basket aside: papers are missing, or another customer comes first (ORD-03, ORD-12)."""

from datetime import datetime

from onehall.contexts.floor import api as floor
from onehall.contexts.orders import api as orders
from onehall.foundation.audit import record
from onehall.foundation.database import transaction
from onehall.foundation.outbox import publish
from onehall.foundation.scopes import Actor
from onehall.foundation.values.ids import BasketId


def hold_basket(*, basket_id: BasketId, reason: str, by: Actor, at: datetime) -> orders.Basket:
    """Its items wait, and with them the customer, who leaves the counter; the number reserved for it is kept as long as the reservation lasts."""
    with transaction():
        by.require("basket.edit")
        basket = orders.hold_basket(basket_id=basket_id, reason=reason, by=by, at=at)
        if by.counter_id is not None:
            floor.hold_serving(
                counter_id=by.counter_id,
                party_id=basket.party_id,
                reason=reason,
                apologised=False,
                by=by,
                at=at,
            )
        record(
            action="basket.held",
            subject="basket",
            subject_id=basket_id,
            hall_id=basket.hall_id,
            by=by,
            at=at,
            rule="ORD-12",
        )
        publish(topic="basket.changed", hall_id=basket.hall_id, at=at, payload={"basket": basket_id})
    return basket
