"""退回收单 Give money without a sale back to where it came from, by somebody else than the clerk who charged it (PAY-03)."""

from datetime import datetime
from uuid import UUID

from onehall.contexts.acquiring import api as acquiring
from onehall.foundation.database import transaction
from onehall.foundation.idempotency import once
from onehall.foundation.scopes import Actor
from onehall.steps.charging import tell_refund


def refund_charge(*, charge_id: int, reason: str, intent: UUID, by: Actor, at: datetime) -> acquiring.Charge:
    """Asked of the provider after the commit, again and again until it answers. Raises NotFound, ChargeRefused."""
    with transaction():
        by.require("charge.refund")
        charge = acquiring.charge(charge_id, scope=by.scope)
        attempt = once(
            key=intent, journey="refund_charge", by=by, body={"charge": charge_id, "reason": reason}, at=at
        )
        if attempt.done:
            return charge
        charge = acquiring.ask_refund(charge_id=charge_id, voided=False, reason=reason, by=by, at=at)
        attempt.finish({"charge": charge_id})
        tell_refund(charge, reason=reason, by=by, at=at)
    return charge
