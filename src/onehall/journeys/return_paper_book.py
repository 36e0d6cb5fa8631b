"""收回票据本 A used-up book comes back to the audit desk with every stub (RCP-02)."""

from datetime import datetime
from uuid import UUID

from onehall.contexts.numbers import api as numbers
from onehall.foundation.audit import record
from onehall.foundation.database import transaction
from onehall.foundation.idempotency import once
from onehall.foundation.outbox import publish
from onehall.foundation.scopes import Actor, Scope
from onehall.foundation.values.ids import BookId


def return_paper_book(
    *, book_id: BookId, stubs: int, intent: UUID, by: Actor, at: datetime
) -> numbers.BookHeld:
    """Counted by whoever takes it. Raises NotFound, ReturnRefused: numbers left, stubs missing, returned before."""
    with transaction():
        by.require("book.receive")
        attempt = once(
            key=intent, journey="return_paper_book", by=by, body={"book": book_id, "stubs": stubs}, at=at
        )
        if attempt.done:
            return numbers.books_of_hall(by.hall_id, scope=Scope.of(by.hall_id), book=book_id)[0]
        held = numbers.return_book(book=book_id, hall=by.hall_id, stubs=stubs, by=by, at=at)
        attempt.finish({"book": book_id})
        record(
            action="book.returned", subject="book", subject_id=book_id, hall_id=by.hall_id, by=by, at=at, rule="RCP-02",
            details={"stubs": stubs},
        )  # fmt: skip
        publish(topic="book.changed", hall_id=by.hall_id, at=at, payload={"book": book_id})
    return held
