"""回应短款 The clerk acknowledges what is proposed, or objects in words, once (LAW-04)."""

from datetime import datetime
from uuid import UUID

from onehall.contexts.workforce import api as workforce
from onehall.foundation.audit import record
from onehall.foundation.database import transaction
from onehall.foundation.idempotency import once
from onehall.foundation.outbox import publish
from onehall.foundation.scopes import Actor


def answer_shortage(
    *, shortage_id: int, acknowledged: bool, words: str, intent: UUID, by: Actor, at: datetime
) -> workforce.Shortage:
    """Raises NotFound, ShortageRefused (nobody answers for another), Unsaid (an objection has words)."""
    with transaction():
        by.require("account.self")
        body = {"shortage": shortage_id, "acknowledged": acknowledged, "words": words}
        attempt = once(key=intent, journey="answer_shortage", by=by, body=body, at=at)
        if attempt.done:
            return workforce.shortage(shortage_id, scope=by.scope)
        answered = workforce.answer_shortage(
            shortage_id=shortage_id, acknowledged=acknowledged, words=words, by=by, at=at
        )
        attempt.finish({"shortage": shortage_id})
        record(
            action="shortage.answered", subject="shortage", subject_id=shortage_id, hall_id=answered.hall_id, by=by, at=at,
            rule="LAW-04", details={"acknowledged": acknowledged},
        )  # fmt: skip
        publish(topic="shortage.changed", hall_id=answered.hall_id, at=at, payload={"id": shortage_id})
    return answered
