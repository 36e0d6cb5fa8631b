"""答复上报 A level that was told says what is done (ESC-01)."""

from datetime import datetime

from onehall.foundation.audit import record
from onehall.foundation.database import transaction
from onehall.foundation.escalation import services as escalation
from onehall.foundation.outbox import publish
from onehall.foundation.scopes import Actor


def answer_matter(*, matter_id: int, note: str, by: Actor, at: datetime) -> None:
    """Raises NotFound, NotThisLevel, NothingSaid, AlreadyDone."""
    with transaction():
        by.require("matter.handle")
        escalation.answer(matter_id=matter_id, note=note, by=by, at=at)
        record(
            action="matter.answered",
            subject="matter",
            subject_id=matter_id,
            hall_id=by.hall_id,
            by=by,
            at=at,
            rule="ESC-01",
        )
        publish(topic="matter.changed", hall_id=by.hall_id, at=at, payload={"id": matter_id})
