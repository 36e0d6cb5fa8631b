"""记录指示 What somebody above said is written down in full and tracked until it is done (ESC-02)."""

from datetime import date, datetime
from uuid import UUID

from onehall.foundation.audit import record
from onehall.foundation.database import transaction
from onehall.foundation.escalation import services as escalation
from onehall.foundation.idempotency import once
from onehall.foundation.outbox import publish
from onehall.foundation.scopes import Actor


def record_instruction(
    *, from_whom: str, words: str, due_on: date, intent: UUID, by: Actor, at: datetime
) -> int:
    """Its number; pressed twice it is recorded once. Raises NothingSaid."""
    with transaction():
        by.require("instruction.track")
        body = {"from": from_whom, "words": words, "due": due_on}
        attempt = once(key=intent, journey="record_instruction", by=by, body=body, at=at)
        if attempt.result is not None:
            return int(attempt.result["id"])
        made = escalation.record_instruction(from_whom=from_whom, words=words, due_on=due_on, by=by, at=at)
        attempt.finish({"id": made})
        record(
            action="instruction.recorded", subject="instruction", subject_id=made, hall_id=by.hall_id, by=by, at=at,
            rule="ESC-02", details={"due_on": due_on.isoformat()},
        )  # fmt: skip
        publish(topic="instruction.changed", hall_id=by.hall_id, at=at, payload={"id": made})
    return made
