"""What nobody needs any more goes (retention policies): ended sessions, old intents, announced events, files of trials,
notices, call records as delivered.

A pass deletes some of each kind and certifies them in one line of the trail, in one transaction (REC-02): what kind, how many,
up to when. Passes follow each other until nothing old is left; killed in the middle, the rest goes the next time.
"""

from collections.abc import Callable
from datetime import datetime, timedelta

from onehall.contexts.organisation import api as organisation
from onehall.contexts.registers import api as registers
from onehall.contexts.voice import api as voice
from onehall.foundation.audit import record
from onehall.foundation.database import transaction
from onehall.foundation.idempotency.intents import forget_intents
from onehall.foundation.identity.customers import forget_customers
from onehall.foundation.identity.services import forget_sessions
from onehall.foundation.notices.policies import KEPT_DAYS
from onehall.foundation.notices.services import forget as forget_notices
from onehall.foundation.outbox.relay import forget as forget_events
from onehall.foundation.policy import PolicyBook
from onehall.foundation.policy.policies import EVENTS_DAYS, INTENTS_DAYS, SESSIONS_DAYS
from onehall.foundation.policy.services import policy_book
from onehall.foundation.scopes import Scope
from onehall.foundation.values.period import add_months

_BATCH = 1000  # structural: rows of a kind in one pass, whatever their number
_WHOLE = "events"
"""Goes all at once; the others may have left some for the next pass."""
Forgetting = tuple[datetime, Callable[[], int]]


def forget_old_rows(*, at: datetime) -> int:
    """How many rows went. Before a profile is installed nothing is old."""
    halls = organisation.halls(scope=Scope.operator())
    if not halls:
        return 0
    total = 0
    while True:
        gone = _pass(hall_id=halls[0].id, at=at)
        total += sum(gone.values())
        if not any(number >= _BATCH for kind, number in gone.items() if kind != _WHOLE):
            return total


def _pass(*, hall_id: int, at: datetime) -> dict[str, int]:
    """One batch of each kind with its certificate; how many of each went."""
    with transaction():
        book = policy_book(hall_id=hall_id, at=at)
        kinds = _kinds(book, at)
        gone = {kind: forget() for kind, (_, forget) in kinds.items()}
        certified = {
            kind: {"rows": number, "before": kinds[kind][0].isoformat()}
            for kind, number in gone.items()
            if number
        }
        if certified:
            record(
                action="rows.deleted", subject="retention", subject_id=at.date().isoformat(), hall_id=hall_id, by=None, at=at,
                rule="REC-02", policy_version=book.version, details=certified,
            )  # fmt: skip
    return gone


def _kinds(book: PolicyBook, at: datetime) -> dict[str, Forgetting]:
    """For each kind the moment before which it is old, and what deletes a batch."""
    events, intents, sessions, uploads, notices = (
        at - timedelta(days=book[key])
        for key in (EVENTS_DAYS, INTENTS_DAYS, SESSIONS_DAYS, registers.UPLOAD_DAYS, KEPT_DAYS)
    )
    calls = add_months(at, -book[voice.RAW_MONTHS])
    return {
        _WHOLE: (events, lambda: forget_events(before=events)),
        "sessions": (sessions, lambda: forget_sessions(before=sessions, limit=_BATCH)),
        "customer_sessions": (sessions, lambda: forget_customers(before=sessions, limit=_BATCH)),
        "uploads": (uploads, lambda: registers.forget_uploads(before=uploads, limit=_BATCH)),
        "notices": (notices, lambda: forget_notices(book=book, at=at, limit=_BATCH)),
        "call_records": (calls, lambda: voice.forget_raw(before=calls, limit=_BATCH)),
        "intents": (intents, lambda: forget_intents(before=intents, limit=_BATCH)),
    }
