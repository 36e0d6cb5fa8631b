"""完工 Tested, materials entered, signed by the customer: the service works, the sheet may come back (WRK-02, WRK-04)."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from uuid import UUID

from onehall.contexts.fieldwork import api as fieldwork
from onehall.contexts.orders import api as orders
from onehall.foundation.database import transaction
from onehall.foundation.idempotency import once
from onehall.foundation.policy.services import policy_book
from onehall.foundation.scopes import Actor
from onehall.steps.casework import announce
from onehall.steps.line_testing import close_line_test
from onehall.steps.starting import start_by_installation
from onehall.steps.work_calendar import work_calendar


def finish_visit(
    *,
    intent: UUID,
    work_order: int,
    points: int,
    materials: Sequence[fieldwork.MaterialUse],
    method: fieldwork.Sign | None,
    strokes: fieldwork.Strokes | None = None,
    note: str = "",
    by: Actor,
    at: datetime,
) -> fieldwork.WorkOrder:
    """The term may start another day than booked (ORD-09). Refuses without line test, without the customer's hand (NotSigned), and more material than is free (BadEntry, FEE-02)."""
    with transaction():
        by.require("work.visit")
        used = [asdict(use) for use in materials]
        body = {
            "work_order": work_order,
            "points": points,
            "materials": used,
            "note": note,
            "strokes": strokes,
        }
        attempt = once(key=intent, journey="finish_visit", by=by, body={**body, "method": method}, at=at)
        if attempt.done:
            return fieldwork.work_order(work_order, scope=by.scope)
        hall_id = fieldwork.work_order(work_order, scope=by.scope).hall_id
        book, calendar = policy_book(hall_id=hall_id, at=at), work_calendar(hall_id, at=at)
        case = fieldwork.finish_visit(
            work_order_id=work_order,
            points=points,
            materials=materials,
            method=method,
            strokes=strokes,
            note=note,
            return_by=fieldwork.return_due(
                at, working_days=book[fieldwork.RETURN_WORKING_DAYS], calendar=calendar
            ),
            by=by,
            at=at,
        )
        orders.complete_order(order_id=case.order_id, by=by, at=at)
        began = start_by_installation(case=case, book=book, by=by, at=at)
        close_line_test(case=case, why="finished", by=by, at=at)
        announce(
            case, happened="finished", rule="WRK-04", by=by, at=at, policy_version=book.version, details=began
        )  # fmt: skip
        attempt.finish({"work_order": case.id})
    return case
