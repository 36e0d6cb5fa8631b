"""对通知提问 Somebody asks what a notice means (ORG-10)."""

from datetime import datetime
from uuid import UUID

from onehall.foundation.audit import record
from onehall.foundation.bulletins import services as bulletins
from onehall.foundation.database import transaction
from onehall.foundation.idempotency import once
from onehall.foundation.outbox import publish
from onehall.foundation.scopes import Actor


def ask_notice(*, notice_id: int, text: str, intent: UUID, by: Actor, at: datetime) -> int:
    """Its number; pressed twice it is asked once. Raises NotFound, NoticeRefused."""
    with transaction():
        by.require("inbox.view" if by.token_id else "account.self")
        attempt = once(
            key=intent, journey="ask_notice", by=by, body={"notice": notice_id, "text": text}, at=at
        )
        if attempt.result is not None:
            return int(attempt.result["id"])
        asked = bulletins.ask_notice(notice_id=notice_id, text=text, by=by, at=at)
        attempt.finish({"id": asked})
        record(
            action="notice.asked",
            subject="notice",
            subject_id=notice_id,
            hall_id=by.hall_id,
            by=by,
            at=at,
            rule="ORG-10",
        )
        publish(topic="notice.changed", hall_id=by.hall_id, at=at, payload={"id": notice_id})
    return asked
