"""继续上报 The next level hears of a matter, or the one that was skipped in an emergency (ESC-01)."""

from datetime import datetime

from onehall.foundation.audit import record
from onehall.foundation.database import transaction
from onehall.foundation.escalation import services as escalation
from onehall.foundation.escalation.contracts import Level
from onehall.foundation.outbox import publish
from onehall.foundation.scopes import Actor


def tell_matter(*, matter_id: int, level: Level, by: Actor, at: datetime) -> None:
    """Raises NotFound, NotThisLevel, AlreadyDone."""
    with transaction():
        by.require("matter.report")
        escalation.tell(matter_id=matter_id, level=level, by=by, at=at)
        record(
            action="matter.told",
            subject="matter",
            subject_id=matter_id,
            hall_id=by.hall_id,
            by=by,
            at=at,
            rule="ESC-01",
        )
        publish(topic="matter.changed", hall_id=by.hall_id, at=at, payload={"id": matter_id})
