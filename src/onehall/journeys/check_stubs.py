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
from onehall.foundation.values.period import local
from onehall.steps.stubs import StubsRefused, end_of, require_keeper, still_selling, stubs_due


def check_stubs(
    *, day: date, seen: Mapping[BookId, numbers.StubsSeen], intent: UUID, by: Actor, at: datetime
) -> tuple[numbers.StubsWrittenOff, ...]:
    """Every book with papers up to that day's end, or none. Raises StubsRefused (not the keeper, drawers still out), StubsDiffer."""
    with transaction():
        by.require("book.keep")
        own, upto = Scope.of(by.hall_id), end_of(day, at=at)
        body = {
            "day": day.isoformat(),
            "seen": {str(k): [v.stubs, v.voids, v.reason] for k, v in sorted(seen.items())},
        }
        attempt = once(key=intent, journey="check_stubs", by=by, body=body, at=at)
        if attempt.result is not None:
            when = datetime.fromisoformat(attempt.result["at"])
            return numbers.stubs_written_off(by.hall_id, limit=len(seen), scope=own, at=when)
        require_keeper(by.hall_id, by.user_id, scope=own)
        if day > local(at).date():
            raise StubsRefused(field="day", why="这一天还没到", why_en="that day is still to come")
        if out := still_selling(by.hall_id, upto=upto, scope=own):
            raise StubsRefused(
                why=f"还有 {len(out)} 个钱箱没有交账", why_en=f"{len(out)} drawers are not handed in"
            )
        due = stubs_due(by.hall_id, upto=upto, scope=own)
        if not due or {one.book.id for one in due} != set(seen):
            raise StubsRefused(
                why="要核对的票据本已有变动，请刷新",
                why_en="the books to look through have changed; reload the page",
            )
        numbers.write_off_stubs(
            found=[(one, seen[one.book.id]) for one in due], day=day, upto=upto, by=by, at=at
        )
        attempt.finish({"at": at.isoformat()})
        for one in due:
            record(
                action="book.stubs_written_off", subject="book", subject_id=one.book.id, hall_id=by.hall_id, by=by, at=at,
                rule="RCP-02",
                details={"day": day.isoformat(), "first": one.first_number, "last": one.last_number,
                         "differs": bool(seen[one.book.id].reason.strip())},
            )  # fmt: skip
        publish(topic="book.changed", hall_id=by.hall_id, at=at)
        return numbers.stubs_written_off(by.hall_id, limit=len(due), scope=own, at=at)
