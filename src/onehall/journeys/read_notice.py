"""已阅 Whoever read a notice leaves a receipt (ORG-10)."""

from datetime import datetime

from onehall.foundation.audit import record
from onehall.foundation.bulletins import services as bulletins
from onehall.foundation.database import transaction
from onehall.foundation.outbox import publish
from onehall.foundation.scopes import Actor


def read_notice(*, notice_id: int, by: Actor, at: datetime) -> None:
    """A second time changes nothing. Raises NotFound where it is not for this person."""
    with transaction():
        by.require("inbox.view" if by.token_id else "account.self")
        if bulletins.read_notice(notice_id=notice_id, by=by, at=at):
            record(
                action="notice.read", subject="notice", subject_id=notice_id, hall_id=by.hall_id, by=by, at=at,
                rule="ORG-10",
            )  # fmt: skip
            publish(topic="notice.changed", hall_id=by.hall_id, at=at, payload={"id": notice_id})
