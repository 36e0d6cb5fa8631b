"""发单 Enter cases in the dispatch register and hand them to the project manager, the day they were taken (WRK-02, WRK-03)."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from onehall.contexts.fieldwork import api as fieldwork
from onehall.foundation.database import transaction
from onehall.foundation.idempotency import once
from onehall.foundation.scopes import Actor
from onehall.steps.casework import announce


def dispatch_work_order(
    *, intent: UUID, work_orders: Sequence[int], project_manager: int, by: Actor, at: datetime
) -> list[fieldwork.WorkOrder]:
    """Hands over every case of the list or none; refuses one that was handed over before (WrongState)."""
    cases = sorted(set(work_orders))
    with transaction():
        by.require("work.dispatch")
        body = {"work_orders": cases, "project_manager": project_manager}
        attempt = once(key=intent, journey="dispatch_work_order", by=by, body=body, at=at)
        if not attempt.done:
            for work_order in cases:
                case = fieldwork.dispatch(
                    work_order_id=work_order, project_manager_id=project_manager, by=by, at=at
                )
                details = {"project_manager": project_manager}
                announce(case, happened="dispatched", rule="WRK-02", by=by, at=at, details=details)
            attempt.finish({"work_orders": cases})
        return [fieldwork.work_order(work_order, scope=by.scope) for work_order in cases]
