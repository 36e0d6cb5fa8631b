"""盲点 Count the drawer without knowing what should be there; a difference is shown after the policy's counts (LAW-40)."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from onehall.contexts.custody import api as custody
from onehall.foundation.audit import record
from onehall.foundation.database import transaction
from onehall.foundation.idempotency import once
from onehall.foundation.outbox import publish
from onehall.foundation.policy.services import policy_book
from onehall.foundation.scopes import Actor
from onehall.steps import counting


def count_drawer(*, intent: UUID, counted: Mapping[int, int], by: Actor, at: datetime) -> counting.CountTold:
    """Counts the actor's own open drawer, pieces by denomination in fen. The same intent again is the same count.

    Raises NotADenomination, NoOpenDrawer, CountRefused.
    """
    with transaction():
        by.require("drawer.open")
        body = {"counter": by.counter_id, "counted": sorted(counted.items())}
        attempt = once(key=intent, journey="count_drawer", by=by, body=body, at=at)
        if attempt.result is not None:
            return counting.CountTold(**attempt.result)
        book = policy_book(hall_id=by.hall_id, at=at)
        count = custody.count_drawer(counted=counted, by=by, at=at)
        shown = counting.count_told(count=count, blind_counts=book[custody.BLIND_COUNTS])
        attempt.finish({name: getattr(shown, name) for name in counting.CountTold.__slots__})
        record(
            action="drawer.counted", subject="drawer", subject_id=count.drawer, hall_id=by.hall_id, by=by, at=at,
            rule="LAW-40", policy_version=book.version, details={"turn": count.turn, "fen": count.amount.fen},
        )  # fmt: skip
        publish(topic="drawer.changed", hall_id=by.hall_id, at=at, payload={"drawer": count.drawer})
    return shown
