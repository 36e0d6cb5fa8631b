"""Every hour: delete the scans whose time is over (LAW-06, REC-02)."""

from datetime import datetime

from onehall.journeys.delete_due_scans import delete_due_scans


def delete_scans(at: datetime) -> None:
    """Batch by batch, until none is due."""
    while delete_due_scans(at=at):
        pass
