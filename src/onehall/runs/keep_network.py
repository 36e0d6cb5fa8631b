"""What the network told is looked after: sessions that nobody tells of end, coming months stand ready, old ones go.

Each batch in a transaction of its own; killed in the middle, the rest goes the next time.
"""

from datetime import datetime, timedelta

from onehall.contexts.organisation import api as organisation
from onehall.contexts.provisioning import api as provisioning
from onehall.foundation.database import transaction
from onehall.foundation.policy import PolicyBook
from onehall.foundation.policy.services import policy_book
from onehall.foundation.scopes import Scope
from onehall.foundation.values.period import local

_BATCH = 1000  # structural: rows per transaction, whatever their number
_MONTHS_AHEAD = 2  # structural: partitions made before they are needed, whatever their number


def close_silent(*, at: datetime) -> int:
    """How many sessions were given up. Before a profile is installed there is none."""
    book = _book(at)
    if book is None:
        return 0
    silence, total = timedelta(minutes=book[provisioning.SESSION_SILENT]), 0
    while True:
        with transaction():
            count = provisioning.close_silent_sessions(silence=silence, limit=_BATCH, at=at)
        total += count
        if count < _BATCH:
            return total


def keep_months(*, at: datetime) -> int:
    """How many old months went; this one and the next stand ready."""
    book = _book(at)
    if book is None:
        return 0
    keeping = provisioning.Keeping(
        book[provisioning.SESSIONS_MONTHS], book[provisioning.USAGE_MONTHS], book[provisioning.ANSWERS_MONTHS]
    )
    with transaction():
        return provisioning.keep_months(keeping=keeping, today=local(at).date(), ahead=_MONTHS_AHEAD)


def _book(at: datetime) -> PolicyBook | None:
    return policy_book(hall_id=None, at=at) if organisation.halls(scope=Scope.operator()) else None
