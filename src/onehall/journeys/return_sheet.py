"""回单 The signed sheet is back in the hall; from now on a follow-up call is owed (WRK-02, WRK-04)."""

from datetime import datetime
from uuid import UUID

from onehall.contexts.fieldwork import api as fieldwork
from onehall.foundation.database import transaction
from onehall.foundation.idempotency import once
from onehall.foundation.policy.services import policy_book
from onehall.foundation.scopes import Actor
from onehall.steps.casework import announce


def return_sheet(
    *, intent: UUID, work_order: int, method: fieldwork.Sign | None, note: str = "", by: Actor, at: datetime
) -> fieldwork.WorkOrder:
    """Refuses a sheet without the customer's signature or seal (NotSigned)."""
    with transaction():
        by.require("work.return")
        body = {"work_order": work_order, "method": method, "note": note}
        attempt = once(key=intent, journey="return_sheet", by=by, body=body, at=at)
        if attempt.done:
            return fieldwork.work_order(work_order, scope=by.scope)
        book = policy_book(hall_id=fieldwork.work_order(work_order, scope=by.scope).hall_id, at=at)
        due = fieldwork.follow_up_due(
            at,
            wait=book[fieldwork.FOLLOW_UP_WAIT],
            opens=book[fieldwork.FOLLOW_UP_OPENS],
            closes=book[fieldwork.FOLLOW_UP_CLOSES],
        )
        case = fieldwork.return_sheet(
            work_order_id=work_order, method=method, note=note, follow_up_due=due, by=by, at=at
        )
        announce(case, happened="returned", rule="WRK-02", by=by, at=at, policy_version=book.version)
        attempt.finish({"work_order": case.id})
    return case
