"""What one person may not do alone: the request that waits for a second one, and its use once it stands (SEC-04)."""

from dataclasses import dataclass
from datetime import datetime

from onehall.foundation.approvals import EXPORT, LOGIN, Request, Wanted
from onehall.foundation.approvals import services as approvals
from onehall.foundation.approvals.queries import decides, person_of
from onehall.foundation.audit import record
from onehall.foundation.documents.exports import ApprovalAwaited, Taken
from onehall.foundation.documents.policies import EXPORT_GROWN, EXPORT_ROWS
from onehall.foundation.identity.contracts import ResetAwaited
from onehall.foundation.identity.queries import is_managing
from onehall.foundation.outbox import publish
from onehall.foundation.policy import PolicyBook
from onehall.foundation.policy.services import policy_book
from onehall.foundation.scopes import Actor


def ask_export(*, taken: Taken, reason: str, book: PolicyBook, by: Actor, at: datetime) -> ApprovalAwaited:
    """Files the request, or finds the one that waits; the refusal that tells of it, to be raised after the commit."""
    wanted = _wanted(taken, reason)
    asked = ask_approval(wanted, book=book, by=by, at=at)
    return ApprovalAwaited(rows=wanted.size, most=book[EXPORT_ROWS], number=asked.id)


def ask_approval(wanted: Wanted, *, book: PolicyBook, by: Actor, at: datetime) -> Request:
    """The request that waits; a new one is on record and told."""
    asked, new = approvals.ask(wanted=wanted, book=book, by=by, at=at)
    if new:
        record(
            action="approval.asked", subject="approval", subject_id=asked.id, hall_id=by.hall_id, by=by, at=at,
            rule="SEC-04", policy_version=book.version, details={"kind": wanted.kind, "size": wanted.size, **wanted.body},
        )  # fmt: skip
        publish(topic="approval.changed", hall_id=by.hall_id, at=at, payload={"id": asked.id})
    return asked


def use_export(
    *, approval: int, taken: Taken, reason: str, serial: str, book: PolicyBook, by: Actor, at: datetime
) -> None:
    """Uses the approval for the very list that was approved. Raises NotFound, ApprovalGone, ApprovalNotFitting."""
    wanted, grown = _wanted(taken, reason), book[EXPORT_GROWN]
    approvals.use(request_id=approval, wanted=wanted, grown_percent=grown, what=serial, by=by, at=at)
    publish(topic="approval.changed", hall_id=by.hall_id, at=at, payload={"id": approval})


def _wanted(taken: Taken, reason: str) -> Wanted:
    return Wanted(EXPORT, taken.what, taken.meant, taken.rows, reason, tuple(taken.halls))


@dataclass(frozen=True, slots=True)
class LoginWanted:
    """Whose login is to be reset, with the devices they have or without touching them, and why."""

    staff_no: str
    person_id: int
    had: int
    devices: bool
    reason: str

    def request(self, by: Actor) -> Wanted:
        """As a request; the person concerned does not decide on it."""
        body = {"concerns": self.staff_no, "person": self.person_id, "devices": self.devices}
        return Wanted(LOGIN, "login", body, self.had, self.reason, (by.hall_id,))


def login_needs_second(*, user_id: int, wanted: LoginWanted, by: Actor, at: datetime) -> bool:
    """Whether the reset would put somebody who manages or decides into one colleague's hands: a kept device prevents that."""
    if wanted.had and not wanted.devices:
        return False
    return is_managing(user_id=user_id, hall_id=by.hall_id, at=at) or decides(person_of(user_id), at=at)


def ask_login(*, wanted: LoginWanted, by: Actor, at: datetime) -> ResetAwaited:
    """Files the request, or finds the one that waits; to be raised after the commit."""
    asked = ask_approval(wanted.request(by), book=policy_book(hall_id=by.hall_id, at=at), by=by, at=at)
    return ResetAwaited(number=asked.id)


def use_login(*, approval: int, wanted: LoginWanted, by: Actor, at: datetime) -> None:
    """Uses the approval for the very person, once. Raises NotFound, ApprovalGone, ApprovalNotFitting."""
    use_approval(approval, wanted=wanted.request(by), what=f"login {wanted.person_id}", by=by, at=at)


def use_approval(approval: int, *, wanted: Wanted, what: str, by: Actor, at: datetime) -> None:
    """Uses an approval for the very thing, once. Raises NotFound, ApprovalGone, ApprovalNotFitting."""
    approvals.use(request_id=approval, wanted=wanted, grown_percent=0, what=what, by=by, at=at)
    publish(topic="approval.changed", hall_id=by.hall_id, at=at, payload={"id": approval})
