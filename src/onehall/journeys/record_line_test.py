"""线路测试 What was measured on the spot; may be repeated, the last measurement counts."""

from dataclasses import asdict
from datetime import datetime
from uuid import UUID

from onehall.contexts.fieldwork import api as fieldwork
from onehall.foundation.database import transaction
from onehall.foundation.idempotency import once
from onehall.foundation.scopes import Actor
from onehall.steps.casework import announce


def record_line_test(
    *, intent: UUID, work_order: int, test: fieldwork.LineTest, by: Actor, at: datetime
) -> fieldwork.WorkOrder:
    """Refuses numbers that no line gives (BadEntry) and a case without a visit under way (WrongState)."""
    with transaction():
        by.require("work.visit")
        body = {"work_order": work_order, "test": asdict(test)}
        attempt = once(key=intent, journey="record_line_test", by=by, body=body, at=at)
        if attempt.done:
            return fieldwork.work_order(work_order, scope=by.scope)
        case = fieldwork.record_test(work_order_id=work_order, test=test, by=by, at=at)
        announce(case, happened="tested", rule="WRK-04", by=by, at=at)
        attempt.finish({"work_order": case.id})
    return case
