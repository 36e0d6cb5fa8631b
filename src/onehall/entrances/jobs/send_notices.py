"""Every second: notices to customers go out and the gateway's answers are noted (BIL-06)."""

from datetime import datetime
from functools import cache

from onehall.foundation.notices.plugs import gateway
from onehall.foundation.notices.ports import Gateway
from onehall.runs.send_notices import Flying
from onehall.runs.send_notices import send_notices as send_due

_flying: Flying = {}


def send_notices(at: datetime) -> None:
    """The clock says what is due."""
    send_due(gateway=_gateway(), flying=_flying, at=at)


@cache
def _gateway() -> Gateway | None:
    return gateway()
