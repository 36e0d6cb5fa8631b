"""申请营业时间外活动 An activity outside opening hours is asked for days ahead, and held once somebody else approved it (ESC-03)."""

from datetime import datetime
from uuid import UUID

from onehall.contexts.organisation import api as organisation
from onehall.foundation.approvals import ACTIVITY, Wanted
from onehall.foundation.approvals import services as approvals
from onehall.foundation.audit import record
from onehall.foundation.database import transaction
from onehall.foundation.escalation import activities
from onehall.foundation.escalation.policies import ACTIVITY_DAYS
from onehall.foundation.idempotency import once
from onehall.foundation.outbox import publish
from onehall.foundation.policy.services import policy_book
from onehall.foundation.scopes import Actor
from onehall.foundation.values.period import local

_MINUTE = 60  # structural: seconds


def request_activity(
    *, title: str, start: datetime, end: datetime, intent: UUID, by: Actor, at: datetime
) -> int:
    """The number of the request; pressed twice it is asked once. Raises ActivityRefused."""
    with transaction():
        by.require("approval.ask" if by.token_id else "approval.view")
        body = {"title": " ".join(title.split())[:100], "start": start.isoformat(), "until": end.isoformat()}
        attempt = once(key=intent, journey="request_activity", by=by, body=body, at=at)
        if attempt.result is not None:
            return int(attempt.result["id"])
        book = policy_book(hall_id=by.hall_id, at=at)
        hours = organisation.plan_on(by.hall_id, local(start).date(), scope=by.scope).hours
        activities.check(title=title, hours=hours, start=start, end=end, days=book[ACTIVITY_DAYS], at=at)
        minutes = int((end - start).total_seconds()) // _MINUTE
        wanted = Wanted(ACTIVITY, "activity", body, minutes, body["title"], (by.hall_id,))
        asked, _ = approvals.ask(wanted=wanted, book=book, by=by, at=at)
        attempt.finish({"id": asked.id})
        record(
            action="approval.asked", subject="approval", subject_id=asked.id, hall_id=by.hall_id, by=by, at=at,
            rule="ESC-03", policy_version=book.version, details={"kind": ACTIVITY, "start": body["start"]},
        )  # fmt: skip
        publish(topic="approval.changed", hall_id=by.hall_id, at=at, payload={"id": asked.id})
    return asked.id
