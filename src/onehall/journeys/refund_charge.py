"""退回收单 Give money without a sale back to where it came from, by somebody else than the clerk who charged it (PAY-03)."""

from datetime import datetime
from uuid import UUID

from onehall.contexts.acquiring import api as acquiring
from onehall.foundation.approvals.queries import second_person
from onehall.foundation.database import transaction
from onehall.foundation.idempotency import once
from onehall.foundation.scopes import Actor
from onehall.steps.charging import tell_refund

PERMISSION = "charge.refund"


def refund_charge(*, charge_id: int, reason: str, intent: UUID, by: Actor, at: datetime) -> acquiring.Charge:
    """Asked of the provider after the commit, again and again until it answers. Raises NotFound, ChargeRefused, OwnRequest.

    A person is a person with whichever login (SEC-04).
    """
    with transaction():
        by.require(PERMISSION)
        charge = acquiring.charge(charge_id, scope=by.scope)
        attempt = once(
            key=intent, journey="refund_charge", by=by, body={"charge": charge_id, "reason": reason}, at=at
        )
        if attempt.done:
            return charge
        charge = acquiring.ask_refund(charge_id=charge_id, voided=False, reason=reason, by=by, at=at)
        second_person(permission=PERMISSION, of=charge.by, halls=(charge.hall,), by=by, at=at)
        attempt.finish({"charge": charge_id})
        tell_refund(charge, reason=reason, by=by, at=at)
    return charge
