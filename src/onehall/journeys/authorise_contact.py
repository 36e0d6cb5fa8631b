"""登记授权联系人 Enter who may act for an organisation, for what and until when, from a sealed power of attorney (CUS-07)."""

from collections.abc import Iterable
from datetime import date, datetime

from onehall.contexts.customers import api as customers
from onehall.foundation.audit import record
from onehall.foundation.database import transaction
from onehall.foundation.outbox import publish
from onehall.foundation.scopes import Actor
from onehall.foundation.values.ids import PartyId


def authorise_contact(
    *, party_id: PartyId, name: str, document: customers.DocumentGiven, phone: str, mandates: Iterable[customers.Mandate],
    until: date | None, by: Actor, at: datetime,
) -> customers.AuthorisedContact:  # fmt: skip
    """An earlier authorisation of the same document ends. Raises the refusals of `customers.authorise_contact`."""
    with transaction():
        by.require("contact.authorise")
        root = customers.customer_in_service(party_id=party_id, by=by)
        kept = customers.authorise_contact(
            party_id=root,
            name=name,
            document=document,
            phone=phone,
            mandates=mandates,
            until=until,
            by=by,
            at=at,
        )
        record(
            action="customer.contact_authorised", subject="party", subject_id=root, hall_id=by.hall_id, by=by, at=at,
            rule="CUS-07",
            details={"contact": kept.id, "mandates": sorted(kept.mandates), "until": kept.until.isoformat()},
        )  # fmt: skip
        publish(topic="customers.standing", hall_id=by.hall_id, at=at, payload={"party_id": root})
        return kept
