"""另行告知 A message did not arrive, and somebody of the hall told the customer (BIL-06)."""

from datetime import datetime

from onehall.foundation.audit import record
from onehall.foundation.database import transaction
from onehall.foundation.notices.services import tell_instead as keep_told
from onehall.foundation.outbox import publish
from onehall.foundation.scopes import Actor


def tell_instead(*, notice_id: int, how: str, by: Actor, at: datetime) -> None:
    """On record with how. NotFound, NothingToTell, HowMissing."""
    with transaction():
        by.require("message.settle")
        keep_told(notice_id=notice_id, how=how, by=by, at=at)
        record(
            action="message.told", subject="message", subject_id=notice_id, hall_id=by.hall_id, by=by, at=at,
            rule="BIL-06",
        )  # fmt: skip
        publish(topic="message.changed", hall_id=by.hall_id, at=at, payload={"id": notice_id})
