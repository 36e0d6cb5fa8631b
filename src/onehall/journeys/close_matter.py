"""上报办结 A matter ends once nobody is owed word of it (ESC-01)."""

from datetime import datetime

from onehall.foundation.audit import record
from onehall.foundation.database import transaction
from onehall.foundation.escalation import services as escalation
from onehall.foundation.outbox import publish
from onehall.foundation.scopes import Actor


def close_matter(*, matter_id: int, outcome: str, by: Actor, at: datetime) -> None:
    """Raises NotFound, NotThisLevel, NothingSaid, AlreadyDone."""
    with transaction():
        by.require("matter.handle")
        escalation.close(matter_id=matter_id, outcome=outcome, by=by, at=at)
        record(
            action="matter.closed",
            subject="matter",
            subject_id=matter_id,
            hall_id=by.hall_id,
            by=by,
            at=at,
            rule="ESC-01",
        )
        publish(topic="matter.changed", hall_id=by.hall_id, at=at, payload={"id": matter_id})
