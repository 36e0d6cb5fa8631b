"""Servers as they run in a hall, on a database server of their own in a temporary folder, fsync on."""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg import sql

READY_SECONDS = 90


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def own_hall() -> Iterator[str]:
    """URL of an empty, migrated database with Django pointed to it; keys and secret in a folder that is gone afterwards."""
    home = tempfile.mkdtemp(prefix="onehall-bench-")
    os.environ.pop("DATABASE_URL", None)
    os.environ["ONEHALL_HOME"] = home
    from onehall.entrances.console import home as console_home

    console_home.prepare()
    import django

    django.setup()
    from onehall.entrances.console import schema

    try:
        console_home.establish()
        with console_home.database(ours=True) as url:
            schema.migrate()
            yield url
    finally:
        shutil.rmtree(home, ignore_errors=True)


def another_database(url: str, name: str) -> str:
    """An empty database on the same server."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(sql.SQL("create database {}").format(sql.Identifier(name)))
    return urlunsplit(urlsplit(url)._replace(path=f"/{name}"))


@contextmanager
def onehall(url: str) -> Iterator[int]:
    """`onehall serve` with all its processes; the port of its pages."""
    port = free_port()
    command = [sys.executable, "-m", "onehall.entrances.console.main", "serve", f"--port={port}"]
    with _running(command, {"DATABASE_URL": url}, ready="ready: http"):
        yield port


@contextmanager
def granian(target: str, **environment: str) -> Iterator[int]:
    """Another WSGI application under the same server with the same workers and threads as our pages have."""
    from onehall.entrances.console.child import BLOCKING_THREADS

    port = free_port()
    workers = max(1, min(2, os.cpu_count() or 1))
    command = [
        sys.executable, "-m", "granian", "--interface=wsgi", "--host=127.0.0.1", f"--port={port}",
        f"--workers={workers}", f"--blocking-threads={BLOCKING_THREADS}", "--no-ws", target,
    ]  # fmt: skip
    with _running(command, environment, ready="Listening at"):
        _until_answering(port)
        yield port


def _until_answering(port: int) -> None:
    """The server says that it listens before its workers do."""
    deadline = time.monotonic() + READY_SECONDS
    while time.monotonic() < deadline:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=5).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise SystemExit("the server does not answer")


@contextmanager
def _running(command: list[str], environment: dict[str, str], *, ready: str) -> Iterator[None]:
    root = str(Path(__file__).parent.parent)
    process = subprocess.Popen(
        command,
        env={**os.environ, "PYTHONPATH": root, **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    watchdog = threading.Timer(READY_SECONDS, process.kill)
    watchdog.start()
    said = []
    assert process.stdout is not None
    for text in process.stdout:
        said.append(text)
        if ready in text:
            break
    watchdog.cancel()
    if process.poll() is not None or ready not in said[-1:][0]:
        raise SystemExit("the server did not start:\n" + "".join(said))
    threading.Thread(target=process.stdout.read, daemon=True).start()
    try:
        yield
    finally:
        process.terminate()
        try:
            process.wait(30)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
