"""票据本转交 What is left of a book goes on with another clerk: the one before left, or changed halls (RCP-02)."""

from datetime import datetime
from uuid import UUID

from onehall.contexts.numbers import api as numbers
from onehall.foundation.audit import record
from onehall.foundation.database import transaction
from onehall.foundation.idempotency import once
from onehall.foundation.outbox import publish
from onehall.foundation.scopes import Actor, Scope
from onehall.foundation.values.ids import BookId, UserId
from onehall.steps.book_holders import require_holder


def pass_paper_book(
    *, book_id: BookId, person: UserId, intent: UUID, by: Actor, at: datetime
) -> numbers.BookHeld:
    """Handed over by whoever may issue books, never to themselves. Raises NotFound, StockRefused."""
    with transaction():
        by.require("book.issue")
        body = {"book": book_id, "person": person}
        attempt = once(key=intent, journey="pass_paper_book", by=by, body=body, at=at)
        if attempt.done:
            return numbers.books_of_hall(by.hall_id, scope=Scope.of(by.hall_id), book=book_id)[0]
        held = numbers.hold_book(book=book_id, person=person, by=by, at=at)
        require_holder(person, hall=by.hall_id, scope=by.scope)
        attempt.finish({"book": book_id})
        record(
            action="book.passed", subject="book", subject_id=book_id, hall_id=by.hall_id, by=by, at=at, rule="RCP-02",
            details={"person": person, "left": held.range.remaining},
        )  # fmt: skip
        publish(topic="book.changed", hall_id=by.hall_id, at=at, payload={"book": book_id})
    return held
