"""更正客户资料 Correct a customer's name, document or telephone, by an order of the verified customer (SEC-05, CUS-03)."""

import json
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from uuid import UUID

from onehall.contexts.customers import api as customers
from onehall.contexts.orders import api as orders
from onehall.foundation.audit import record
from onehall.foundation.database import transaction
from onehall.foundation.idempotency import once
from onehall.foundation.outbox import publish
from onehall.foundation.policy import PolicyBook
from onehall.foundation.policy.services import policy_book
from onehall.foundation.scopes import Actor
from onehall.foundation.values.ids import BasketId, OrderId, PartyId
from onehall.foundation.vault import keyed_hash
from onehall.steps.casework import tell_installers

CORRECTION = "correction"


@dataclass(frozen=True, slots=True)
class CustomerCorrected:
    """The order by which it was done, its basket (for the form and the signature), and the corrections."""

    party_id: PartyId
    order_id: OrderId
    basket_id: BasketId
    corrections: tuple[int, ...]


def correct_customer(
    *, given: customers.CorrectionGiven, intent: UUID, by: Actor, at: datetime
) -> CustomerCorrected:
    """All of it or nothing; the same intent again answers the same. Raises the refusals of `customers.correct_particulars`."""
    with transaction():
        by.require("customer.correct")
        attempt = once(key=intent, journey="correct_customer", by=by, body=_fingerprint(given), at=at)
        if attempt.result is not None:
            return CustomerCorrected(**attempt.result)
        party_id = customers.customer_in_service(party_id=given.party_id, by=by)
        customers.require_mandate(party_id=party_id, wanted=customers.Mandate.END, by=by, at=at)
        if not given.changes:
            raise customers.NothingCorrected()
        order = _order(given, party_id, book := policy_book(hall_id=by.hall_id, at=at), by, at)
        asked = replace(given, party_id=party_id)
        kept = customers.correct_particulars(given=asked, order_id=order.id, book=book, by=by, at=at)
        tell_installers(party_id)
        done = CustomerCorrected(party_id, order.id, order.basket_id, kept)
        attempt.finish(asdict(done))
        _announce(done, given, book, by, at)
    return done


def _order(
    given: customers.CorrectionGiven, party_id: PartyId, book: PolicyBook, by: Actor, at: datetime
) -> orders.Order:
    kinds = sorted({change.kind for change in given.changes})
    return orders.order_for_nothing(
        party_id=party_id, business=CORRECTION, name=customers.correction_title(kinds), rule="SEC-05",
        details={"fields": kinds, "cause": given.cause}, policy_version=book.version, by=by, at=at,
    )  # fmt: skip


def _announce(done: CustomerCorrected, given: customers.CorrectionGiven, book: PolicyBook, by: Actor, at: datetime) -> None:  # fmt: skip
    """Which particulars, never their values: those stand encrypted with the corrections."""
    fields = sorted({change.kind for change in given.changes})
    record(
        action="customer.corrected", subject="party", subject_id=done.party_id, hall_id=by.hall_id, by=by, at=at,
        rule="SEC-05", policy_version=book.version,
        details={"fields": fields, "cause": given.cause, "order": done.order_id, "corrections": list(done.corrections)},
    )  # fmt: skip
    publish(topic="customers.corrected", hall_id=by.hall_id, at=at, payload={"party_id": done.party_id})


def _fingerprint(given: customers.CorrectionGiven) -> dict[str, str]:
    """As a keyed hash: a number must not be guessed from a plain digest (SEC-07)."""
    return {"given": keyed_hash(json.dumps(asdict(given), ensure_ascii=False), "correct_customer").hex()}
