"""退出 Sign out: the session ends, the counter is free for the next person. Not with a drawer that nobody confirmed (CSH-03)."""

from datetime import datetime

from onehall.contexts.custody import api as custody
from onehall.foundation.audit import record
from onehall.foundation.database import transaction
from onehall.foundation.identity import services as identity
from onehall.foundation.policy.services import policy_book
from onehall.foundation.scopes import Actor


def sign_out(*, by: Actor, at: datetime) -> None:
    """Ends the actor's session; doing it again changes nothing. Raises DrawerNotSettled."""
    with transaction():
        if policy_book(hall_id=by.hall_id, at=at)[custody.LEAVE_CONFIRMED]:
            custody.check_may_leave(clerk=by.user_id)
        identity.end_session(session_id=by.session_id or 0, why="signed_out", at=at)
        record(
            action="identity.signed_out",
            subject="user",
            subject_id=by.user_id,
            hall_id=by.hall_id,
            by=by,
            at=at,
        )
