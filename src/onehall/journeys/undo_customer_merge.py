"""撤销合并 Two records that were merged stand for themselves again (CUS-06): each has exactly what is its own."""

from datetime import datetime

from onehall.contexts.customers import api as customers
from onehall.foundation.audit import record
from onehall.foundation.database import transaction
from onehall.foundation.outbox import publish
from onehall.foundation.scopes import Actor


def undo_customer_merge(*, merge_id: int, reason: str, by: Actor, at: datetime) -> customers.Merged:
    """What was sold while they were merged stays with the survivor. MergeUndone the second time."""
    with transaction():
        by.require("customer.merge")
        undone = customers.undo_merge(merge_id=merge_id, reason=reason, by=by, at=at)
        record(
            action="customer.merge_undone",
            subject="party",
            subject_id=undone.survivor_id,
            hall_id=by.hall_id,
            by=by,
            at=at,
            rule="CUS-06",
            details={"merge": undone.id, "absorbed": undone.absorbed_id},
        )
        payload = {"party_id": undone.survivor_id}
        publish(topic="customers.merged", hall_id=by.hall_id, at=at, payload=payload)
        return undone
