"""Keeps a FreeRADIUS of our own running for as long as we run: made from what the database holds, made anew when that changes.

Its files stand in memory where there is such a place, for it and us alone, and go with us. The password with which it asks
the database is drawn at every start and written nowhere else.
"""

import json
import os
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import cast

from django.conf import settings
from django.db import Error, ProgrammingError, connections
from django.utils.module_loading import import_string

from onehall.contexts.provisioning import api as provisioning
from onehall.entrances.console import home
from onehall.entrances.console.words import complain, say
from onehall.foundation.policy.services import policy_book
from onehall.foundation.refusals import Refusal
from onehall.foundation.scopes import Scope
from onehall.journeys.admit_server import admit_server

ROLE = "onehall_radius"
VARIABLE = "ONEHALL_RADIUS"
EVERYWHERE = Scope.operator()
_LOOK_SECONDS, _PAUSE_SECONDS, _END_SECONDS = 1.0, 2.0, 5.0
_POSTGRES = 5432
_MEMORY = Path("/dev/shm")  # noqa: S108 - in memory; what is made there is for its owner alone
_PREFIX = "onehall-radius-"


class NoServer(Refusal):
    """FreeRADIUS is not installed."""

    code = "console.no_radius"
    rule = "NET-01"
    zh = "没有安装 FreeRADIUS（或缺 PostgreSQL 模块）。"
    en = "FreeRADIUS is not installed, or its PostgreSQL module is missing."
    alternative_zh = "apt-get install freeradius freeradius-postgresql"
    alternative_en = "apt-get install freeradius freeradius-postgresql"


class NotTaken(Refusal):
    """FreeRADIUS does not take the configuration."""

    code = "console.radius_refuses"
    rule = "NET-01"
    zh = "FreeRADIUS 不接受生成的配置：\n{said}"
    en = "FreeRADIUS does not take the configuration:\n{said}"
    alternative_zh = "核对接入设备的地址和密钥：onehall radius nas list"
    alternative_en = "Look at the addresses and secrets of the access devices: onehall radius nas list"


class NoRole(Refusal):
    """The house's own database role may make no other."""

    code = "console.radius_role"
    rule = "NET-01"
    zh = "数据库账号不能建立 RADIUS 用的账号 {role}。"
    en = "Our database role may not make the role {role} for the RADIUS server."
    alternative_zh = "请数据库管理员执行：alter role 账号 createrole"
    alternative_en = "Ask the database's administrator for: alter role OURS createrole"


@dataclass(slots=True)
class Source:
    """What the server is made from, read again and again; clear passwords are opened only when one has changed."""

    state: object = None
    chap: Mapping[str, str] = field(default_factory=dict)

    def plan(self, at: datetime) -> provisioning.ServerPlan:
        """As the database has it now."""
        state = provisioning.clear_secrets_state(scope=EVERYWHERE)
        if state != self.state:
            self.chap, self.state = provisioning.clear_secrets(scope=EVERYWHERE), state
        book = policy_book(hall_id=None, at=at)
        return provisioning.ServerPlan(
            clients=provisioning.server_clients(scope=EVERYWHERE), chap=self.chap,
            interim_seconds=book[provisioning.INTERIM_SECONDS], silent_seconds=book[provisioning.SESSION_SILENT] * 60,
            slow_pap=book[provisioning.SLOW_PAP], zone=settings.TIME_ZONE,
        )  # fmt: skip


def server() -> provisioning.AccessServer:
    """The server that is plugged in. Raises NoServer."""
    plugged = cast(provisioning.AccessServer, import_string(settings.PLUGS["access_server"])())
    if not plugged.installed():
        raise NoServer()
    return plugged


def installed() -> bool:
    """Whether there is one to start."""
    return bool(import_string(settings.PLUGS["access_server"])().installed())


def database(role: str = ROLE) -> provisioning.ServerDatabase:
    """Django's own database, for the server's role, with a fresh password. Raises NoRole."""
    ours, password = settings.DATABASES["default"], secrets.token_urlsafe(24)
    try:
        admit_server(role=role, password=password, at=datetime.now(UTC))
    except ProgrammingError as error:
        raise NoRole(role=role) from error
    port = int(str(ours["PORT"] or _POSTGRES))
    return provisioning.ServerDatabase(str(ours["HOST"]), port, str(ours["NAME"]), role, password)


def trust() -> Path:
    """Where the certificates are kept that customers' devices trust."""
    return home.path() / "radius" / "certificates"


class Keeper:
    """The server's process, looked after. `keep` returns when told to `stop`."""

    def __init__(self, address: str, port: int) -> None:
        self._server = server()
        self._stop = threading.Event()
        self._child: subprocess.Popen[bytes] | None = None
        self._source = Source()
        self._base = Path(tempfile.mkdtemp(prefix=f"{_PREFIX}{os.getpid()}-", dir=_memory()))
        self._base.chmod(0o711)  # the server's own user passes through to its folder
        self._place = provisioning.ServerPlace(self._base / "server", address, port)

    def stop(self, *_: object) -> None:
        """From a signal."""
        self._stop.set()

    def keep(self) -> None:
        """Raises NotTaken where the very first configuration is not taken."""
        _sweep()
        asks = database()
        try:
            self._renew(asks, first=True)
            _note(self._place)
            while not self._stop.wait(_LOOK_SECONDS):
                self._look(asks)
        finally:
            self._end()
            shutil.rmtree(self._base, ignore_errors=True)

    def _look(self, asks: provisioning.ServerDatabase) -> None:
        """A database that does not answer now leaves the server as it is: it may come back before anybody asks."""
        try:
            self._renew(asks)
        except Error:
            connections.close_all()
        if self._child is None or self._child.poll() is not None:
            complain("FreeRADIUS 意外结束，重新启动", "FreeRADIUS ended unexpectedly, restarting")
            self._stop.wait(_PAUSE_SECONDS)
            self._start()

    def _renew(self, asks: provisioning.ServerDatabase, *, first: bool = False) -> None:
        now = datetime.now(UTC)
        change = self._server.write(self._source.plan(now), asks, self._place, trust=trust(), at=now)
        if change is provisioning.ServerChange.PASSWORDS and self._child is not None:
            self._server.read_passwords(self._child)
        elif change is provisioning.ServerChange.CONFIGURATION:
            said = self._server.check(self._place)
            if said and first:
                raise NotTaken(said=said)
            if said:
                complain(
                    "新配置有误，仍用原来的", f"the new configuration is not taken, the old one stays: {said}"
                )
                return
            self._end()
            self._start()

    def _start(self) -> None:
        if not self._stop.is_set():
            self._child = self._server.start(self._place)

    def _end(self) -> None:
        if self._child is None:
            return
        self._child.terminate()
        try:
            self._child.wait(_END_SECONDS)
        except subprocess.TimeoutExpired:
            self._child.kill()
            self._child.wait()
        self._child = None


def running() -> tuple[str, int] | None:
    """Where the server of this folder listens, None where none is kept."""
    try:
        told = json.loads(_file().read_text())
        os.kill(told["pid"], 0)
    except (OSError, ValueError, KeyError):
        return None
    return str(told["address"]), int(told["port"])


def _note(place: provisioning.ServerPlace) -> None:
    _file().parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    _file().write_text(json.dumps({"pid": os.getpid(), "address": place.address, "port": place.port}))
    say(
        f"RADIUS 在 {place.address}:{place.port}，计费 {place.port + 1}",
        f"RADIUS listens, accounting on port {place.port + 1}",
    )


def _file() -> Path:
    return home.path() / "radius" / "running.json"


def _memory() -> Path | None:
    return _MEMORY if os.access(_MEMORY, os.W_OK) else None


def _sweep() -> None:
    """What a predecessor left that was killed."""
    for folder in (_memory() or Path(tempfile.gettempdir())).glob(f"{_PREFIX}*"):
        number = folder.name.removeprefix(_PREFIX).split("-")[0]
        if number.isdigit() and not Path(f"/proc/{number}").exists() and Path("/proc/self").exists():
            shutil.rmtree(folder, ignore_errors=True)


def keep(address: str, port: int) -> None:
    """Until SIGTERM or SIGINT."""
    keeper = Keeper(address, port)
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, keeper.stop)
    keeper.keep()


def main() -> None:
    """As a process of a hall: VARIABLE says where to listen."""
    where, _, port = os.environ[VARIABLE].rpartition(":")
    try:
        keep(where.strip("[]"), int(port))
    except Refusal as refusal:
        complain(refusal.sentence("zh"), refusal.sentence("en"))
        sys.exit(1)
