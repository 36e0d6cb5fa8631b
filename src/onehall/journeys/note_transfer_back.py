"""登记退回转账 The company transferred a customer's money back: the bank's reference, by another person than who took it (PAY-03, SEC-04)."""

from datetime import datetime
from uuid import UUID

from onehall.contexts.acquiring import api as acquiring
from onehall.foundation.approvals.queries import second_person
from onehall.foundation.database import transaction
from onehall.foundation.idempotency import once
from onehall.foundation.scopes import Actor
from onehall.steps.charging import note

PERMISSION = "charge.refund"


def note_transfer_back(
    *, charge_id: int, reference: str, intent: UUID, by: Actor, at: datetime
) -> acquiring.Charge:
    """The charge is given back, once, by a transfer that no other charge names. Raises NotFound, ChargeRefused, OwnRequest."""
    with transaction():
        by.require(PERMISSION)
        charge = acquiring.charge(charge_id, scope=by.scope)
        body = {"charge": charge_id, "reference": reference}
        attempt = once(key=intent, journey="note_transfer_back", by=by, body=body, at=at)
        if attempt.done:
            return charge
        back = acquiring.transfer_back(charge, reference)
        second_person(permission=PERMISSION, of=charge.by, halls=(charge.hall,), by=by, at=at)
        answer = acquiring.Answer(acquiring.Said.REFUNDED, back, why=back)
        charge = note(number=charge.number, answer=answer, by=by, at=at)
        attempt.finish({"charge": charge_id})
    return charge
