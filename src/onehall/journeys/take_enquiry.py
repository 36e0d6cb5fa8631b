"""首问登记 Whoever is asked first takes the enquiry, and sees it through to the end (ORD-04)."""

from datetime import datetime
from uuid import UUID

from onehall.contexts.customers import api as customers
from onehall.contexts.workforce import api as workforce
from onehall.foundation.audit import record
from onehall.foundation.database import transaction
from onehall.foundation.idempotency import once
from onehall.foundation.outbox import publish
from onehall.foundation.policy.services import policy_book
from onehall.foundation.scopes import Actor
from onehall.foundation.values.ids import PartyId


def take_enquiry(
    *, what: str, party_id: PartyId | None, intent: UUID, by: Actor, at: datetime
) -> workforce.Enquiry:
    """Pressed twice it is one enquiry. Raises Unsaid, and NotFound for an unknown customer."""
    with transaction():
        by.require("enquiry.handle")
        attempt = once(
            key=intent, journey="take_enquiry", by=by, body={"what": what, "party": party_id}, at=at
        )
        if attempt.result is not None:
            return workforce.enquiry(attempt.result["id"], scope=by.scope)
        if party_id is not None:
            customers.root(party_id, scope=by.scope)
        book = policy_book(hall_id=by.hall_id, at=at)
        taken = workforce.take_enquiry(what=what, party_id=party_id, book=book, by=by, at=at)
        attempt.finish({"id": taken.id})
        record(
            action="enquiry.taken", subject="enquiry", subject_id=taken.id, hall_id=by.hall_id, by=by, at=at, rule="ORD-04",
            policy_version=book.version, details={"party": party_id},
        )  # fmt: skip
        publish(topic="enquiry.changed", hall_id=by.hall_id, at=at, payload={"id": taken.id})
    return taken
