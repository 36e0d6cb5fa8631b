"""自助登录 A customer signs in with the account and the password of the broadband (LAW-03, SEC-08)."""

from datetime import datetime

from onehall.contexts.organisation import api as organisation
from onehall.contexts.provisioning import api as provisioning
from onehall.foundation.audit import record
from onehall.foundation.database import transaction
from onehall.foundation.identity.contracts import Failed, WrongAccount
from onehall.foundation.identity.customers import Doors, count_failure, locked, open_customer_session
from onehall.foundation.policy import PolicyBook
from onehall.foundation.policy.services import policy_book
from onehall.foundation.refusals import Refusal
from onehall.foundation.scopes import Scope

_LONGEST = 64  # structural: what an account may be and is counted under


def sign_in_customer(*, account: str, password: str, address: str, at: datetime) -> str:
    """The browser's token. Failures are counted and on record; who is unknown and who errs hear the same, equally late."""
    with transaction():
        outcome = _try(account.strip().lower()[:_LONGEST], password[:_LONGEST], address[:_LONGEST], at)
    if isinstance(outcome, Failed):
        raise outcome.refusal
    return outcome


def _try(account: str, password: str, address: str, at: datetime) -> str | Failed:
    everywhere = Scope.operator()
    hall = organisation.halls(scope=everywhere)[0].id
    book, doors = policy_book(hall_id=hall, at=at), Doors(account, address)
    closed = locked(doors=doors, at=at)
    if closed is not None:
        return Failed(closed)
    rounds = book[provisioning.HASH_ROUNDS]
    fits = provisioning.secret_fits(account=account, secret=password, rounds=rounds, scope=everywhere)
    known = provisioning.access(account=account, at=at, scope=everywhere)
    if not fits or known is None:
        refusal = _failed(doors, book, at)
        _record("portal.sign_in_failed", known, hall, at, {"why": refusal.code})
        return Failed(refusal)
    _record("portal.signed_in", known, hall, at, {})
    return open_customer_session(account=account, subscription_id=known.subscription_id, at=at)


def _failed(doors: Doors, book: PolicyBook, at: datetime) -> Refusal:
    return count_failure(doors=doors, book=book, at=at) or WrongAccount(field="account")


def _record(
    action: str, known: provisioning.AccessState | None, hall: int, at: datetime, details: dict[str, object]
) -> None:
    """Under the line whose account was typed; nobody's where nobody has it."""
    subject = known.subscription_id if known else 0
    record(
        action=action,
        subject="subscription",
        subject_id=subject,
        hall_id=hall,
        by=None,
        at=at,
        rule="SEC-08",
        details=details,
    )
