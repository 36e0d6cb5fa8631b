"""日计费 Calls that came in are charged: each once, batch by batch; killed anywhere, the rest is charged the next time (VOI-02).

What could not be charged (an unknown number, a class without a price) is looked at again once in every run: when line or tariff
are put right it is charged by itself.
"""

from datetime import datetime

from onehall.contexts.voice import api as voice
from onehall.foundation.database import transaction
from onehall.foundation.policy.services import policy_book
from onehall.foundation.values.period import add_months

BATCH = 5000  # structural: calls of one transaction, whatever their number


def rate_calls(*, at: datetime, batch: int = BATCH) -> int:
    """How many calls were charged. What is older than the records that are kept is charged to nobody (LAW-13)."""
    with transaction():
        book = policy_book(hall_id=None, at=at)
        if not book.version:
            return 0
        oldest = add_months(at, -book[voice.RAW_MONTHS])
    total, after = 0, 0
    while True:
        with transaction():
            last, charged = voice.rate_calls(after=after, limit=batch, oldest=oldest, at=at)
        total += charged
        if last is None:
            return total
        after = last
