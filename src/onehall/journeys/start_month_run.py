"""出帐试算 Start a month's telephone bills as a trial, which the clock drafts and a second person approves (BIL-04)."""

from datetime import date, datetime

from onehall.contexts.voice import api as voice
from onehall.foundation.audit import record
from onehall.foundation.database import transaction
from onehall.foundation.outbox import publish
from onehall.foundation.policy.services import policy_book
from onehall.foundation.scopes import Actor


def start_month_run(*, month: date, by: Actor, at: datetime) -> voice.MonthRun:
    """Pressed twice, or by two at once, it is one run. Raises RunRefused before the month is over, or out of turn."""
    with transaction():
        by.require("month.run")
        book = policy_book(hall_id=by.hall_id, at=at)
        run = voice.start_run(month=month, by=by, at=at)
        if (run.asked_by, run.asked_at) == (by.user_id, at):
            record(
                action="month_run.started", subject="month_run", subject_id=run.id, hall_id=by.hall_id, by=by, at=at, rule="BIL-04",
                policy_version=book.version, details={"month": f"{month:%Y-%m}"},
            )  # fmt: skip
            publish(topic="month_run.changed", hall_id=by.hall_id, at=at, payload={"run": run.id})
    return run
