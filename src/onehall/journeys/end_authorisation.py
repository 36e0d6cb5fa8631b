"""撤销授权 Somebody acts for an organisation no more (CUS-07)."""

from datetime import datetime

from onehall.contexts.customers import api as customers
from onehall.foundation.audit import record
from onehall.foundation.database import transaction
from onehall.foundation.outbox import publish
from onehall.foundation.scopes import Actor
from onehall.foundation.values.ids import PartyId


def end_authorisation(*, party_id: PartyId, contact_id: int, by: Actor, at: datetime) -> None:
    """From this moment on; one that ended already stays as it ended. CustomerNotFound."""
    with transaction():
        by.require("contact.authorise")
        root = customers.customer_in_service(party_id=party_id, by=by)
        customers.end_authorisation(party_id=root, contact_id=contact_id, by=by, at=at)
        record(
            action="customer.contact_ended", subject="party", subject_id=root, hall_id=by.hall_id, by=by, at=at,
            rule="CUS-07", details={"contact": contact_id},
        )  # fmt: skip
        publish(topic="customers.standing", hall_id=by.hall_id, at=at, payload={"party_id": root})
