"""第二步验证 After the password: a code, a recovery code or a passkey opens the session (SEC-08)."""

from datetime import datetime

from onehall.foundation.audit import record
from onehall.foundation.database import transaction
from onehall.foundation.identity import second_step
from onehall.foundation.identity.contracts import Failed, SignedIn
from onehall.foundation.identity.factors import Site
from onehall.foundation.identity.second_step import Proof
from onehall.foundation.policy.services import policy_book
from onehall.foundation.scopes import Actor


def sign_in_second_step(*, token: str, proof: Proof, site: Site, at: datetime) -> SignedIn:
    """Failures are counted with those of the password and on record. Raises SecondStepGone, WrongProof, AccountLocked."""
    with transaction():
        book = policy_book(hall_id=second_step.hall_of(token=token), at=at)
        whose = second_step.awaited(token=token, book=book, at=at)
        outcome, kind = second_step.finish(token=token, proof=proof, site=site, book=book, at=at)
        failed = isinstance(outcome, Failed)
        by = None
        if isinstance(outcome, SignedIn):
            by = Actor(outcome.user_id, "", whose.staff_no, outcome.hall_id, session_id=outcome.session_id)
        details = {"staff_no": whose.staff_no, "counter": whose.counter_id, "second": kind or None}
        record(
            action="identity.sign_in_failed" if failed else "identity.signed_in", subject="user",
            subject_id=whose.user_id if by else 0, hall_id=whose.hall_id, by=by, at=at, rule="SEC-08",
            details=details | ({"why": outcome.refusal.code} if isinstance(outcome, Failed) else {}),
        )  # fmt: skip
    if isinstance(outcome, Failed):
        raise outcome.refusal
    return outcome
