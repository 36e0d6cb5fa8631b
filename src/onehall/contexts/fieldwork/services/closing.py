"""From the returned sheet to the archive."""

from datetime import datetime, timedelta

from django.db.models import F

from onehall.contexts.fieldwork import queries
from onehall.contexts.fieldwork.contracts import CallOutcome, Sign, State, WorkOrder
from onehall.contexts.fieldwork.models import (
    CaseArchive,
    FollowUp,
    FollowUpCall,
    SheetReturn,
    Visit,
    VisitEnd,
    Withdrawal,
)
from onehall.contexts.fieldwork.models import WorkOrder as WorkOrderRow
from onehall.contexts.fieldwork.rules import check_call, may_archive, must_be, refuse, signature_problem
from onehall.contexts.fieldwork.services.cases import locked
from onehall.foundation.database import in_transaction
from onehall.foundation.scopes import Actor
from onehall.foundation.values.text import Text

_RETURN = Text("回单", "return")


@in_transaction
def return_sheet(
    *, work_order_id: int, method: Sign | None, note: str, follow_up_due: datetime, by: Actor, at: datetime
) -> WorkOrder:
    """回单: the sheet is back with the customer's signature or seal, else it is refused (WRK-02, WRK-04).
    From now on a follow-up call is owed, where the kind of work has one.

    STROKES says that the customer signed on the installer's phone, which is believed only where those strokes are kept.
    """
    case = locked(work_order_id=work_order_id, by=by)
    refuse(must_be(case, State.TO_RETURN, step=_RETURN))
    if not (method is Sign.STROKES and _signed_on_glass(case)):
        refuse(signature_problem(method, None, step=_RETURN))
    SheetReturn.objects.create(
        work_order_id=case.id, method=(method or Sign.PAPER).value, note=note, by_id=by.user_id, at=at
    )
    if case.facts.follow_up:
        FollowUp.objects.create(
            work_order_id=case.id, hall_id=case.hall_id, due_at=follow_up_due, opened_at=at
        )
    return queries.work_order(case.id, scope=by.scope)


@in_transaction
def record_call(
    *,
    work_order_id: int,
    outcome: CallOutcome,
    satisfaction: int | None,
    handled: str,
    next_due: datetime,
    by: Actor,
    at: datetime,
) -> WorkOrder:
    """One try of the follow-up: passed ends it, unanswered or failed is due again at `next_due` (WRK-05)."""
    case = locked(work_order_id=work_order_id, by=by)
    refuse(must_be(case, State.TO_FOLLOW_UP, step=Text("回访", "the follow-up")))
    refuse(check_call(outcome, satisfaction))
    FollowUpCall.objects.create(
        follow_up_id=case.id, outcome=outcome.value, satisfaction=satisfaction, handled=handled, by_id=by.user_id, at=at
    )  # fmt: skip
    passed = outcome is CallOutcome.PASSED
    FollowUp.objects.filter(pk=case.id, passed_at=None).update(
        tries=F("tries") + 1,
        passed_at=at if passed else None,
        due_at=F("due_at") if passed else max(next_due, at + timedelta(minutes=1)),
    )
    return queries.work_order(case.id, scope=by.scope)


@in_transaction
def archive_case(*, work_order_id: int, by: Actor, at: datetime) -> WorkOrder:
    """归档, only after a passed follow-up (WRK-04)."""
    case = locked(work_order_id=work_order_id, by=by)
    refuse(may_archive(case))
    CaseArchive.objects.create(work_order_id=case.id, by_id=by.user_id, at=at)
    return _close(case, by=by, at=at)


@in_transaction
def withdraw_work_order(
    *, work_order_id: int, reason: str, by: Actor, at: datetime, approved: bool = False
) -> WorkOrder:
    """The sale was taken back; refused once somebody was at the door, or is, unless a second person `approved` it.

    A visit under way then ends with nothing done.
    """
    case = locked(work_order_id=work_order_id, by=by)
    step = Text("撤销", "withdrawing")
    begun = (State.IN_WORK,) if approved else ()
    refuse(must_be(case, State.TO_DISPATCH, State.DISPATCHED, State.TO_VISIT, *begun, step=step))
    if case.state is State.IN_WORK and case.visit_id is not None:
        Visit.objects.filter(pk=case.visit_id, open=True).update(open=False)
        VisitEnd.objects.create(
            visit_id=case.visit_id, work_order_id=case.id, done=False, note=reason, by_id=by.user_id, at=at
        )
    Withdrawal.objects.create(work_order_id=case.id, reason=reason, by_id=by.user_id, at=at)
    return _close(case, by=by, at=at)


def _close(case: WorkOrder, *, by: Actor, at: datetime) -> WorkOrder:
    WorkOrderRow.objects.filter(pk=case.id, closed_at=None).update(closed_at=at)
    return queries.work_order(case.id, scope=by.scope)


def _signed_on_glass(case: WorkOrder) -> bool:
    return VisitEnd.objects.filter(work_order_id=case.id, done=True, method=Sign.STROKES.value).exists()
