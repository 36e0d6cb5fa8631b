"""发业务通知 A notice goes to halls, roles and counters; whoever it is for finds it among what waits (ORG-10)."""

from dataclasses import asdict
from datetime import datetime
from uuid import UUID

from onehall.foundation.audit import record
from onehall.foundation.bulletins import services as bulletins
from onehall.foundation.bulletins.contracts import NoticeWanted
from onehall.foundation.database import transaction
from onehall.foundation.idempotency import once
from onehall.foundation.outbox import publish
from onehall.foundation.scopes import Actor


def send_notice(*, wanted: NoticeWanted, intent: UUID, by: Actor, at: datetime) -> int:
    """Its number; pressed twice it goes out once. Raises NoticeRefused."""
    with transaction():
        by.require("notice.send")
        attempt = once(key=intent, journey="send_notice", by=by, body=asdict(wanted), at=at)
        if attempt.result is not None:
            return int(attempt.result["id"])
        made = bulletins.send_notice(wanted=wanted, by=by, at=at)
        attempt.finish({"id": made})
        to = {"halls": list(wanted.halls), "roles": list(wanted.roles), "counters": list(wanted.counters)}
        record(
            action="notice.sent", subject="notice", subject_id=made, hall_id=by.hall_id, by=by, at=at, rule="ORG-10",
            details=to,
        )  # fmt: skip
        for hall in wanted.halls or (by.hall_id,):
            publish(topic="notice.changed", hall_id=hall, at=at, payload={"id": made})
    return made
