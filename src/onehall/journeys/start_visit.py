"""上门 The installer is at the door."""

from datetime import datetime
from uuid import UUID

from onehall.contexts.fieldwork import api as fieldwork
from onehall.foundation.database import transaction
from onehall.foundation.idempotency import once
from onehall.foundation.scopes import Actor
from onehall.steps.casework import announce
from onehall.steps.line_testing import open_line_test


def start_visit(*, intent: UUID, work_order: int, by: Actor, at: datetime) -> fieldwork.WorkOrder:
    """The line works for a test from now on (ORD-09). Refuses everybody but the assigned installer (NotYourWork). What a phone sends twice happens once (WRK-09)."""
    with transaction():
        by.require("work.visit")
        body = {"work_order": work_order}
        attempt = once(key=intent, journey="start_visit", by=by, body=body, at=at)
        if attempt.done:
            return fieldwork.work_order(work_order, scope=by.scope)
        case = fieldwork.start_visit(work_order_id=work_order, by=by, at=at)
        open_line_test(case=case, by=by, at=at)
        announce(case, happened="started", rule="WRK-04", by=by, at=at)
        attempt.finish({"work_order": case.id})
    return case
