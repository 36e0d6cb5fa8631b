"""开箱 Begin a shift: count the float, open the drawer; nothing is sold before (CSH-01)."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from onehall.contexts.custody import api as custody
from onehall.foundation.audit import record
from onehall.foundation.database import transaction
from onehall.foundation.idempotency import once
from onehall.foundation.outbox import publish
from onehall.foundation.policy.services import policy_book
from onehall.foundation.scopes import Actor, NotFound
from onehall.foundation.values.ids import DrawerId
from onehall.steps.cash_books import book_opened


def open_drawer(
    *, intent: UUID, counted: Mapping[int, int], remark: str, by: Actor, at: datetime
) -> custody.Drawer:
    """Opens the actor's drawer at their counter with the float as counted: pieces by denomination in fen.

    Refuses a counter or clerk with an open drawer (DrawerOpen) and a float that differs from the policy
    without a remark (FloatDiffers). The same intent again answers with the same drawer.
    """
    with transaction():
        by.require("drawer.open")
        if by.counter_id is None:
            raise NotFound(what="您的台席（请在台席登录）", what_en="Your counter (sign in at a counter)")
        body = {"counter": by.counter_id, "counted": sorted(counted.items()), "remark": remark}
        attempt = once(key=intent, journey="open_drawer", by=by, body=body, at=at)
        if attempt.result is not None:
            return custody.drawer(DrawerId(attempt.result["drawer"]), scope=by.scope)
        book = policy_book(hall_id=by.hall_id, at=at)
        drawer = custody.open_drawer(
            hall=by.hall_id,
            counter=by.counter_id,
            counted=counted,
            expected=book[custody.OPENING_FLOAT],
            remark=remark,
            by=by,
            at=at,
        )
        book_opened(drawer, at=at)
        _announce(drawer, book.version, by, at)
        attempt.finish({"drawer": drawer.id})
    return drawer


def _announce(drawer: custody.Drawer, policy_version: int, by: Actor, at: datetime) -> None:
    record(
        action="drawer.opened",
        subject="drawer",
        subject_id=drawer.id,
        hall_id=by.hall_id,
        by=by,
        at=at,
        rule="CSH-01",
        policy_version=policy_version,
        details={"float_fen": drawer.opening_float.fen, "difference_fen": drawer.opening_difference.fen},
    )
    publish(topic="drawer.changed", hall_id=by.hall_id, at=at, payload={"drawer": drawer.id})
