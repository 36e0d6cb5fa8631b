"""Asking providers for the files of past days (PAY-03): each day once it is ready, until it is read.

The file is fetched outside any transaction and kept in one of its own; fetched twice it changes nothing.
"""

import logging
from collections.abc import Callable
from datetime import date, datetime, timedelta

from onehall.contexts.acquiring import api as acquiring
from onehall.contexts.clearing import api as clearing
from onehall.foundation.database import transaction
from onehall.foundation.policy.services import policy_book
from onehall.foundation.refusals import Refusal
from onehall.foundation.scopes import Scope
from onehall.foundation.values.period import local
from onehall.steps.clearing import take_file

_log = logging.getLogger(__name__)
_SECONDS = 30  # structural: a file of a day comes at once or not now
_ALL = Scope.operator()

SourceOf = Callable[[acquiring.Provider], clearing.BillSource | None]


def fetch_bills(*, source_of: SourceOf, at: datetime) -> int:
    """One look at every connected provider; how many days were read."""
    with transaction():
        book = policy_book(hall_id=None, at=at)
    if not book.version:
        return 0
    ready = local(at) - timedelta(hours=book[clearing.BILL_HOUR])
    days = [ready.date() - timedelta(days=back) for back in range(1, book[clearing.BILL_DAYS] + 1)]
    read = 0
    for provider in acquiring.Provider:
        source = source_of(provider)
        known = clearing.days_read(provider, since=days[-1], scope=_ALL)
        for day in [day for day in reversed(days) if source is not None and day not in known]:
            read += source is not None and _fetched(source, day, at)
    return read


def _fetched(source: clearing.BillSource, day: date, at: datetime) -> bool:
    try:
        file = source.bill(day, seconds=_SECONDS, at=at)
        if file is None:
            return False
        with transaction():
            take_file(file, by=None, at=at)
    except Refusal as refused:
        _log.error("file of %s: %s", day, refused.code)
        return False
    return True
