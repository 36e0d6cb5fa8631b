"""合并客户 Read two records of one customer as one: nothing is moved, no paper altered, and it can be taken back (CUS-06)."""

from datetime import datetime
from uuid import UUID

from onehall.contexts.customers import api as customers
from onehall.contexts.orders import api as orders
from onehall.contexts.organisation import api as organisation
from onehall.foundation.audit import record
from onehall.foundation.database import transaction
from onehall.foundation.idempotency import once
from onehall.foundation.outbox import publish
from onehall.foundation.scopes import Actor, Scope
from onehall.foundation.values.ids import PartyId

_EVERY_HALL = Scope.operator()


def merge_customers(
    *,
    absorbed: PartyId,
    survivor: PartyId,
    documents_seen: bool,
    reason: str,
    intent: UUID,
    by: Actor,
    at: datetime,
) -> int:
    """The number of the merge; pressed twice it is the same one.

    Raises KindsDiffer, NotSuspected, DocumentsToSee, AlreadyMerged, MergeReasonMissing, and StillServed while a basket of
    either is not finished, in whichever hall.
    """
    with transaction():
        by.require("customer.merge")
        body = {"absorbed": absorbed, "survivor": survivor, "seen": documents_seen}
        attempt = once(key=intent, journey="merge_customers", by=by, body=body, at=at)
        if attempt.result is not None:
            return int(attempt.result["merge"])
        merged = customers.merge_records(
            absorbed=absorbed, survivor=survivor, documents_seen=documents_seen, reason=reason, by=by, at=at
        )
        _refuse_while_served(survivor)
        attempt.finish({"merge": merged.id})
        _announce(merged, documents_seen, by, at)
        return merged.id


def _announce(merged: customers.Merged, documents_seen: bool, by: Actor, at: datetime) -> None:
    record(
        action="customer.merged", subject="party", subject_id=merged.survivor_id, hall_id=by.hall_id, by=by, at=at,
        rule="CUS-06", details={"merge": merged.id, "absorbed": merged.absorbed_id, "documents_seen": documents_seen},
    )  # fmt: skip
    payload = {"party_id": merged.survivor_id}
    publish(topic="customers.merged", hall_id=by.hall_id, at=at, payload=payload)


def _refuse_while_served(survivor: PartyId) -> None:
    """Both records' baskets, the merge just written included; it is taken back with the transaction."""
    members = customers.groups([survivor], scope=_EVERY_HALL)[survivor]
    for basket in orders.unfinished_baskets(party_ids=members, scope=_EVERY_HALL):
        hall = organisation.hall(basket.hall_id, scope=_EVERY_HALL)
        seat = organisation.counter(basket.counter_id, scope=_EVERY_HALL)
        raise customers.StillServed(
            where=f"{hall.name.zh} {seat.no} 号台席", where_en=f"{hall.name.en}, counter {seat.no}"
        )
