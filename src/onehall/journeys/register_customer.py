"""登记客户 Register a customer with document, telephone, papers and consent; a document that is known opens its customer."""

import json
from dataclasses import asdict
from datetime import datetime
from uuid import UUID

from onehall.contexts.catalogue import api as catalogue
from onehall.contexts.customers import api as customers
from onehall.contexts.customers.api import CustomerCard, CustomerGiven
from onehall.foundation.audit import record
from onehall.foundation.database import transaction
from onehall.foundation.idempotency import once
from onehall.foundation.outbox import publish
from onehall.foundation.policy.services import policy_book
from onehall.foundation.scopes import Actor
from onehall.foundation.vault import keyed_hash

PRIVACY_TERMS = "privacy"


def register_customer(
    *, intent: UUID, given: CustomerGiven, agreed: customers.Agreed, by: Actor, at: datetime
) -> CustomerCard:
    """The new customer's card; the same intent again answers with the same customer (ORD-13). What was agreed to the notice on
    personal data, and to the document number apart, is kept with the version of the notice (LAW-30).

    NoticeMissing, SensitiveMissing, NoticeRenewed before anything is collected; raises the refusals of `customers.register_customer`; AlreadyRegistered carries the `party_id` to open instead.
    """
    with transaction():
        by.require("customer.register")
        attempt = once(key=intent, journey="register_customer", by=by, body=_fingerprint(given), at=at)
        if attempt.result is not None:
            return customers.card(attempt.result["party_id"], scope=by.scope)
        version = catalogue.wording("terms", PRIVACY_TERMS, scope=by.scope).version
        customers.check_agreed(agreed, version=version)
        book = policy_book(hall_id=by.hall_id, at=at)
        card = customers.register_customer(given=given, hall_id=by.hall_id, book=book, by=by, at=at)
        if given.language != customers.USUAL:
            customers.choose_language(party_id=card.id, language=given.language, by=by, at=at)
        customers.keep_agreed(party_id=card.id, given=given, version=version, book=book, by=by, at=at)
        attempt.finish({"party_id": card.id})
        record(
            action="customer.registered",
            subject="party",
            subject_id=card.id,
            hall_id=by.hall_id,
            by=by,
            at=at,
            rule="CUS-01",
            policy_version=book.version,
            details={
                "document_kind": card.document_kind,
                "agent": given.agent is not None,
                "notice": version,
            },
        )
        publish(topic="customers.registered", hall_id=by.hall_id, at=at, payload={"party_id": card.id})
        return card


def _fingerprint(given: CustomerGiven) -> dict[str, str]:
    """What was typed, as a keyed hash: an identity number must not be guessed from a plain digest (SEC-07)."""
    typed = json.dumps(asdict(given), sort_keys=True, default=str, ensure_ascii=False)
    return {"given": keyed_hash(typed, "register_customer").hex()}
