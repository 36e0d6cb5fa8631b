"""撤回申请 Whoever asked needs it no more, before or after its approval (SEC-04)."""

from datetime import datetime

from onehall.foundation.approvals import Request
from onehall.foundation.approvals import services as approvals
from onehall.foundation.audit import record
from onehall.foundation.database import transaction
from onehall.foundation.outbox import publish
from onehall.foundation.scopes import Actor


def withdraw_approval(*, request_id: int, by: Actor, at: datetime) -> Request:
    """Only one's own. Raises NotFound, ApprovalNotFitting, ApprovalGone."""
    with transaction():
        by.require("approval.ask" if by.token_id else "approval.view")
        gone = approvals.withdraw(request_id=request_id, by=by, at=at)
        record(
            action="approval.withdrawn", subject="approval", subject_id=request_id, hall_id=gone.hall_id, by=by, at=at,
            rule="SEC-04", details={"kind": gone.kind},
        )  # fmt: skip
        publish(topic="approval.changed", hall_id=gone.hall_id, at=at, payload={"id": request_id})
    return gone
