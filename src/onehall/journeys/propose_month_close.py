"""提出月结 One person proposes to close a hall's month: nothing may be open in it (CSH-05)."""

from datetime import date, datetime

from onehall.contexts.banking import api as banking
from onehall.foundation.audit import record
from onehall.foundation.database import transaction
from onehall.foundation.outbox import publish
from onehall.foundation.policy.services import policy_book
from onehall.foundation.scopes import Actor
from onehall.foundation.values.period import month_of
from onehall.steps.month_end import open_items


def propose_month_close(*, month: date, differing: int, by: Actor, at: datetime) -> banking.MonthClose:
    """`month` is any day of it, `differing` how many payments a reading found whose account, cash and stubs differ.

    Proposed twice it waits once. Raises PeriodClosed: not over yet, closed already, something still open.
    """
    with transaction():
        by.require("period.close")
        book, span = policy_book(hall_id=by.hall_id, at=at), month_of(month)
        left = open_items(
            hall=by.hall_id, span=span, bank_days=book[banking.BANK_DAYS], at=at, scope=by.scope
        )
        proposed = banking.propose_close(
            hall=by.hall_id, span=span, open_items=len(left) + differing, by=by, at=at
        )
        record(
            action="period.proposed", subject="period", subject_id=f"{month:%Y-%m}", hall_id=by.hall_id, by=by, at=at,
            rule="CSH-05", policy_version=book.version, details={},
        )  # fmt: skip
        publish(topic="period.changed", hall_id=by.hall_id, at=at, payload={"month": f"{month:%Y-%m}"})
    return proposed
