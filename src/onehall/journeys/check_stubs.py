"""存根销号 The hall's keeper of invoices goes through the day's stubs; first and last of each book are written off (RCP-02)."""

from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID

from onehall.contexts.numbers import api as numbers
from onehall.foundation.audit import record
from onehall.foundation.database import transaction
from onehall.foundation.idempotency import once
from onehall.foundation.outbox import publish
from onehall.foundation.scopes import Actor, Scope
from onehall.foundation.values.ids import BookId
from onehall.steps.stubs import end_of, require_hand_in, require_keeper, stubs_seen


def check_stubs(
    *, day: date, seen: Mapping[BookId, numbers.StubsSeen], intent: UUID, by: Actor, at: datetime
) -> tuple[numbers.StubsWrittenOff, ...]:
    """Every book with papers up to that day's end, or none. Raises StubsRefused (not the keeper, drawers still out), StubsDiffer."""
    with transaction():
        by.require("book.keep")
        own, upto = Scope.of(by.hall_id), end_of(day, at=at)
        counted = {str(book): [one.stubs, one.voids, one.reason] for book, one in sorted(seen.items())}
        body = {"day": day.isoformat(), "seen": counted}
        attempt = once(key=intent, journey="check_stubs", by=by, body=body, at=at)
        if attempt.result is not None:
            when = datetime.fromisoformat(attempt.result["at"])
            return numbers.stubs_written_off(by.hall_id, limit=len(seen), scope=own, at=when)
        require_keeper(by.hall_id, by.user_id, scope=own)
        require_hand_in(by.hall_id, day, at=at, scope=own)
        due = stubs_seen(by.hall_id, set(seen), upto=upto, scope=own)
        numbers.write_off_stubs(
            found=[(one, seen[one.book.id]) for one in due], day=day, upto=upto, by=by, at=at
        )
        attempt.finish({"at": at.isoformat()})
        for one in due:
            _record(one, day, differs=bool(seen[one.book.id].reason.strip()), by=by, at=at)
        publish(topic="book.changed", hall_id=by.hall_id, at=at)
        return numbers.stubs_written_off(by.hall_id, limit=len(due), scope=own, at=at)


def _record(due: numbers.StubsDue, day: date, *, differs: bool, by: Actor, at: datetime) -> None:
    record(
        action="book.stubs_written_off", subject="book", subject_id=due.book.id, hall_id=by.hall_id, by=by, at=at, rule="RCP-02",
        details={"day": day.isoformat(), "first": due.first_number, "last": due.last_number, "differs": differs},
    )  # fmt: skip
