"""A hall that really runs: the processes of `onehall serve` on free ports, with the dawei profile in its database.

`hall_server` is shared by all tests of a worker: stories use customers and counters of their own.
"""

import os
import re
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.conftest_database import TestServer

CONSOLE = [sys.executable, "-m", "onehall.entrances.console.main"]
PROFILE = "dawei"
START_SECONDS = 300


@dataclass(frozen=True)
class HallServer:
    """Where it is, and the database that it works on."""

    url: str
    live_origin: str
    database_url: str
    home: Path


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def console(
    *arguments: str, home: Path, database_url: str = "", **environment: str
) -> "subprocess.Popen[str]":
    """`onehall …` as a process of its own session, with both outputs in one pipe."""
    outer = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    inner = {**outer, "ONEHALL_HOME": str(home), **environment}
    if database_url:
        inner["DATABASE_URL"] = database_url
    return subprocess.Popen(
        [*CONSOLE, *arguments],
        env=inner,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )


def until_ready(process: "subprocess.Popen[str]") -> list[str]:
    """The lines said up to the one that begins with `ready:`; fails with all of them where it does not come."""
    assert process.stdout is not None
    said: list[str] = []
    watchdog = threading.Timer(START_SECONDS, process.kill)
    watchdog.start()
    try:
        for line in process.stdout:
            said.append(line.rstrip("\n"))
            if "ready: http" in line:
                return said
    finally:
        watchdog.cancel()
    pytest.fail("the hall did not start:\n" + "\n".join(said), pytrace=False)


def end(process: "subprocess.Popen[str]", number: int = signal.SIGTERM) -> str:
    """Signals the process and waits; what it said to the end, with what `until_ready` had read ahead."""
    process.send_signal(number)
    watchdog = threading.Timer(60, process.kill)
    watchdog.start()
    said = process.stdout.read() if process.stdout else ""
    process.wait()
    watchdog.cancel()
    return said


def with_profile(url: str, home: Path) -> None:
    """Makes a migrated database a hall ready for business."""
    process = console("install", PROFILE, "--demo", home=home, database_url=url)
    said, _ = process.communicate(timeout=120)
    assert process.returncode == 0, said


def _live_port(home: Path) -> int:
    """As the live process says in its log: it takes the first free port after the pages'."""
    (log,) = (home / "logs").glob("live-*.jsonl")
    found = re.search(r"Listening at: http://127\.0\.0\.1:(\d+)", log.read_text())
    assert found is not None
    return int(found[1])


@pytest.fixture(scope="session")
def hall_template(
    test_server: TestServer, bare_template: str, tmp_path_factory: pytest.TempPathFactory
) -> str:
    """A migrated database with the profile installed, to be cloned."""
    home = tmp_path_factory.mktemp("template")
    return test_server.template("hall", lambda url: with_profile(url, home), of=bare_template)


@pytest.fixture(scope="session")
def hall_server(
    test_server: TestServer, hall_template: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[HallServer]:
    """Pages, live updates and the clock on a database of their own."""
    name = test_server.clone(hall_template)
    home = tmp_path_factory.mktemp("hall")
    port = free_port()
    process = console("serve", f"--port={port}", home=home, database_url=test_server.url(name))
    try:
        until_ready(process)
        origins = [f"http://127.0.0.1:{number}" for number in (port, _live_port(home))]
        yield HallServer(*origins, database_url=test_server.url(name), home=home)
    finally:
        end(process)
        test_server.forget(name)
