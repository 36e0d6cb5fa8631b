"""解锁 The person at the counter is back: their password shows the screen again (SEC-03); wrong ones count as at sign-in (SEC-08)."""

from datetime import datetime

from onehall.foundation.audit import record
from onehall.foundation.database import transaction
from onehall.foundation.identity import services as identity
from onehall.foundation.policy.services import policy_book
from onehall.foundation.scopes import Actor


def unlock_screen(*, password: str, by: Actor, at: datetime) -> None:
    """Raises WrongCredentials, or AccountLocked after too many failures: the session has ended then. Failures are on record."""
    with transaction():
        book = policy_book(hall_id=by.hall_id, at=at)
        failed = identity.unlock_session(
            session_id=by.session_id or 0, user_id=by.user_id, password=password, book=book, at=at
        )
        if failed is not None:
            record(
                action="identity.unlock_failed", subject="user", subject_id=by.user_id, hall_id=by.hall_id, by=by, at=at,
                rule="SEC-08", details={"why": failed.refusal.code},
            )  # fmt: skip
    if failed is not None:
        raise failed.refusal
