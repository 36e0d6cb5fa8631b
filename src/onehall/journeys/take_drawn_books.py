"""签收票据 The hall's keeper of invoices counts what headquarters handed over; from now on it is the hall's (RCP-02)."""

from datetime import datetime

from onehall.contexts.numbers import api as numbers
from onehall.foundation.audit import record
from onehall.foundation.database import transaction
from onehall.foundation.outbox import publish
from onehall.foundation.scopes import Actor


def take_drawn_books(*, draw: int, papers: int, by: Actor, at: datetime) -> numbers.Draw:
    """All of it or nothing; a second time changes nothing. Raises NotFound, StockRefused: another person's, a wrong count."""
    with transaction():
        by.require("book.keep")
        before = numbers.draws(scope=by.scope, hall=by.hall_id, draw=draw)
        taken = numbers.take_draw(draw=draw, papers=papers, by=by, at=at)
        if before[0].taken_at is None:
            record(
                action="book.draw_taken", subject="book_draw", subject_id=draw, hall_id=by.hall_id, by=by, at=at, rule="RCP-02",
                details={"papers": papers},
            )  # fmt: skip
            publish(topic="book.changed", hall_id=by.hall_id, at=at)
    return taken
