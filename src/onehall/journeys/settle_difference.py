"""处理对账差异 A named person says what was found out about a difference, and the books follow the provider (PAY-03, LED-02)."""

from datetime import datetime
from uuid import UUID

from onehall.contexts.clearing import api as clearing
from onehall.foundation.approvals.queries import second_person
from onehall.foundation.audit import record
from onehall.foundation.database import transaction
from onehall.foundation.idempotency import once
from onehall.foundation.outbox import publish
from onehall.foundation.scopes import Actor, Scope
from onehall.steps.clearing import charge_of, held_now, post

PERMISSION = "bill.settle"


def settle_difference(
    *, difference_id: int, reason: str, intent: UUID, by: Actor, at: datetime
) -> clearing.Difference:
    """Never by whoever took that money (SEC-04). A charge or refund that only the provider knew of is heard by the books first.

    Raises NotFound, NotPermitted, OwnRequest, DifferenceRefused.
    """
    with transaction():
        by.require(PERMISSION)
        about = clearing.difference(difference_id, scope=by.scope)
        body = {"difference": difference_id, "reason": reason}
        attempt = once(key=intent, journey="settle_difference", by=by, body=body, at=at)
        if attempt.done:
            return about
        clearing.wait_for_turn(about.provider, scope=by.scope)
        charge = charge_of(about)
        if charge is not None:
            second_person(permission=PERMISSION, of=charge.by, halls=(about.hall,), by=by, at=at)
        ours = held_now(about, by=by, at=at)
        moves = clearing.settle_difference(difference=about, ours=ours, reason=reason, by=by, at=at)
        post(about.provider, clearing.DIFFERENCE_ACCOUNT, moves, at=at)
        attempt.finish({"difference": difference_id})
        _announce(about, moves, by, at)
    return clearing.difference(difference_id, scope=Scope.of(about.hall))


def _announce(about: clearing.Difference, moves: clearing.Moves, by: Actor, at: datetime) -> None:
    fen = sum(amount.fen for amount in moves.values())
    details = {"number": about.found.number, "verdict": about.found.verdict, "fen": fen}
    record(
        action="bill.settled", subject="bill_difference", subject_id=about.id, hall_id=about.hall, by=by, at=at, rule="PAY-03",
        details=details,
    )  # fmt: skip
    publish(topic="bill.changed", hall_id=about.hall, at=at, payload={"difference": about.id})
