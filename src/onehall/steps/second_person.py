"""What one person may not do alone: the request that waits for a second one, and its use once it stands (SEC-04)."""

from datetime import datetime

from onehall.foundation.approvals import EXPORT, Wanted
from onehall.foundation.approvals import services as approvals
from onehall.foundation.audit import record
from onehall.foundation.documents.exports import ApprovalAwaited, Taken
from onehall.foundation.documents.policies import EXPORT_GROWN, EXPORT_ROWS
from onehall.foundation.outbox import publish
from onehall.foundation.policy import PolicyBook
from onehall.foundation.scopes import Actor


def ask_export(*, taken: Taken, reason: str, book: PolicyBook, by: Actor, at: datetime) -> ApprovalAwaited:
    """Files the request, or finds the one that waits; the refusal that tells of it, to be raised after the commit."""
    wanted = _wanted(taken, reason)
    asked, new = approvals.ask(wanted=wanted, book=book, by=by, at=at)
    if new:
        record(
            action="approval.asked", subject="approval", subject_id=asked.id, hall_id=by.hall_id, by=by, at=at,
            rule="SEC-04", policy_version=book.version, details={"kind": wanted.kind, "size": wanted.size, **wanted.body},
        )  # fmt: skip
        publish(topic="approval.changed", hall_id=by.hall_id, at=at, payload={"id": asked.id})
    return ApprovalAwaited(rows=wanted.size, most=book[EXPORT_ROWS], number=asked.id)


def use_export(
    *, approval: int, taken: Taken, reason: str, serial: str, book: PolicyBook, by: Actor, at: datetime
) -> None:
    """Uses the approval for the very list that was approved. Raises NotFound, ApprovalGone, ApprovalNotFitting."""
    wanted, grown = _wanted(taken, reason), book[EXPORT_GROWN]
    approvals.use(request_id=approval, wanted=wanted, grown_percent=grown, what=serial, by=by, at=at)
    publish(topic="approval.changed", hall_id=by.hall_id, at=at, payload={"id": approval})


def _wanted(taken: Taken, reason: str) -> Wanted:
    return Wanted(EXPORT, taken.what, taken.meant, taken.rows, reason, tuple(taken.halls))
