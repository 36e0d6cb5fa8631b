"""退出其他登录 A person ends every sign-in of theirs but this one (SEC-08)."""

from datetime import datetime

from onehall.foundation.audit import record
from onehall.foundation.database import transaction
from onehall.foundation.identity.services import end_sessions_of
from onehall.foundation.scopes import Actor


def end_other_sessions(*, by: Actor, at: datetime) -> int:
    """How many ended."""
    with transaction():
        by.require("account.self")
        ended = end_sessions_of(user_id=by.user_id, keep=by.session_id, why="ended_by_self", at=at)
        record(
            action="identity.sessions_ended", subject="user", subject_id=by.user_id, hall_id=by.hall_id, by=by, at=at,
            rule="SEC-08", details={"number": ended},
        )  # fmt: skip
    return ended
