"""撤回出帐 A month's trial that was not approved counts no more; the month can be run again (BIL-04)."""

from datetime import datetime

from onehall.contexts.voice import api as voice
from onehall.foundation.audit import record
from onehall.foundation.database import transaction
from onehall.foundation.outbox import publish
from onehall.foundation.policy.services import policy_book
from onehall.foundation.scopes import Actor


def withdraw_month_run(*, run_id: int, why: str, by: Actor, at: datetime) -> None:
    """Raises RunRefused without a reason, or where it was approved or withdrawn before."""
    with transaction():
        by.require("month.run")
        book = policy_book(hall_id=by.hall_id, at=at)
        voice.withdraw_run(run=run_id, why=why, by=by, at=at)
        record(
            action="month_run.withdrawn", subject="month_run", subject_id=run_id, hall_id=by.hall_id, by=by, at=at, rule="BIL-04",
            policy_version=book.version, details={"why": " ".join(why.split())[:200]},
        )  # fmt: skip
        publish(topic="month_run.changed", hall_id=by.hall_id, at=at, payload={"run": run_id})
