"""改密码 Change one's own password; every other session of the person ends (SEC-08)."""

from datetime import datetime

from onehall.foundation.audit import record
from onehall.foundation.database import transaction
from onehall.foundation.identity import services as identity
from onehall.foundation.policy.services import policy_book
from onehall.foundation.scopes import Actor


def change_password(*, old: str, new: str, by: Actor, at: datetime) -> None:
    """Refuses a wrong old password and a weak new one; neither is ever written to the trail (SEC-05)."""
    with transaction():
        identity.change_password(
            user_id=by.user_id,
            old=old,
            new=new,
            keep_session=by.session_id,
            book=policy_book(hall_id=by.hall_id, at=at),
            at=at,
        )
        record(
            action="identity.password_changed",
            subject="user",
            subject_id=by.user_id,
            hall_id=by.hall_id,
            by=by,
            at=at,
            rule="SEC-08",
        )
