"""确认、退回钱箱 The duty manager confirms a drawer that was handed in, and it is closed with its Z; or sends it back (CSH-03)."""

from datetime import datetime
from uuid import UUID

from onehall.contexts.custody import api as custody
from onehall.foundation.approvals.queries import second_person
from onehall.foundation.audit import record
from onehall.foundation.database import transaction
from onehall.foundation.idempotency import once
from onehall.foundation.outbox import publish
from onehall.foundation.scopes import Actor
from onehall.foundation.values.ids import DrawerId
from onehall.steps.cash_books import book_closed
from onehall.steps.drawer_papers import issue_drawer_report

PERMISSION = "drawer.confirm"


def confirm_drawer(
    *, drawer_id: DrawerId, confirm: bool, note: str, intent: UUID, by: Actor, at: datetime
) -> custody.Drawer:
    """Confirmed, the clerk may leave and the difference stands for good; sent back, it is counted again.

    Nobody confirms their own, from no login and by no lent right. Raises NotFound, OwnRequest, NotPermitted, CountRefused.
    """
    with transaction():
        drawer = custody.drawer(drawer_id, scope=by.scope)
        body = {"drawer": drawer_id, "confirm": confirm}
        attempt = once(key=intent, journey="confirm_drawer", by=by, body=body, at=at)
        if attempt.done:
            return drawer
        right_of = second_person(permission=PERMISSION, of=drawer.by, halls=(drawer.hall,), by=by, at=at)
        verb = custody.confirm_drawer if confirm else custody.send_back
        decided = verb(drawer_id=drawer_id, reason=note, by=by, at=at)
        step = custody.drawer_steps(drawer_id, scope=by.scope)[-1]
        paper = None
        if confirm:
            book_closed(decided, step.difference, at=at)
            paper = issue_drawer_report(drawer=decided, by=by, at=at)
        attempt.finish({"drawer": drawer_id})
        record(
            action="drawer.confirmed" if confirm else "drawer.sent_back", subject="drawer", subject_id=drawer_id,
            hall_id=drawer.hall, by=by, at=at, rule="CSH-03",
            details={"difference_fen": step.difference.fen, "right_of": right_of, "paper": paper.id if paper else None},
        )  # fmt: skip
        publish(topic="drawer.changed", hall_id=drawer.hall, at=at, payload={"drawer": drawer_id})
    return decided
