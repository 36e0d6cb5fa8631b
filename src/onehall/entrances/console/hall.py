"""A running hall: one at a time for each ONEHALL_HOME; its processes, ports and addresses."""

import fcntl
import json
import os
import shutil
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from django.core.management import call_command

from onehall.entrances.console import home, radius
from onehall.entrances.console.supervisor import Process, Supervisor
from onehall.entrances.console.words import say
from onehall.foundation.refusals import Refusal

LOOPBACK = "127.0.0.1"
_RADIUS = 1812  # RFC 2865 section 3; accounting on the next


class AlreadyRunning(Refusal):
    """Another `onehall` serves this folder."""

    code = "console.already_running"
    zh = "已经在运行：{url}（进程 {pid}）"
    en = "Already running: {url} (process {pid})"
    alternative_zh = "用 onehall stop 停止。"
    alternative_en = "Stop it with `onehall stop`."


class PortTaken(Refusal):
    """Somebody else listens there."""

    code = "console.port_taken"
    zh = "端口 {port} 已被占用。"
    en = "Port {port} is taken."
    alternative_zh = "换一个端口：make demo PORT={other} 或 onehall serve --port {other}"
    alternative_en = "Take another one: make demo PORT={other}, or onehall serve --port {other}"


@dataclass(frozen=True, slots=True)
class Running:
    """What the folder says about the hall it serves."""

    pid: int
    url: str


def running() -> Running | None:
    """The hall that serves this folder now, None where none does."""
    try:
        with _lock_file().open("r") as file:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        try:
            return Running(**json.loads(_lock_file().read_text()))
        except ValueError:
            return Running(0, "?")
    except OSError:
        pass
    return None


@contextmanager
def only_one(url: str) -> Iterator[None]:
    """Holds the folder while a hall is served from it; the lock ends with the process, however it ends.

    Raises AlreadyRunning.
    """
    _lock_file().parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with _lock_file().open("a+") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            other = running() or Running(0, "?")
            raise AlreadyRunning(url=other.url, pid=other.pid) from None
        file.truncate(0)
        file.write(json.dumps(asdict(Running(os.getpid(), url))))
        file.flush()
        try:
            yield
        finally:
            file.truncate(0)


def refuse_taken(host: str, port: int) -> None:
    """Raises PortTaken where a server could not listen."""
    if not _is_free(host, port):
        other = next((one for one in range(port + 2, port + 200, 2) if _is_free(host, one)), 0)
        raise PortTaken(port=port, other=other)


def serve(
    host: str, port: int, *, ready: Callable[[str], None], radius_at: str = "", town: bool = False
) -> None:
    """Pages, live updates and the clock, and a RADIUS server where an address:port is given for it (with a `town` its
    customers are imitated), until told to stop.

    The database is up and migrated already.
    """
    live_port = next(one for one in range(port + 1, port + 200) if _is_free(host, one))
    os.environ["ONEHALL_LIVE_PORT"] = str(live_port)
    if host != LOOPBACK:
        os.environ.setdefault("ONEHALL_HOSTS", ",".join(_names(host)))
    call_command("collectstatic", interactive=False, verbosity=0)
    logs = _watched()
    where = LOOPBACK if host in ("0.0.0.0", "::") else host  # noqa: S104 - compared, not bound
    looked_after = {"revive": home.revive} if home.embedded() else {}
    processes = _processes(host, where, port, live_port)
    if radius_at:
        os.environ[radius.VARIABLE] = radius_at
        processes.append(Process("radius", ("radius",)))
        processes += [Process("town", ("town",))] if town else []
    supervisor = Supervisor(processes, logs, **looked_after)
    try:
        supervisor.start()
        ready(f"http://{where}:{port}")
        supervisor.watch()
    finally:
        say("正在停止", "stopping")
        supervisor.stop()


def radius_here() -> str:
    """Where a demo's RADIUS server listens, on this machine alone; empty where FreeRADIUS is not installed."""
    if not radius.installed():
        return ""
    port = next(one for one in range(_RADIUS, _RADIUS + 2000, 2) if _is_silent(one) and _is_silent(one + 1))
    return f"{LOOPBACK}:{port}"


def _is_silent(port: int) -> bool:
    with socket.socket(type=socket.SOCK_DGRAM) as probe:
        try:
            probe.bind((LOOPBACK, port))
        except OSError:
            return False
        return True


def _processes(host: str, where: str, port: int, live_port: int) -> list[Process]:
    return [
        Process("pages", ("pages", f"--host={host}", f"--port={port}"), probe=(where, port, "/")),
        Process(
            "live",
            ("live", f"--host={host}", f"--port={live_port}"),
            probe=(where, live_port, "/live/health"),
        ),
        Process("clock", ("clock",)),
    ]


def _watched() -> Path:
    """Where the processes keep their logs, and together their counters, which begin anew with the hall."""
    logs, counters = home.path() / "logs", home.path() / "metrics"
    shutil.rmtree(counters, ignore_errors=True)
    counters.mkdir(parents=True)
    os.environ.setdefault("ONEHALL_LOGS", str(logs))
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(counters)
    return logs


def _names(host: str) -> list[str]:
    """Under which names pages may be asked for when the hall is open to the network."""
    name = socket.gethostname()
    try:
        addresses = socket.gethostbyname_ex(name)[2]
    except OSError:
        addresses = []
    return sorted({LOOPBACK, "localhost", "[::1]", name, host, *addresses})


def _is_free(host: str, port: int) -> bool:
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
        return True


def _lock_file() -> Path:
    return home.path() / "running.json"
