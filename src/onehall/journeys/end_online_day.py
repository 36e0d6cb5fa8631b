"""网上营业厅日结 The online counter's drawer of a day that is over is closed by itself, with its Z: no cash, nothing to count (CSH-03)."""

from datetime import datetime

from onehall.foundation.database import transaction
from onehall.foundation.values.ids import HallId
from onehall.steps.online import close_past, online_clerk


def end_online_day(*, hall: HallId, at: datetime) -> bool:
    """Whether there was one to close; a hall without an online counter has none."""
    with transaction():
        clerk = online_clerk(hall)
        return clerk is not None and close_past(clerk, at=at)
