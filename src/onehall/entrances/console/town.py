"""A demo's customers, imitated: an access device on this machine, and routers that dial in through it."""

import secrets
import signal
import socket
import sys
import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any, cast
from uuid import uuid4

from django.conf import settings
from django.db import Error, connections
from django.utils.module_loading import import_string

from onehall.contexts.provisioning import api as provisioning
from onehall.entrances.console import operator, radius
from onehall.foundation.policy.services import policy_book
from onehall.journeys.admit_device import admit_device

_LOOPBACK = "127.0.0.1"
_LOOK_SECONDS, _MOST = 1.0, 60


def main() -> None:
    """Until SIGTERM, which ends a call that nobody answers at once. Without a RADIUS server nobody dials."""
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: sys.exit(0))
    while (server := radius.running()) is None:
        time.sleep(_LOOK_SECONDS)
    secret, coa_port = _device()
    town_of = cast(Callable[..., Any], import_string(settings.PLUGS["town"]))
    town_of((server[0], server[1], server[1] + 1), secret.encode(), coa_port, _Accounts()).live()


def _device() -> tuple[str, int]:
    """Secret and port of the demo's own access device, which is admitted the first time."""
    known = {one.address: one for one in provisioning.devices(scope=radius.EVERYWHERE) if one.active}
    if _LOOPBACK not in known:
        now, secret, port = datetime.now(UTC), secrets.token_hex(16), _free_port()
        draft = provisioning.DeviceDraft("演示接入设备", "generic", _LOOPBACK, port, "演示", secret)
        admit_device(draft=draft, intent=uuid4(), by=operator.at_the_console(at=now), at=now)
        return secret, port
    clients = provisioning.server_clients(scope=radius.EVERYWHERE)
    secret = next(one.secret for one in clients if one.address == _LOOPBACK)
    return secret, known[_LOOPBACK].coa_port


class _Accounts:
    """Who dials: accounts that still have the hall's first password. Looked up again every few calls."""

    def __init__(self) -> None:
        self._known: Mapping[str, str] = {}
        self._calls = 0

    def __call__(self) -> Mapping[str, str]:
        if self._calls % 5 == 0:
            try:
                self._known = _with_first_password()
            except Error:
                connections.close_all()
        self._calls += 1
        return self._known


def _with_first_password() -> Mapping[str, str]:
    password = policy_book(hall_id=None, at=datetime.now(UTC))[provisioning.INITIAL_SECRET]
    names = provisioning.first_password_accounts(limit=_MOST, scope=radius.EVERYWHERE) if password else ()
    return dict.fromkeys(names, password)


def _free_port() -> int:
    with socket.socket(type=socket.SOCK_DGRAM) as probe:
        probe.bind((_LOOPBACK, 0))
        port: int = probe.getsockname()[1]
        return port
