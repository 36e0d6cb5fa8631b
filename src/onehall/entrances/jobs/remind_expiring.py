"""Every ten minutes: customers whose term ends soon are told, once each (BIL-06)."""

from datetime import datetime

from onehall.runs.remind_expiring import remind_expiring as remind_all


def remind_expiring(at: datetime) -> None:
    """The clock says what day it is."""
    remind_all(at=at)
