"""票据进库 The custodian at headquarters receives numbered papers from the printer (RCP-02)."""

from datetime import datetime
from uuid import UUID

from onehall.contexts.numbers import api as numbers
from onehall.foundation.audit import record
from onehall.foundation.database import transaction
from onehall.foundation.idempotency import once
from onehall.foundation.outbox import publish
from onehall.foundation.scopes import Actor, NotFound
from onehall.steps.paper_kinds import KINDS


def receive_book_lot(
    *, kind: str, first: str, last: str, note: str, intent: UUID, by: Actor, at: datetime
) -> numbers.Lot:
    """One range under the number of its delivery note. Raises NotFound, BadBookRange, BooksOverlap, StockRefused."""
    with transaction():
        by.require("book.stock")
        if kind not in KINDS:
            raise NotFound(what="这种票据", what_en="This kind of paper")
        body = {"kind": kind, "first": first, "last": last, "note": note}
        attempt = once(key=intent, journey="receive_book_lot", by=by, body=body, at=at)
        if attempt.result is not None:
            return numbers.lots(scope=by.scope, lot=attempt.result["lot"])[0]
        lot = numbers.receive_lot(kind=kind, first=first, last=last, note=note, by=by, at=at)
        attempt.finish({"lot": lot.id})
        record(
            action="book.lot_received", subject="book_lot", subject_id=lot.id, hall_id=by.hall_id, by=by, at=at, rule="RCP-02",
            details={"kind": kind, "first": lot.first_number, "last": lot.last_number},
        )  # fmt: skip
        publish(topic="book.changed", hall_id=by.hall_id, at=at)
    return lot
