"""What every step of a work order does beside the step itself: leave a line in the audit trail and tell the open screens."""

from collections.abc import Mapping
from datetime import datetime

from onehall.contexts.fieldwork import api as fieldwork
from onehall.foundation.audit import record
from onehall.foundation.outbox import publish
from onehall.foundation.scopes import Actor


def announce(
    case: fieldwork.WorkOrder,
    *,
    happened: str,
    rule: str,
    by: Actor,
    at: datetime,
    policy_version: int | None = None,
    details: Mapping[str, object] | None = None,
) -> None:
    """Records `work.<happened>` and publishes it under the same name (SEC-09, WRK-11); ids and codes only."""
    record(
        action=f"work.{happened}", subject="work_order", subject_id=case.id, hall_id=case.hall_id, by=by, at=at,
        rule=rule, policy_version=policy_version,
        details={"serial": case.serial, "state": case.state.value, **(details or {})},
    )  # fmt: skip
    publish(
        topic=f"work.{happened}",
        hall_id=case.hall_id,
        at=at,
        payload={"work_order": case.id, "state": case.state.value},
    )
