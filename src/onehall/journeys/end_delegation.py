"""收回委托 A lent right to decide ends before its day, by either of the two (SEC-04)."""

from datetime import datetime

from onehall.foundation.approvals import services as approvals
from onehall.foundation.audit import record
from onehall.foundation.database import transaction
from onehall.foundation.outbox import publish
from onehall.foundation.scopes import Actor


def end_delegation(*, delegation_id: int, by: Actor, at: datetime) -> None:
    """From this moment on it lends nothing. Raises NotFound, DelegationRefused."""
    with transaction():
        by.require("approval.view")
        approvals.end_delegation(delegation_id=delegation_id, by=by, at=at)
        record(
            action="approval.delegation_ended", subject="delegation", subject_id=delegation_id, hall_id=by.hall_id,
            by=by, at=at, rule="SEC-04",
        )  # fmt: skip
        publish(topic="approval.changed", hall_id=by.hall_id, at=at)
