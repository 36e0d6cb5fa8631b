"""送存 A bag with two signatures leaves for the bank, with whoever carries it (CSH-04)."""

from datetime import datetime
from uuid import UUID

from onehall.contexts.banking import api as banking
from onehall.foundation.audit import record
from onehall.foundation.database import transaction
from onehall.foundation.idempotency import once
from onehall.foundation.outbox import publish
from onehall.foundation.scopes import Actor


def hand_over_bag(*, bag_id: int, carrier: str, intent: UUID, by: Actor, at: datetime) -> banking.Bag:
    """Raises NotFound, BagRefused: one signature only, left already, nobody named."""
    with transaction():
        by.require("deposit.make")
        bag = banking.bag(bag_id, scope=by.scope)
        body = {"bag": bag_id, "carrier": carrier}
        attempt = once(key=intent, journey="hand_over_bag", by=by, body=body, at=at)
        if attempt.done:
            return bag
        bag = banking.hand_over_bag(bag_id=bag_id, carrier=carrier, by=by, at=at)
        attempt.finish({"bag": bag_id})
        record(
            action="bag.handed_over", subject="bag", subject_id=bag_id, hall_id=bag.hall, by=by, at=at, rule="CSH-04",
            details={"serial": bag.serial, "fen": bag.amount.fen},
        )  # fmt: skip
        publish(topic="deposit.changed", hall_id=bag.hall, at=at, payload={"bag": bag_id})
    return bag
