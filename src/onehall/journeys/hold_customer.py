"""请客户稍候 Ask the customer to wait: with a reason and an apology, recorded as a hold of all that stands open (ORD-12)."""

from datetime import datetime

from onehall.contexts.floor import api as floor
from onehall.contexts.orders import api as orders
from onehall.foundation.audit import record
from onehall.foundation.database import transaction
from onehall.foundation.outbox import publish
from onehall.foundation.scopes import Actor


def hold_customer(*, reason: str, apologised: bool, by: Actor, at: datetime) -> floor.Serving | None:
    """The service that was put on hold, with its open basket; None where nobody is served. Raises HoldIncomplete with its field."""
    if by.counter_id is None:
        return None
    with transaction():
        by.require("customer.open")
        said = floor.check_hold(reason=reason, apologised=apologised)
        current = floor.serving_at(counter_id=by.counter_id, scope=by.scope)
        if current is None:
            return None
        _hold_all(current, said, apologised, by, at)
        record(
            action="customer.held", subject="party", subject_id=current.party_id, hall_id=by.hall_id, by=by, at=at,
            rule="ORD-12", details={"serving": current.id, "apologised": apologised},
        )  # fmt: skip
        publish(topic="serving.changed", hall_id=by.hall_id, at=at, payload={"serving": current.id})
    return current


def _hold_all(current: floor.Serving, reason: str, apologised: bool, by: Actor, at: datetime) -> None:
    basket = orders.open_basket_of(counter_id=current.counter_id, party_id=current.party_id, scope=by.scope)
    if basket is not None:
        orders.hold_basket(basket_id=basket.id, reason=reason, by=by, at=at)
        publish(topic="basket.changed", hall_id=by.hall_id, at=at, payload={"basket": basket.id})
    floor.hold_serving(
        counter_id=current.counter_id,
        party_id=current.party_id,
        reason=reason,
        apologised=apologised,
        by=by,
        at=at,
    )
