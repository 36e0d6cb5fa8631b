"""核对资料 Tick off the papers that lie on the counter; what is complete can be paid, also at the second visit (ORD-03)."""

from collections.abc import Sequence
from datetime import datetime

from onehall.contexts.orders import api as orders
from onehall.foundation.audit import record
from onehall.foundation.database import transaction
from onehall.foundation.outbox import publish
from onehall.foundation.policy.services import policy_book
from onehall.foundation.scopes import Actor
from onehall.foundation.values.ids import BasketId
from onehall.steps import papers_due


def check_papers(
    *, basket_id: BasketId, seen: Sequence[str], by: Actor, at: datetime
) -> papers_due.Checklist:
    """What the basket waits for after these papers were seen; a paper that is not asked for is passed over."""
    with transaction():
        by.require("basket.edit")
        basket = orders.basket(basket_id=basket_id, scope=by.scope)
        book = policy_book(hall_id=by.hall_id, at=at)
        now = papers_due.tick_off(basket, seen=seen, book=book, by=by, at=at)
        record(
            action="basket.papers_checked", subject="basket", subject_id=basket_id, hall_id=basket.hall_id, by=by, at=at,
            rule="ORD-03", policy_version=book.version, details={"seen": list(seen), "missing": list(now.missing)},
        )  # fmt: skip
        publish(topic="basket.changed", hall_id=basket.hall_id, at=at, payload={"basket": basket_id})
    return now
