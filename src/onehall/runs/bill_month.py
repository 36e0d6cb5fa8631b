"""月结出帐 A month's bills as a trial, some lines at a time (BIL-04): killed anywhere, the next call goes on; approving it is a journey."""

from datetime import datetime

from onehall.contexts.voice import api as voice
from onehall.foundation.database import transaction
from onehall.foundation.policy.services import policy_book
from onehall.foundation.scopes import Scope

BATCH = 200_000  # structural: lines of one transaction, whatever their number


def bill_month(*, at: datetime, batch: int = BATCH) -> int:
    """Drafts what is missing of the trials that were started; how many bills were written."""
    written = 0
    open_ones = [
        run
        for run in voice.runs(scope=Scope.operator())
        if run.drafted_at is None and run.withdrawn_at is None
    ]
    for run in open_ones:
        with transaction():
            book = policy_book(hall_id=None, at=at)
            how = {"half_from": book[voice.HALF_FROM], "factor": book[voice.OUTLIER_FACTOR]}
        while True:
            with transaction():
                some = voice.draft_bills(run=run.id, limit=batch, at=at, **how)
            written += some
            if not some:
                break
    return written
