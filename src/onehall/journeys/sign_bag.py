"""复核签字 The second signature on a bag: another person than whoever sealed it (CSH-04)."""

from datetime import datetime
from uuid import UUID

from onehall.contexts.banking import api as banking
from onehall.foundation.approvals.queries import second_person
from onehall.foundation.audit import record
from onehall.foundation.database import transaction
from onehall.foundation.idempotency import once
from onehall.foundation.outbox import publish
from onehall.foundation.scopes import Actor

PERMISSION = "deposit.sign"


def sign_bag(*, bag_id: int, intent: UUID, by: Actor, at: datetime) -> banking.Bag:
    """Two signatures are two people, by no login and no lent right the same. Raises NotFound, OwnRequest, NotPermitted, BagRefused."""
    with transaction():
        bag = banking.bag(bag_id, scope=by.scope)
        attempt = once(key=intent, journey="sign_bag", by=by, body={"bag": bag_id}, at=at)
        if attempt.done:
            return bag
        second_person(permission=PERMISSION, of=bag.sealed_by, halls=(bag.hall,), by=by, at=at)
        bag = banking.sign_bag(bag_id=bag_id, by=by, at=at)
        attempt.finish({"bag": bag_id})
        record(
            action="bag.signed", subject="bag", subject_id=bag_id, hall_id=bag.hall, by=by, at=at, rule="CSH-04",
            details={"serial": bag.serial, "fen": bag.amount.fen},
        )  # fmt: skip
        publish(topic="deposit.changed", hall_id=bag.hall, at=at, payload={"bag": bag_id})
    return bag
