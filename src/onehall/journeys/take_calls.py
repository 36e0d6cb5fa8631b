"""收话单 Take in call records, from a file or a programme: kept as delivered, each call once (VOI-02)."""

from collections.abc import Iterable
from datetime import datetime

from onehall.contexts.voice import api as voice
from onehall.foundation.audit import record
from onehall.foundation.database import transaction
from onehall.foundation.outbox import publish
from onehall.foundation.policy.services import policy_book
from onehall.foundation.scopes import Actor
from onehall.foundation.values.ids import HallId


def take_calls(
    *, rows: Iterable[voice.Row], source: str, name: str, hall: HallId, by: Actor | None, at: datetime
) -> voice.Taken:
    """All of it or nothing, whatever `rows` raises while they come; delivering it again, whole or in parts, adds nothing. `by` is None at the machine itself."""
    with transaction():
        if by is not None:
            by.require("calls.deliver")
        book = policy_book(hall_id=hall, at=at)
        taken = voice.take_calls(rows=rows, source=source, name=name, hall=hall, by=by, at=at)
        counts = {"taken": taken.taken, "bad": taken.bad, "repeated": taken.repeated}
        counts["rows"] = sum(counts.values())
        record(
            action="calls.delivered", subject="delivery", subject_id=taken.delivery, hall_id=hall, by=by, at=at, rule="VOI-02",
            policy_version=book.version, details={"source": source, **counts},
        )  # fmt: skip
        publish(topic="calls.delivered", hall_id=hall, at=at, payload={"delivery": taken.delivery})
    return taken
