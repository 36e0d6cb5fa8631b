"""What nobody needs any more goes (retention policies): ended sessions, old intents, announced events, files of trials.

Batch by batch, each in a transaction of its own; killed in the middle, the rest goes the next time.
"""

from collections.abc import Callable
from datetime import datetime, timedelta

from onehall.contexts.organisation import api as organisation
from onehall.contexts.registers import api as registers
from onehall.foundation.database import transaction
from onehall.foundation.idempotency.intents import forget_intents
from onehall.foundation.identity.customers import forget_customers
from onehall.foundation.identity.services import forget_sessions
from onehall.foundation.notices.services import forget as forget_notices
from onehall.foundation.outbox.relay import forget
from onehall.foundation.policy.policies import EVENTS_DAYS, INTENTS_DAYS, SESSIONS_DAYS
from onehall.foundation.policy.services import policy_book
from onehall.foundation.scopes import Scope

_BATCH = 1000  # structural: rows per transaction, whatever their number


def forget_old_rows(*, at: datetime) -> int:
    """How many rows went. Before a profile is installed nothing is old."""
    halls = organisation.halls(scope=Scope.operator())
    if not halls:
        return 0
    book = policy_book(hall_id=halls[0].id, at=at)
    gone = forget(before=at - timedelta(days=book[EVENTS_DAYS]))
    gone += _batches(lambda: forget_sessions(before=at - timedelta(days=book[SESSIONS_DAYS]), limit=_BATCH))
    gone += _batches(lambda: forget_customers(before=at - timedelta(days=book[SESSIONS_DAYS]), limit=_BATCH))
    uploads = at - timedelta(days=book[registers.UPLOAD_DAYS])
    gone += _batches(lambda: registers.forget_uploads(before=uploads, limit=_BATCH))
    gone += _batches(lambda: forget_notices(book=book, at=at, limit=_BATCH))
    return gone + _batches(
        lambda: forget_intents(before=at - timedelta(days=book[INTENTS_DAYS]), limit=_BATCH)
    )


def _batches(work: Callable[[], int]) -> int:
    total = 0
    while True:
        with transaction():
            count = work()
        total += count
        if count < _BATCH:
            return total
