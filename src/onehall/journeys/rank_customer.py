"""定客户级别 Give a customer a VIP level, or take it away, with the reason (CUS-07)."""

from datetime import datetime

from onehall.contexts.customers import api as customers
from onehall.foundation.audit import record
from onehall.foundation.database import transaction
from onehall.foundation.outbox import publish
from onehall.foundation.policy.services import policy_book
from onehall.foundation.scopes import Actor
from onehall.foundation.values.ids import PartyId


def rank_customer(
    *, party_id: PartyId, level: customers.VipLevel, reason: str, by: Actor, at: datetime
) -> None:
    """Holds until the policy asks to look at it again. ReasonNeeded, CustomerNotFound."""
    with transaction():
        by.require("customer.rank")
        root = customers.customer_in_service(party_id=party_id, by=by)
        book = policy_book(hall_id=by.hall_id, at=at)
        customers.rank_customer(
            party_id=root, level=level, reason=reason, months=book[customers.VIP_MONTHS], by=by, at=at
        )
        record(
            action="customer.ranked", subject="party", subject_id=root, hall_id=by.hall_id, by=by, at=at, rule="CUS-07",
            policy_version=book.version, details={"level": level},
        )  # fmt: skip
        publish(topic="customers.standing", hall_id=by.hall_id, at=at, payload={"party_id": root})
