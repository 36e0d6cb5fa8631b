"""回访 One try of the follow-up call: passed, failed, or nobody answered and it is due again later (WRK-05)."""

from datetime import datetime
from uuid import UUID

from onehall.contexts.fieldwork import api as fieldwork
from onehall.foundation.database import transaction
from onehall.foundation.idempotency import once
from onehall.foundation.policy.services import policy_book
from onehall.foundation.scopes import Actor
from onehall.steps.casework import announce


def record_follow_up(
    *,
    intent: UUID,
    work_order: int,
    outcome: fieldwork.CallOutcome,
    satisfaction: int | None,
    handled: str,
    by: Actor,
    at: datetime,
) -> fieldwork.WorkOrder:
    """Keeps the number of tries. Refuses a case that owes no call (WrongState) and a satisfaction that does not fit (BadEntry)."""
    with transaction():
        by.require("work.followup")
        body = {
            "work_order": work_order,
            "outcome": outcome.value,
            "satisfaction": satisfaction,
            "handled": handled,
        }
        attempt = once(key=intent, journey="record_follow_up", by=by, body=body, at=at)
        if attempt.done:
            return fieldwork.work_order(work_order, scope=by.scope)
        book = policy_book(hall_id=fieldwork.work_order(work_order, scope=by.scope).hall_id, at=at)
        failed = outcome is fieldwork.CallOutcome.FAILED
        due = fieldwork.follow_up_due(
            at,
            wait=book[fieldwork.FOLLOW_UP_AFTER_DEFECT if failed else fieldwork.FOLLOW_UP_RETRY],
            opens=book[fieldwork.FOLLOW_UP_OPENS],
            closes=book[fieldwork.FOLLOW_UP_CLOSES],
        )
        case = fieldwork.record_call(
            work_order_id=work_order,
            outcome=outcome,
            satisfaction=satisfaction,
            handled=handled,
            next_due=due,
            by=by,
            at=at,
        )
        announce(case, happened="called", rule="WRK-05", by=by, at=at, policy_version=book.version)
        attempt.finish({"work_order": case.id})
    return case
