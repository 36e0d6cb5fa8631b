"""落实指示 A step towards what was instructed, or its end (ESC-02)."""

from datetime import datetime

from onehall.foundation.audit import record
from onehall.foundation.database import transaction
from onehall.foundation.escalation import services as escalation
from onehall.foundation.outbox import publish
from onehall.foundation.scopes import Actor


def note_instruction(*, instruction_id: int, words: str, done: bool, by: Actor, at: datetime) -> None:
    """Raises NotFound, NothingSaid, AlreadyDone."""
    with transaction():
        by.require("instruction.track")
        escalation.note_instruction(instruction_id=instruction_id, words=words, done=done, by=by, at=at)
        record(
            action="instruction.done" if done else "instruction.noted",
            subject="instruction",
            subject_id=instruction_id,
            hall_id=by.hall_id,
            by=by,
            at=at,
            rule="ESC-02",
        )
        publish(topic="instruction.changed", hall_id=by.hall_id, at=at, payload={"id": instruction_id})
