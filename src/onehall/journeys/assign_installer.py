"""派工 The project manager says who goes; may be changed until somebody is at the door."""

from datetime import datetime
from uuid import UUID

from onehall.contexts.fieldwork import api as fieldwork
from onehall.foundation.database import transaction
from onehall.foundation.idempotency import once
from onehall.foundation.scopes import Actor
from onehall.steps.casework import announce


def assign_installer(
    *, intent: UUID, work_order: int, installer: int, by: Actor, at: datetime
) -> fieldwork.WorkOrder:
    """Refuses a case that was not signed for, or is in work already (WrongState)."""
    with transaction():
        by.require("work.assign")
        body = {"work_order": work_order, "installer": installer}
        attempt = once(key=intent, journey="assign_installer", by=by, body=body, at=at)
        if attempt.done:
            return fieldwork.work_order(work_order, scope=by.scope)
        case = fieldwork.assign(work_order_id=work_order, installer_id=installer, by=by, at=at)
        announce(case, happened="assigned", rule="WRK-02", by=by, at=at)
        attempt.finish({"work_order": case.id})
    return case
