"""发放票据本 A printed book of receipts or invoices is issued to a clerk at a counter, by the numbers on its cover (RCP-02)."""

from datetime import datetime
from uuid import UUID

from onehall.contexts.numbers import api as numbers
from onehall.contexts.organisation import api as organisation
from onehall.foundation.audit import record
from onehall.foundation.database import transaction
from onehall.foundation.idempotency import once
from onehall.foundation.outbox import publish
from onehall.foundation.scopes import Actor, NotFound
from onehall.foundation.values.ids import CounterId, UserId
from onehall.steps.book_holders import require_holder
from onehall.steps.paper_kinds import KINDS


def issue_paper_book(
    *, kind: str, counter_id: CounterId, person: UserId, first: str, last: str, intent: UUID, by: Actor, at: datetime
) -> numbers.BookRange:  # fmt: skip
    """A clerk has it; that counter goes on in it once earlier books are used up. Raises NotFound, BadBookRange, BooksOverlap, StockRefused.

    Its numbers come from what the hall drew and its keeper took.
    """
    with transaction():
        by.require("book.issue")
        body = {"kind": kind, "counter": counter_id, "person": person, "first": first, "last": last}
        attempt = once(key=intent, journey="issue_paper_book", by=by, body=body, at=at)
        if kind not in KINDS or organisation.seat(counter_id, scope=by.scope).hall_id != by.hall_id:
            raise NotFound(what="这个台席的这种票据", what_en="This kind of paper at this counter")
        require_holder(person, hall=by.hall_id, scope=by.scope)
        prefix, width, low, high = numbers.range_typed(first, last)
        made = numbers.establish_book(
            kind=kind, hall_id=by.hall_id, counter_id=counter_id, prefix=prefix, first=low, last=high, width=width,
            by=by, at=at,
        )  # fmt: skip
        if attempt.result is None:
            numbers.hold_book(book=made.id, person=person, by=by, at=at)
            attempt.finish({"book": made.id})
            record(
                action="book.issued", subject="book", subject_id=made.id, hall_id=by.hall_id, by=by, at=at, rule="RCP-02",
                details={"kind": kind, "counter": counter_id, "person": person, "first": made.first_number, "last": made.last_number},
            )  # fmt: skip
            publish(topic="book.changed", hall_id=by.hall_id, at=at, payload={"book": made.id})
    return made
