"""月结 A second person closes the month that was proposed: afterwards only reversals dated today (CSH-05)."""

from datetime import date, datetime

from onehall.contexts.banking import api as banking
from onehall.contexts.ledger import api as ledger
from onehall.foundation.approvals.queries import second_person
from onehall.foundation.audit import record
from onehall.foundation.database import transaction
from onehall.foundation.outbox import publish
from onehall.foundation.policy.services import policy_book
from onehall.foundation.scopes import Actor
from onehall.foundation.values.period import month_of
from onehall.steps.month_end import open_items
from onehall.steps.month_papers import issue_month_sheet

PERMISSION = "period.close"


def close_month(*, month: date, differing: int, by: Actor, at: datetime) -> banking.MonthClose:
    """The database refuses every posting into it from now on; its sheet is stored. A second press changes nothing.

    Never by whoever proposed it. Raises OwnRequest, NotPermitted, PeriodClosed.
    """
    with transaction():
        by.require(PERMISSION)
        banking.hold_books(by.hall_id, scope=by.scope)
        book, span = policy_book(hall_id=by.hall_id, at=at), month_of(month)
        proposed = banking.month_close(by.hall_id, span.start, scope=by.scope)
        if proposed is not None and proposed.closed_at is None:
            second_person(permission=PERMISSION, of=proposed.asked_by, halls=(by.hall_id,), by=by, at=at)
        left = open_items(
            hall=by.hall_id, span=span, bank_days=book[banking.BANK_DAYS], at=at, scope=by.scope
        )
        batches, debits = ledger.posted_in(by.hall_id, span, scope=by.scope)
        closed = banking.close_month(
            hall=by.hall_id, span=span, open_items=len(left) + differing, batches=batches, debits=debits, by=by, at=at
        )  # fmt: skip
        paper = issue_month_sheet(closed=closed, by=by, at=at)
        record(
            action="period.closed", subject="period", subject_id=f"{month:%Y-%m}", hall_id=by.hall_id, by=by, at=at,
            rule="CSH-05", policy_version=book.version, details={"paper": paper.id},
        )  # fmt: skip
        publish(topic="period.changed", hall_id=by.hall_id, at=at, payload={"month": f"{month:%Y-%m}"})
    return closed
