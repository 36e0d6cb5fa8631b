"""委托审批 Somebody who may decide lends that right to a colleague for some days (SEC-04)."""

from datetime import datetime
from uuid import UUID

from onehall.foundation.approvals import services as approvals
from onehall.foundation.audit import record
from onehall.foundation.database import transaction
from onehall.foundation.idempotency import once
from onehall.foundation.outbox import publish
from onehall.foundation.policy.services import policy_book
from onehall.foundation.scopes import Actor


def delegate_approvals(
    *, to_staff_no: str, start: datetime, end: datetime, reason: str, intent: UUID, by: Actor, at: datetime
) -> int:
    """The number of the delegation. What the lender asks for themselves the other cannot approve. Raises DelegationRefused."""
    with transaction():
        by.require("approval.view")
        body = {"to": to_staff_no, "start": start, "end": end, "reason": reason}
        attempt = once(key=intent, journey="delegate_approvals", by=by, body=body, at=at)
        if attempt.result is not None:
            return int(attempt.result["id"])
        book = policy_book(hall_id=by.hall_id, at=at)
        made = approvals.delegate(
            to_staff_no=to_staff_no, start=start, end=end, reason=reason, book=book, by=by, at=at
        )
        attempt.finish({"id": made})
        record(
            action="approval.delegated", subject="delegation", subject_id=made, hall_id=by.hall_id, by=by, at=at,
            rule="SEC-04", policy_version=book.version,
            details={"to": to_staff_no.strip(), "start": start.isoformat(), "end": end.isoformat()},
        )  # fmt: skip
        publish(topic="approval.changed", hall_id=by.hall_id, at=at)
    return made
