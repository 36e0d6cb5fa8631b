"""上报 A matter is reported to the level above; in an emergency a level may be skipped and is told afterwards (ESC-01)."""

from datetime import datetime
from uuid import UUID

from onehall.foundation.audit import record
from onehall.foundation.database import transaction
from onehall.foundation.escalation import services as escalation
from onehall.foundation.escalation.contracts import Kind, Level
from onehall.foundation.idempotency import once
from onehall.foundation.outbox import publish
from onehall.foundation.scopes import Actor


def report_matter(
    *, kind: Kind, what: str, level: Level, emergency: bool, intent: UUID, by: Actor, at: datetime
) -> int:
    """Its number; pressed twice it is reported once. Raises NothingSaid, NotThisLevel."""
    with transaction():
        by.require("matter.report")
        body = {"kind": kind.value, "what": what, "level": int(level), "emergency": emergency}
        attempt = once(key=intent, journey="report_matter", by=by, body=body, at=at)
        if attempt.result is not None:
            return int(attempt.result["id"])
        made = escalation.report(kind=kind, what=what, level=level, emergency=emergency, by=by, at=at)
        attempt.finish({"id": made})
        record(
            action="matter.reported", subject="matter", subject_id=made, hall_id=by.hall_id, by=by, at=at, rule="ESC-01",
            details={"kind": kind.value, "level": int(level), "emergency": emergency},
        )  # fmt: skip
        publish(topic="matter.changed", hall_id=by.hall_id, at=at, payload={"id": made})
    return made
