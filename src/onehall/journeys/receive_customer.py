"""接待 Receive a customer at the counter: from now on the screen is theirs (ORD-12)."""

from datetime import datetime

from onehall.contexts.customers import api as customers
from onehall.contexts.floor import api as floor
from onehall.foundation.audit import record
from onehall.foundation.database import transaction
from onehall.foundation.outbox import publish
from onehall.foundation.scopes import Actor
from onehall.foundation.values.ids import PartyId


def receive_customer(*, party_id: PartyId, by: Actor, at: datetime) -> floor.Serving | None:
    """The service, begun, gone on with, or taken up from a hold; None for whoever sits at no counter. Raises StillServing."""
    if by.counter_id is None:
        return None
    with transaction():
        by.require("customer.open")
        root = customers.root(party_id, scope=by.scope)
        serving = floor.begin_serving(counter_id=by.counter_id, party_id=PartyId(root), by=by, at=at)
        record(
            action="customer.received", subject="party", subject_id=root, hall_id=by.hall_id, by=by, at=at,
            rule="ORD-12", details={"serving": serving.id},
        )  # fmt: skip
        publish(topic="serving.changed", hall_id=by.hall_id, at=at, payload={"serving": serving.id})
    return serving
