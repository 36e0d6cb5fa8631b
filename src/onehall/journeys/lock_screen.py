"""锁屏 Nobody touched the counter's screen for a while: it shows nothing until the password is given (SEC-03)."""

from datetime import datetime

from onehall.foundation.database import transaction
from onehall.foundation.identity import services as identity
from onehall.foundation.scopes import Actor


def lock_screen(*, by: Actor, at: datetime) -> None:
    """The session answers with nothing but the lock from now on; locking it twice changes nothing."""
    with transaction():
        identity.lock_session(session_id=by.session_id or 0, at=at)
