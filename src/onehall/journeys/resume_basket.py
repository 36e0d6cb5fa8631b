"""恢复受理 Take a held basket up again, at whichever counter of the hall the customer comes to (ORD-03)."""

from datetime import datetime

from onehall.contexts.floor import api as floor
from onehall.contexts.orders import api as orders
from onehall.foundation.audit import record
from onehall.foundation.database import transaction
from onehall.foundation.outbox import publish
from onehall.foundation.scopes import Actor, NotFound
from onehall.foundation.values.ids import BasketId


def resume_basket(*, basket_id: BasketId, by: Actor, at: datetime) -> orders.Basket:
    """The basket, open at the actor's counter, and its customer served there. Raises StillServing while another one is."""
    with transaction():
        by.require("basket.edit")
        if by.counter_id is None:
            raise NotFound(what="您的台席（请在台席登录）", what_en="Your counter (sign in at a counter)")
        basket = orders.resume_basket(basket_id=basket_id, counter_id=by.counter_id, by=by, at=at)
        if by.session_id is not None:
            floor.begin_serving(counter_id=by.counter_id, party_id=basket.party_id, by=by, at=at)
        record(
            action="basket.resumed",
            subject="basket",
            subject_id=basket_id,
            hall_id=basket.hall_id,
            by=by,
            at=at,
            rule="ORD-03",
            details={"counter": by.counter_id},
        )
        publish(topic="basket.changed", hall_id=basket.hall_id, at=at, payload={"basket": basket_id})
    return basket
