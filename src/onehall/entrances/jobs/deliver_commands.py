"""Five times a second: commands to the network go out and their answers are written down (NET-03)."""

from datetime import datetime
from functools import cache
from typing import cast

from django.conf import settings
from django.utils.module_loading import import_string

from onehall.contexts.provisioning import api as provisioning
from onehall.runs.deliver_commands import Flight
from onehall.runs.deliver_commands import deliver_commands as deliver_due

_flying: list[Flight] = []


def deliver_commands(at: datetime) -> None:
    """A line of its own thread: how long other jobs take does not matter to it, nor the reverse."""
    deliver_due(element=_element(), flying=_flying, at=at)


@cache
def _element() -> provisioning.NetworkElement:
    return cast(provisioning.NetworkElement, import_string(settings.PLUGS["network"])())
