"""A month's bills: started, drafted some lines at a time, approved by a second person or withdrawn (BIL-04, LAW-12)."""

from collections.abc import Mapping
from datetime import date, datetime

from django.db.models import Sum

from onehall.contexts.voice.models import Bill, MonthRun
from onehall.contexts.voice.queries import bills
from onehall.contexts.voice.rules import MonthRun as Run
from onehall.contexts.voice.rules import check_approval, check_start, check_withdrawal
from onehall.foundation.database import call, in_transaction
from onehall.foundation.scopes import Actor, Scope
from onehall.foundation.values.ids import HallId
from onehall.foundation.values.money import Money

_ALL = Scope.operator()


@in_transaction
def start_run(*, month: date, by: Actor, at: datetime) -> Run:
    """The run of a month; the same month again gives the run that stands. Raises RunRefused before the month's end, or out of turn."""
    bills.wait_for_rating(scope=_ALL)
    standing = bills.standing_run(month, scope=_ALL)
    if standing is not None:
        return standing
    check_start(month, runs=bills.runs(scope=_ALL), at=at)
    made = MonthRun.objects.create(month=month, asked_by_id=by.user_id, asked_at=at)
    return bills.run(made.pk, scope=_ALL)


@in_transaction
def draft_bills(*, run: int, limit: int, half_from: int, factor: int, at: datetime) -> int:
    """Bills of the next lines; how many. None left: the trial is whole and can be looked at."""
    row = call("voice_draft", p_run=run, p_limit=limit, p_half_from=half_from, p_factor=factor)
    written = int(row["voice_draft"])
    if not written:
        MonthRun.objects.filter(pk=run, drafted_at__isnull=True, withdrawn_at__isnull=True).update(
            drafted_at=at
        )
    return written


@in_transaction
def approve_run(*, run: int, by: Actor, at: datetime) -> Mapping[HallId, Money]:
    """A second person lets the bills stand; what each hall's lines are booked with. Raises RunRefused."""
    MonthRun.objects.select_for_update().filter(pk=run).first()
    check_approval(bills.run(run, scope=_ALL), by=by.user_id)
    MonthRun.objects.filter(pk=run, approved_at__isnull=True).update(
        approved_by_id=by.user_id, approved_at=at
    )
    sums = Bill.objects.filter(run_id=run).values("hall_id").annotate(total=Sum("fen")).order_by("hall_id")
    return {HallId(row["hall_id"]): Money(row["total"]) for row in sums if row["total"]}


@in_transaction
def withdraw_run(*, run: int, why: str, by: Actor, at: datetime) -> None:
    """The trial counts no more and the month can be run again; its bills stay as what they were. Raises RunRefused."""
    MonthRun.objects.select_for_update().filter(pk=run).first()
    check_withdrawal(bills.run(run, scope=_ALL), why=why)
    words = " ".join(why.split())[:200]
    MonthRun.objects.filter(pk=run).update(withdrawn_by_id=by.user_id, withdrawn_at=at, why=words)
