"""白跑 Nobody at home, or something missing: the visit ends, the case waits for another one."""

from datetime import datetime
from uuid import UUID

from onehall.contexts.fieldwork import api as fieldwork
from onehall.foundation.database import transaction
from onehall.foundation.idempotency import once
from onehall.foundation.scopes import Actor
from onehall.steps.casework import announce
from onehall.steps.line_testing import close_line_test


def abandon_visit(
    *, intent: UUID, work_order: int, note: str, by: Actor, at: datetime
) -> fieldwork.WorkOrder:
    """Refuses a case without a visit under way (WrongState)."""
    with transaction():
        by.require("work.visit")
        body = {"work_order": work_order, "note": note}
        attempt = once(key=intent, journey="abandon_visit", by=by, body=body, at=at)
        if attempt.done:
            return fieldwork.work_order(work_order, scope=by.scope)
        case = fieldwork.abandon_visit(work_order_id=work_order, note=note, by=by, at=at)
        close_line_test(case=case, why="abandoned", by=by, at=at)
        announce(case, happened="abandoned", rule="WRK-07", by=by, at=at)
        attempt.finish({"work_order": case.id})
    return case
