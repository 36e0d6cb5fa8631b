"""添零、上缴 Put cash into the drawer or take it out within the shift, with amount and reason (LAW-40)."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from onehall.contexts.custody import api as custody
from onehall.foundation.audit import record
from onehall.foundation.database import transaction
from onehall.foundation.idempotency import once
from onehall.foundation.outbox import publish
from onehall.foundation.scopes import Actor
from onehall.foundation.values.ids import DrawerId
from onehall.foundation.values.money import Money


def move_cash(
    *, intent: UUID, direction: Literal["in", "out"], amount: Money, reason: str, by: Actor, at: datetime
) -> custody.Moved:
    """Moves cash through the actor's own open drawer; answers with what lies in it now.

    Refuses without an open drawer (NoOpenDrawer), without amount or reason (NotAMovement), and more out
    than lies there (DrawerShort). The same intent again moves nothing.
    """
    with transaction():
        by.require("drawer.cash")
        if by.counter_id is None:
            raise custody.NoOpenDrawer()
        body = {"direction": direction, "fen": amount.fen, "reason": reason, "counter": by.counter_id}
        attempt = once(key=intent, journey="move_cash", by=by, body=body, at=at)
        if attempt.result is not None:
            return _moved_before(attempt.result)
        verb = custody.put_in if direction == "in" else custody.take_out
        moved = verb(counter=by.counter_id, amount=amount, reason=reason, by=by, at=at)
        _announce(f"drawer.cash_{direction}", moved, amount, by, at)
        attempt.finish({"entry": moved.entry, "drawer": moved.drawer, "balance_fen": moved.balance.fen})
    return moved


def _moved_before(result: dict[str, int]) -> custody.Moved:
    return custody.Moved(
        entry=result["entry"], drawer=DrawerId(result["drawer"]), balance=Money(result["balance_fen"])
    )


def _announce(action: str, moved: custody.Moved, amount: Money, by: Actor, at: datetime) -> None:
    record(
        action=action,
        subject="drawer",
        subject_id=moved.drawer,
        hall_id=by.hall_id,
        by=by,
        at=at,
        rule="LAW-40",
        details={"entry": moved.entry, "fen": amount.fen},
    )
    publish(topic="drawer.changed", hall_id=by.hall_id, at=at, payload={"drawer": moved.drawer})
