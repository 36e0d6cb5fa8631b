"""封包 Bag what closed drawers left for the bank, counted by denomination; the label is stored with it (CSH-04)."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from onehall.contexts.banking import api as banking
from onehall.contexts.custody import api as custody
from onehall.foundation.audit import record
from onehall.foundation.database import transaction
from onehall.foundation.idempotency import once
from onehall.foundation.outbox import publish
from onehall.foundation.scopes import Actor, NotFound, Scope
from onehall.foundation.values.ids import DrawerId
from onehall.steps.cash_books import book_bag
from onehall.steps.deposit_papers import issue_bag_label


def seal_bag(
    *, drawers: Sequence[DrawerId], counted: Mapping[int, int], intent: UUID, by: Actor, at: datetime
) -> banking.Bag:
    """The bag, sealed and signed once; another person signs next. The same intent again is the same bag.

    Raises NotFound for drawers of another hall or not closed, BagRefused for a count that is not what they left.
    """
    with transaction():
        by.require("deposit.make")
        wanted = sorted(set(drawers))
        body = {"drawers": wanted, "counted": sorted(counted.items())}
        attempt = once(key=intent, journey="seal_bag", by=by, body=body, at=at)
        if attempt.result is not None:
            return banking.bag(attempt.result["bag"], scope=by.scope)
        dues = custody.takings_due(wanted, scope=Scope.of(by.hall_id))
        if len(dues) < len(wanted):
            raise NotFound(what="要封包的钱箱（须已结账）", what_en="A closed drawer to be bagged")
        bag = banking.seal_bag(hall=by.hall_id, counted=counted, dues=dues, by=by, at=at)
        book_bag(bag, at=at)
        paper = issue_bag_label(bag=bag, by=by, at=at)
        attempt.finish({"bag": bag.id})
        record(
            action="bag.sealed", subject="bag", subject_id=bag.id, hall_id=bag.hall, by=by, at=at, rule="CSH-04",
            details={"serial": bag.serial, "fen": bag.amount.fen, "drawers": wanted, "paper": paper.id},
        )  # fmt: skip
        publish(topic="deposit.changed", hall_id=bag.hall, at=at, payload={"bag": bag.id})
    return bag
