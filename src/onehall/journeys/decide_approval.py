"""批准、不批准 A second person decides on what somebody asked for; the first decision stands (SEC-04)."""

from datetime import datetime
from uuid import UUID

from onehall.foundation.approvals import Request
from onehall.foundation.approvals import queries as read
from onehall.foundation.approvals import services as approvals
from onehall.foundation.audit import record
from onehall.foundation.database import transaction
from onehall.foundation.idempotency import once
from onehall.foundation.outbox import publish
from onehall.foundation.policy.services import policy_book
from onehall.foundation.scopes import Actor


def decide_approval(
    *, request_id: int, approve: bool, note: str, intent: UUID, by: Actor, at: datetime
) -> Request:
    """Pressed twice it is decided once. Raises NotFound, OwnRequest, NotPermitted, NoteMissing, AlreadyDecided, ApprovalGone."""
    with transaction():
        by.require("approval.view")
        read.request(request_id, at=at, scope=by.scope)
        body = {"request": request_id, "approve": approve}
        attempt = once(key=intent, journey="decide_approval", by=by, body=body, at=at)
        if attempt.done:
            return read.request(request_id, at=at, scope=by.scope)
        book = policy_book(hall_id=by.hall_id, at=at)
        decided = approvals.decide(request_id=request_id, approve=approve, note=note, book=book, by=by, at=at)
        attempt.finish({"approved": decided.approved})
        record(
            action="approval.approved" if approve else "approval.declined", subject="approval", subject_id=request_id,
            hall_id=decided.hall_id, by=by, at=at, rule="SEC-04", policy_version=book.version,
            details={"kind": decided.kind, "right_of": decided.decided_for or None},
        )  # fmt: skip
        publish(topic="approval.changed", hall_id=decided.hall_id, at=at, payload={"id": request_id})
    return decided
