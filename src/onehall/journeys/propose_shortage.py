"""提出短款 What a confirmed drawer was short of, put to its clerk with evidence: a proposal, never a cut (PAY-04, LAW-04)."""

from datetime import datetime
from uuid import UUID

from onehall.contexts.custody import api as custody
from onehall.contexts.workforce import api as workforce
from onehall.foundation.audit import record
from onehall.foundation.database import transaction
from onehall.foundation.idempotency import once
from onehall.foundation.outbox import publish
from onehall.foundation.policy.services import policy_book
from onehall.foundation.scopes import Actor
from onehall.foundation.values.ids import DrawerId
from onehall.foundation.values.money import Money


def propose_shortage(
    *, drawer_id: DrawerId, cause: workforce.Cause, evidence: str, intent: UUID, by: Actor, at: datetime
) -> workforce.Shortage:
    """The amount is the drawer's own confirmed difference, nobody types it. Raises NotFound, ShortageRefused, Unsaid."""
    with transaction():
        by.require("shortage.propose")
        body = {"drawer": drawer_id, "cause": cause.value, "evidence": evidence}
        attempt = once(key=intent, journey="propose_shortage", by=by, body=body, at=at)
        if attempt.result is not None:
            return workforce.shortage(attempt.result["shortage"], scope=by.scope)
        book = policy_book(hall_id=by.hall_id, at=at)
        drawer = custody.drawer(drawer_id, scope=by.scope)
        steps = custody.drawer_steps(drawer_id, scope=by.scope) if drawer.closed_at else ()
        made = workforce.propose_shortage(
            hall=drawer.hall, drawer=drawer.id, clerk=drawer.by, cause=cause, evidence=evidence,
            difference=steps[-1].difference if steps else Money.zero(), hours=book[workforce.SHORTAGE_HOURS],
            by=by, at=at,
        )  # fmt: skip
        attempt.finish({"shortage": made.id})
        record(
            action="shortage.proposed", subject="shortage", subject_id=made.id, hall_id=drawer.hall, by=by, at=at,
            rule="LAW-04", policy_version=book.version, details={"drawer": drawer_id, "fen": made.amount.fen},
        )  # fmt: skip
        publish(topic="shortage.changed", hall_id=drawer.hall, at=at, payload={"id": made.id})
    return made
