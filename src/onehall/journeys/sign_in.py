"""登录 Sign in at a counter: password, lock-out, a session bound to hall and counter (SEC-08)."""

from datetime import datetime

from onehall.contexts.organisation import api as organisation
from onehall.foundation.audit import record
from onehall.foundation.database import transaction
from onehall.foundation.identity import services as identity
from onehall.foundation.identity.contracts import Failed, SignedIn
from onehall.foundation.policy.services import policy_book
from onehall.foundation.scopes import Scope


def sign_in(*, staff_no: str, password: str, hall_id: int, counter_id: int | None, at: datetime) -> SignedIn:
    """Opens a session or raises why not; failures are counted and on record either way."""
    with transaction():
        if counter_id is not None:
            organisation.counter(counter_id, scope=Scope.of(hall_id))
        outcome = identity.sign_in(
            staff_no=staff_no.strip(),
            password=password,
            hall_id=hall_id,
            counter_id=counter_id,
            book=policy_book(hall_id=hall_id, at=at),
            at=at,
        )
        failed = isinstance(outcome, Failed)
        record(
            action="identity.sign_in_failed" if failed else "identity.signed_in",
            subject="user",
            subject_id=0 if isinstance(outcome, Failed) else outcome.user_id,
            hall_id=hall_id,
            by=None,
            at=at,
            rule="SEC-08",
            details={"staff_no": staff_no.strip()[:16], "counter": counter_id}
            | ({"why": outcome.refusal.code} if isinstance(outcome, Failed) else {}),
        )
    if isinstance(outcome, Failed):
        raise outcome.refusal
    return outcome
