"""Every minute: sessions that nobody tells of end. Every hour: coming months stand ready, old ones go."""

from datetime import datetime

from onehall.runs import keep_network


def close_silent(at: datetime) -> None:
    """A session that lives after all opens again when it is told of."""
    keep_network.close_silent(at=at)


def keep_months(at: datetime) -> None:
    """What is older than the retention policies say goes with its month."""
    keep_network.keep_months(at=at)
