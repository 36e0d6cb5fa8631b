"""决定短款 A named person says who bears what was missing, with the ground; nobody's pay is touched (PAY-04, LAW-04)."""

from datetime import datetime
from uuid import UUID

from onehall.contexts.workforce import api as workforce
from onehall.foundation.approvals.queries import second_person
from onehall.foundation.audit import record
from onehall.foundation.database import transaction
from onehall.foundation.idempotency import once
from onehall.foundation.outbox import publish
from onehall.foundation.scopes import Actor
from onehall.steps.cash_books import book_shortage

PERMISSION = "shortage.decide"


def decide_shortage(
    *, shortage_id: int, outcome: workforce.Outcome, ground: str, intent: UUID, by: Actor, at: datetime
) -> workforce.Shortage:
    """By neither the clerk nor the proposer, from no login of theirs. Raises NotFound, OwnRequest, NotPermitted, ShortageRefused, Unsaid."""
    with transaction():
        asked = workforce.shortage(shortage_id, scope=by.scope)
        body = {"shortage": shortage_id, "outcome": outcome.value, "ground": ground}
        attempt = once(key=intent, journey="decide_shortage", by=by, body=body, at=at)
        if attempt.done:
            return asked
        for party in (asked.clerk, asked.proposed_by):
            second_person(permission=PERMISSION, of=party, halls=(asked.hall_id,), by=by, at=at)
        decided = workforce.decide_shortage(
            shortage_id=shortage_id, outcome=outcome, ground=ground, by=by, at=at
        )
        book_shortage(decided, at=at)
        attempt.finish({"shortage": shortage_id})
        record(
            action="shortage.decided", subject="shortage", subject_id=shortage_id, hall_id=asked.hall_id, by=by, at=at,
            rule="LAW-04", details={"outcome": outcome.value, "fen": asked.amount.fen},
        )  # fmt: skip
        publish(topic="shortage.changed", hall_id=asked.hall_id, at=at, payload={"id": shortage_id})
    return decided
