"""登记退货单 A terminal that is not connected gave a card its money back: what its slip says (PAY-03)."""

from datetime import datetime
from uuid import UUID

from onehall.contexts.acquiring import api as acquiring
from onehall.foundation.database import transaction
from onehall.foundation.idempotency import once
from onehall.foundation.scopes import Actor
from onehall.steps.charging import note


def note_refund_slip(
    *, charge_id: int, slip: acquiring.Slip, intent: UUID, by: Actor, at: datetime
) -> acquiring.Charge:
    """The charge is given back, once: to the same card, by a slip that the whole province has not seen. Raises NotFound, ChargeRefused."""
    with transaction():
        by.require("payment.take")
        charge = acquiring.charge(charge_id, scope=by.scope)
        body = {"charge": charge_id, "slip": slip.number}
        attempt = once(key=intent, journey="note_refund_slip", by=by, body=body, at=at)
        if attempt.done:
            return charge
        acquiring.check_refund_slip(charge, slip)
        answer = acquiring.Answer(
            acquiring.Said.REFUNDED, slip.number, why=slip.number, payer=slip.payer, approval=slip.approval
        )
        charge = note(number=charge.number, answer=answer, by=by, at=at)
        attempt.finish({"charge": charge_id})
    return charge
