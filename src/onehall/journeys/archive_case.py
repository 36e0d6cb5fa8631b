"""归档 File a case, only after a passed follow-up (WRK-04)."""

from datetime import datetime
from uuid import UUID

from onehall.contexts.fieldwork import api as fieldwork
from onehall.contexts.orders import api as orders
from onehall.foundation.database import transaction
from onehall.foundation.idempotency import once
from onehall.foundation.scopes import Actor
from onehall.steps.casework import announce


def archive_case(*, intent: UUID, work_order: int, by: Actor, at: datetime) -> fieldwork.WorkOrder:
    """Closes case and order; refuses before a passed follow-up (NotFollowedUp)."""
    with transaction():
        by.require("work.archive")
        body = {"work_order": work_order}
        attempt = once(key=intent, journey="archive_case", by=by, body=body, at=at)
        if attempt.done:
            return fieldwork.work_order(work_order, scope=by.scope)
        case = fieldwork.archive_case(work_order_id=work_order, by=by, at=at)
        orders.archive_order(order_id=case.order_id, by=by, at=at)
        announce(case, happened="archived", rule="WRK-04", by=by, at=at)
        attempt.finish({"work_order": case.id})
    return case
