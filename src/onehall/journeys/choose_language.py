"""通知语言 In which language a customer wants to be written to (BIL-06, API-06)."""

from datetime import datetime

from onehall.contexts.customers import api as customers
from onehall.foundation.audit import record
from onehall.foundation.database import transaction
from onehall.foundation.outbox import publish
from onehall.foundation.scopes import Actor
from onehall.foundation.values.ids import PartyId


def choose_language(*, party_id: PartyId, language: str, by: Actor, at: datetime) -> None:
    """From the next message on. LanguageUnknown; the same language again changes nothing."""
    with transaction():
        by.require("customer.open")
        root = customers.customer_in_service(party_id=party_id, by=by)
        if not customers.choose_language(party_id=root, language=language, by=by, at=at):
            return
        record(
            action="customer.language_chosen", subject="party", subject_id=root, hall_id=by.hall_id, by=by, at=at,
            rule="BIL-06", details={"language": language},
        )  # fmt: skip
        publish(topic="customers.standing", hall_id=by.hall_id, at=at, payload={"party_id": root})
