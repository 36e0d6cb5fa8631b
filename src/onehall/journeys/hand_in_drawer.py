"""交账 Hand the counted drawer in: nothing is sold from it any more, the duty manager confirms or sends it back (CSH-03)."""

from datetime import datetime
from uuid import UUID

from onehall.contexts.custody import api as custody
from onehall.foundation.audit import record
from onehall.foundation.database import transaction
from onehall.foundation.idempotency import once
from onehall.foundation.outbox import publish
from onehall.foundation.policy.services import policy_book
from onehall.foundation.scopes import Actor
from onehall.foundation.values.money import Money


def hand_in_drawer(*, intent: UUID, reason: str, by: Actor, at: datetime) -> Money:
    """Over (+) or short (-), as counted; the same intent again answers the same. `reason` explains a difference.

    Raises NoOpenDrawer, CountRefused: not counted, money moved since, a difference counted once only or without its reason.
    """
    with transaction():
        by.require("drawer.open")
        body = {"counter": by.counter_id, "reason": reason.strip()}
        attempt = once(key=intent, journey="hand_in_drawer", by=by, body=body, at=at)
        if attempt.result is not None:
            return Money(attempt.result["difference_fen"])
        book = policy_book(hall_id=by.hall_id, at=at)
        count = custody.hand_in(reason=reason, blind_counts=book[custody.BLIND_COUNTS], by=by, at=at)
        attempt.finish({"difference_fen": count.difference.fen})
        record(
            action="drawer.handed_in", subject="drawer", subject_id=count.drawer, hall_id=by.hall_id, by=by, at=at,
            rule="CSH-03", policy_version=book.version,
            details={"fen": count.amount.fen, "difference_fen": count.difference.fen, "turn": count.turn},
        )  # fmt: skip
        publish(topic="drawer.changed", hall_id=by.hall_id, at=at, payload={"drawer": count.drawer})
    return count.difference
