"""登录 Sign in at a counter: password, lock-out, second step for who enrolled, a session bound to hall and counter (SEC-08)."""

from datetime import datetime

from onehall.contexts.organisation import api as organisation
from onehall.foundation.audit import record
from onehall.foundation.database import transaction
from onehall.foundation.identity import second_step
from onehall.foundation.identity import services as identity
from onehall.foundation.identity.contracts import Failed, SecondStepNeeded, SignedIn
from onehall.foundation.policy.services import policy_book
from onehall.foundation.scopes import Actor, Scope


def sign_in(*, staff_no: str, password: str, hall_id: int, counter_id: int | None, at: datetime) -> SignedIn:
    """Opens a session or raises why not; failures are counted and on record either way. Raises SecondStepNeeded after a right password."""
    with transaction():
        if counter_id is not None:
            organisation.seat(counter_id, scope=Scope.of(hall_id))
        outcome = identity.sign_in(
            staff_no=staff_no.strip(),
            password=password,
            hall_id=hall_id,
            counter_id=counter_id,
            book=policy_book(hall_id=hall_id, at=at),
            at=at,
        )
        if not isinstance(outcome, SignedIn | Failed):
            token = second_step.begin(user_id=outcome, hall_id=hall_id, counter_id=counter_id, at=at)
            outcome = Failed(SecondStepNeeded(token=token))
        else:
            _record(outcome, staff_no.strip()[:16], hall_id, counter_id, at)
    if isinstance(outcome, Failed):
        raise outcome.refusal
    return outcome


def _record(
    outcome: SignedIn | Failed, staff_no: str, hall_id: int, counter_id: int | None, at: datetime
) -> None:
    """Either way on record: under the person's name once it is known to be them, else under the number that was typed."""
    details: dict[str, object] = {"staff_no": staff_no, "counter": counter_id}
    if isinstance(outcome, Failed):
        action, by, details = "identity.sign_in_failed", None, details | {"why": outcome.refusal.code}
    else:
        by = Actor(outcome.user_id, "", staff_no, outcome.hall_id, session_id=outcome.session_id)
        action = "identity.signed_in"
    record(
        action=action,
        subject="user",
        subject_id=by.user_id if by else 0,
        hall_id=hall_id,
        by=by,
        at=at,
        rule="SEC-08",
        details=details,
    )
