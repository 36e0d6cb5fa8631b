"""退出 Sign out: the session ends, the counter is free for the next person."""

from datetime import datetime

from onehall.foundation.audit import record
from onehall.foundation.database import transaction
from onehall.foundation.identity import services as identity
from onehall.foundation.scopes import Actor


def sign_out(*, by: Actor, at: datetime) -> None:
    """Ends the actor's session; doing it again changes nothing."""
    with transaction():
        identity.end_session(session_id=by.session_id or 0, why="signed_out", at=at)
        record(
            action="identity.signed_out",
            subject="user",
            subject_id=by.user_id,
            hall_id=by.hall_id,
            by=by,
            at=at,
        )
