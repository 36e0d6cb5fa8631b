"""签收 The project manager signs the register for the cases handed over: strokes, or a confirmation in the own session (WRK-02)."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from onehall.contexts.fieldwork import api as fieldwork
from onehall.foundation.database import transaction
from onehall.foundation.idempotency import once
from onehall.foundation.scopes import Actor
from onehall.steps.casework import announce


def sign_dispatch(
    *,
    intent: UUID,
    work_orders: Sequence[int],
    method: fieldwork.Sign,
    strokes: fieldwork.Strokes | None = None,
    by: Actor,
    at: datetime,
) -> list[fieldwork.WorkOrder]:
    """One signature for every line of the list; refuses anybody else's hand (NotYourWork) and an empty field (NotSigned)."""
    cases = sorted(set(work_orders))
    with transaction():
        by.require("work.accept")
        body = {"work_orders": cases, "method": method.value, "strokes": strokes}
        attempt = once(key=intent, journey="sign_dispatch", by=by, body=body, at=at)
        if not attempt.done:
            for work_order in cases:
                case = fieldwork.sign_dispatch(
                    work_order_id=work_order, method=method, strokes=strokes, by=by, at=at
                )
                announce(
                    case, happened="signed", rule="WRK-02", by=by, at=at, details={"method": method.value}
                )
            attempt.finish({"work_orders": cases})
        return [fieldwork.work_order(work_order, scope=by.scope) for work_order in cases]
