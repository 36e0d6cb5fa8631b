"""Every second: providers are asked about charges that have no answer yet (PAY-03)."""

from datetime import datetime

from onehall.runs.see_to_charges import see_to_charges as see_to_due
from onehall.steps.charging import acquirer


def see_to_charges(at: datetime) -> None:
    """A line of its own thread: a provider that does not answer keeps nobody else waiting."""
    see_to_due(acquirer_of=acquirer, at=at)
