"""结束服务 Finish the service: “anything else?” was asked, the customer's record closes, the screen is clear (ORD-15, SEC-03)."""

from datetime import datetime

from onehall.contexts.customers import api as customers
from onehall.contexts.floor import api as floor
from onehall.contexts.orders import api as orders
from onehall.foundation.audit import record
from onehall.foundation.database import transaction
from onehall.foundation.outbox import publish
from onehall.foundation.scopes import Actor


def finish_service(*, asked_more: bool, by: Actor, at: datetime) -> floor.Serving | None:
    """The service that ended; None where nobody is served. Raises BasketUnfinished: what was chosen is paid, held or declined first."""
    if by.counter_id is None:
        return None
    with transaction():
        by.require("customer.open")
        _check_basket(by)
        ended = floor.end_serving(counter_id=by.counter_id, asked_more=asked_more, by=by, at=at)
        if ended is None:
            return None
        closed = customers.close_purposes(party_id=ended.party_id, by=by, at=at)
        record(
            action="customer.finished", subject="party", subject_id=ended.party_id, hall_id=by.hall_id, by=by, at=at,
            rule="SEC-03", details={"serving": ended.id, "purposes_closed": closed, "asked_more": asked_more},
        )  # fmt: skip
        publish(topic="serving.changed", hall_id=by.hall_id, at=at, payload={"serving": ended.id})
    return ended


def _check_basket(by: Actor) -> None:
    served = floor.serving_at(counter_id=by.counter_id, scope=by.scope) if by.counter_id else None
    if served is None:
        return
    basket = orders.open_basket_of(counter_id=served.counter_id, party_id=served.party_id, scope=by.scope)
    if basket is not None and basket.items:
        raise floor.BasketUnfinished(amount=basket.total.text)
