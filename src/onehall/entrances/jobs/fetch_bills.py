"""Every ten minutes: providers are asked for the files of past days that are not read yet (PAY-03)."""

from datetime import datetime

from onehall.runs.fetch_bills import fetch_bills as fetch_missing
from onehall.steps.clearing import bill_source


def fetch_bills(at: datetime) -> None:
    """A file that is not there yet is asked for again the next time."""
    fetch_missing(source_of=bill_source, at=at)
