"""不是同一人 Two records that looked like one customer are two people: remembered, and not asked again (CUS-06)."""

from datetime import datetime

from onehall.contexts.customers import api as customers
from onehall.foundation.audit import record
from onehall.foundation.database import transaction
from onehall.foundation.outbox import publish
from onehall.foundation.scopes import Actor
from onehall.foundation.values.ids import PartyId


def tell_customers_apart(*, one: PartyId, other: PartyId, reason: str, by: Actor, at: datetime) -> None:
    """Said twice, the first time stands. MergeReasonMissing, CustomerNotFound."""
    with transaction():
        by.require("customer.merge")
        customers.tell_apart(one=one, other=other, reason=reason, by=by, at=at)
        record(
            action="customer.told_apart",
            subject="party",
            subject_id=min(one, other),
            hall_id=by.hall_id,
            by=by,
            at=at,
            rule="CUS-06",
            details={"other": max(one, other)},
        )
        payload = {"party_id": min(one, other)}
        publish(topic="customers.merged", hall_id=by.hall_id, at=at, payload=payload)
