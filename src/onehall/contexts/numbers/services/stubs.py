"""Spoilt papers and stubs written off (RCP-01, RCP-02)."""

from collections.abc import Sequence
from datetime import date, datetime

from onehall.contexts.numbers import rules
from onehall.contexts.numbers.contracts import DrawnNumber
from onehall.contexts.numbers.models import Book, SpoiltPaper, StubCheck
from onehall.contexts.numbers.services.drawing import draw_number
from onehall.foundation.database import in_transaction
from onehall.foundation.scopes import Actor
from onehall.foundation.values.ids import CounterId


@in_transaction
def spoil_next(
    *, kind: str, number: str, counter: CounterId, copies: int, present: int, reason: str, by: Actor, at: datetime
) -> DrawnNumber:  # fmt: skip
    """The counter's next paper is torn or jammed: its number is used for nothing, every copy is kept.

    `number` stands on the paper in hand: a sale at the same instant may have taken it. Raises SpoiltRefused, BookUsedUp.
    """
    rules.check_spoilt(copies=copies, present=present, reason=reason)
    drawn = draw_number(kind=kind, counter_id=counter)
    if drawn.number != number:
        raise rules.spoilt(
            "number",
            f"本台下一张是 {drawn.number}，手里这张是 {number or '—'}",
            f"the counter's next paper is {drawn.number}, the one in hand {number or '—'}",
        )
    SpoiltPaper.objects.create(
        book_id=drawn.book_id,
        number=drawn.number,
        copies=copies,
        reason=reason.strip(),
        by_id=by.user_id,
        at=at,
    )
    return drawn


@in_transaction
def write_off_stubs(
    *,
    found: Sequence[tuple[rules.StubsDue, rules.StubsSeen]],
    day: date,
    upto: datetime,
    by: Actor,
    at: datetime,
) -> int:
    """销号 for the report of a day, each book with what was counted; how many books. Raises StubsDiffer, and then writes none."""
    for due, seen in found:
        rules.check_stubs(due, seen)
    for due, seen in sorted(found, key=lambda one: one[0].book.id):
        Book.objects.select_for_update().filter(pk=due.book.id).first()
        if StubCheck.objects.filter(book_id=due.book.id, first=due.first).exists():
            raise rules.received(
                f"stubs_{due.book.id}",
                "别人刚刚销过号，请刷新",
                "somebody has just written them off; reload the page",
            )
        StubCheck.objects.create(
            book_id=due.book.id, day=day, first=due.first, last=due.last, stubs=seen.stubs, voids=seen.voids, voids_due=due.voids,
            reason=seen.reason.strip(), upto=upto, by_id=by.user_id, at=at,
        )  # fmt: skip
    return len(found)
