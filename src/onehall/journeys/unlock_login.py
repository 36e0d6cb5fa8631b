"""解锁登录 Failed attempts locked a colleague out; the password stays what it was (SEC-08)."""

from datetime import datetime

from onehall.foundation.audit import record
from onehall.foundation.database import transaction
from onehall.foundation.identity import regain
from onehall.foundation.outbox import publish
from onehall.foundation.scopes import Actor
from onehall.steps.colleague import someone_else


def unlock_login(*, person_id: int, reason: str, by: Actor, at: datetime) -> None:
    """Raises NotFound, ResetRefused: never for oneself, nor without a reason, nor where nothing is locked."""
    with transaction():
        _, user_id = someone_else(person_id, by=by)
        why = regain.require_reason(reason)
        regain.unlock(user_id=user_id, at=at)
        record(
            action="staff.login_unlocked", subject="person", subject_id=person_id, hall_id=by.hall_id, by=by, at=at,
            rule="SEC-08", details={"reason": why},
        )  # fmt: skip
        publish(topic="staff.changed", hall_id=by.hall_id, at=at)
