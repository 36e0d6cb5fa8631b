"""票据领用 The custodian hands a part of a lot to a hall's keeper of invoices, who has yet to count it (RCP-02)."""

from datetime import datetime
from uuid import UUID

from onehall.contexts.numbers import api as numbers
from onehall.foundation.audit import record
from onehall.foundation.database import transaction
from onehall.foundation.idempotency import once
from onehall.foundation.outbox import publish
from onehall.foundation.scopes import Actor
from onehall.foundation.values.ids import HallId
from onehall.steps.stubs import keeper_of


def draw_books(
    *, lot: int, hall_id: HallId, first: str, last: str, intent: UUID, by: Actor, at: datetime
) -> numbers.Draw:
    """To whoever keeps the hall's invoices today. Raises NotFound, BadBookRange, BooksOverlap, StockRefused."""
    with transaction():
        by.require("book.stock")
        body = {"lot": lot, "hall": hall_id, "first": first, "last": last}
        attempt = once(key=intent, journey="draw_books", by=by, body=body, at=at)
        if attempt.result is not None:
            return numbers.draws(scope=by.scope, draw=attempt.result["draw"])[0]
        keeper = keeper_of(hall_id, scope=by.scope)
        if keeper is None:
            raise numbers.received(
                "hall", "这个厅还没有指定票据管理员", "that hall has no keeper of invoices yet"
            )
        draw = numbers.hand_to_hall(
            lot=lot, first=first, last=last, hall=hall_id, keeper=keeper, by=by, at=at
        )
        attempt.finish({"draw": draw.id})
        record(
            action="book.drawn", subject="book_draw", subject_id=draw.id, hall_id=hall_id, by=by, at=at, rule="RCP-02",
            details={"first": draw.first_number, "last": draw.last_number, "keeper": keeper},
        )  # fmt: skip
        publish(topic="book.changed", hall_id=hall_id, at=at)
    return draw
