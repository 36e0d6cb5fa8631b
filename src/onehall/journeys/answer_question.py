"""答复提问 A question to a notice is answered, the answer stands with the notice for everybody (ORG-10)."""

from datetime import datetime

from onehall.foundation.audit import record
from onehall.foundation.bulletins import services as bulletins
from onehall.foundation.database import transaction
from onehall.foundation.outbox import publish
from onehall.foundation.scopes import Actor


def answer_question(*, question_id: int, text: str, by: Actor, at: datetime) -> int:
    """The number of the notice. Raises NotFound, NoticeRefused, AlreadyAnswered."""
    with transaction():
        by.require("notice.send")
        notice = bulletins.answer_question(question_id=question_id, text=text, by=by, at=at)
        record(
            action="notice.answered",
            subject="notice",
            subject_id=notice,
            hall_id=by.hall_id,
            by=by,
            at=at,
            rule="ORG-10",
        )
        publish(topic="notice.changed", hall_id=by.hall_id, at=at, payload={"id": notice})
    return notice
