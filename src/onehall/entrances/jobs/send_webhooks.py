"""Twice a second: webhooks that are due go out; once an hour the old ones are put away (API-01)."""

from datetime import datetime
from functools import cache

from onehall.foundation.webhooks.plugs import sender
from onehall.foundation.webhooks.ports import Sender
from onehall.runs.send_webhooks import Flying, tidy_webhooks
from onehall.runs.send_webhooks import send_webhooks as send_due

_flying: Flying = {}


def send_webhooks(at: datetime) -> None:
    """A line of its own thread: how long other jobs take does not matter to it, nor the reverse."""
    send_due(sender=_sender(), flying=_flying, at=at)


def tidy_deliveries(at: datetime) -> None:
    """The clock says what is old."""
    tidy_webhooks(at=at)


@cache
def _sender() -> Sender:
    return sender()
