"""作废空白票据 The counter's next paper is torn, jammed or miswritten: its number is used for nothing, all copies are kept (RCP-01)."""

from datetime import datetime
from uuid import UUID

from onehall.contexts.ledger import api as ledger
from onehall.contexts.numbers import api as numbers
from onehall.foundation.audit import record
from onehall.foundation.database import transaction
from onehall.foundation.idempotency import once
from onehall.foundation.outbox import publish
from onehall.foundation.policy.services import policy_book
from onehall.foundation.scopes import Actor, NotFound
from onehall.steps.paper_kinds import KINDS


def spoil_paper(
    *, kind: str, number: str, copies_present: int, reason: str, intent: UUID, by: Actor, at: datetime
) -> str:
    """The number put aside, which must be the `number` on the paper in hand. Raises SpoiltRefused, BookUsedUp, NotFound."""
    with transaction():
        by.require("paper.spoil")
        if kind not in KINDS or by.counter_id is None:
            raise NotFound(what="台席的这种票据", what_en="This kind of paper at a counter")
        body = {"kind": kind, "number": number, "present": copies_present, "reason": reason}
        attempt = once(key=intent, journey="spoil_paper", by=by, body=body, at=at)
        if attempt.result is not None:
            return str(attempt.result["number"])
        copies = policy_book(hall_id=by.hall_id, at=at)[ledger.RECEIPT_COPIES]
        spoilt = numbers.spoil_next(
            kind=kind, number="".join(number.split()).upper(), counter=by.counter_id, copies=copies, present=copies_present,
            reason=reason, by=by, at=at,
        )  # fmt: skip
        attempt.finish({"number": spoilt.number})
        record(
            action="paper.spoilt", subject="book", subject_id=spoilt.book_id, hall_id=by.hall_id, by=by, at=at, rule="RCP-01",
            details={"kind": kind, "number": spoilt.number, "copies": copies},
        )  # fmt: skip
        publish(topic="book.changed", hall_id=by.hall_id, at=at, payload={"book": spoilt.book_id})
    return spoilt.number
