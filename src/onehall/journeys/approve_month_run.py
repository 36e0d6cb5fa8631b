"""核准出帐 A second person lets a month's telephone bills stand; their sum goes to the books at that moment, once (BIL-04, LAW-12)."""

from datetime import datetime

from onehall.contexts.ledger import api as ledger
from onehall.contexts.voice import api as voice
from onehall.foundation.audit import record
from onehall.foundation.database import transaction
from onehall.foundation.outbox import publish
from onehall.foundation.policy.services import policy_book
from onehall.foundation.scopes import Actor, Scope


def approve_month_run(*, run_id: int, fen: int, by: Actor, at: datetime) -> voice.MonthRun:
    """`fen` is the sum that the screen showed. Raises RunRefused for one's own run, one not drafted, or approved before; PeriodClosed."""
    with transaction():
        by.require("month.run")
        book = policy_book(hall_id=by.hall_id, at=at)
        voice.check_shown(voice.run(run_id, scope=Scope.operator()), fen=fen)
        for hall, amount in voice.approve_run(run=run_id, by=by, at=at).items():
            ledger.book_earned(
                hall=hall,
                amount=amount,
                held=book[voice.PREPAID_ACCOUNT],
                earned=book[voice.REVENUE_ACCOUNT],
                at=at,
            )
        run = voice.run(run_id, scope=Scope.operator())
        record(
            action="month_run.approved", subject="month_run", subject_id=run_id, hall_id=by.hall_id, by=by, at=at, rule="BIL-04",
            policy_version=book.version, details={"month": f"{run.month:%Y-%m}", "bills": run.bills, "fen": run.fen, "outliers": run.outliers},
        )  # fmt: skip
        publish(topic="month_run.changed", hall_id=by.hall_id, at=at, payload={"run": run_id})
    return run
