"""取消签名 The clerk takes back what the display asks the customer to sign (ORD-02)."""

from datetime import datetime

from onehall.contexts.orders import api as orders
from onehall.foundation.audit import record
from onehall.foundation.database import transaction
from onehall.foundation.documents.display import withdraw_signing
from onehall.foundation.outbox import publish
from onehall.foundation.scopes import Actor
from onehall.foundation.values.ids import BasketId


def withdraw_signature_request(*, basket_id: BasketId, by: Actor, at: datetime) -> None:
    """The display goes back to the figures; where nothing is asked any more, nothing happens."""
    with transaction():
        by.require("basket.edit")
        basket = orders.basket(basket_id=basket_id, scope=by.scope)
        withdraw_signing(subject="basket", subject_id=basket_id, at=at)
        record(
            action="acceptance_form.withdrawn", subject="basket", subject_id=basket_id, hall_id=basket.hall_id, by=by, at=at,
            rule="ORD-02",
        )  # fmt: skip
        publish(topic="basket.changed", hall_id=basket.hall_id, at=at, payload={"basket": basket_id})
