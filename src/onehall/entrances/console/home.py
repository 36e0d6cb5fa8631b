"""ONEHALL_HOME: where one installation keeps its secrets, its embedded database, its static files and its logs."""

import os
import secrets
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.db import connections

from onehall.entrances.console.words import complain
from onehall.foundation.embedded import EmbeddedProblem, Server
from onehall.foundation.vault import keyring


def path() -> Path:
    """The folder of this installation: ONEHALL_HOME, else .onehall in the current folder."""
    return Path(os.environ.get("ONEHALL_HOME") or ".onehall").resolve()


def prepare() -> None:
    """Before Django reads its settings: what this installation keeps in its folder becomes its environment."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    os.environ["ONEHALL_HOME"] = str(path())
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "onehall.config.settings")
    secret = path() / "secret"
    if "ONEHALL_SECRET" not in os.environ and secret.exists():
        os.environ["ONEHALL_SECRET"] = secret.read_text().strip()


def establish() -> None:
    """Makes the folder, the secret that signs and the key ring that encrypts, where they are missing."""
    path().mkdir(parents=True, exist_ok=True, mode=0o700)
    secret = path() / "secret"
    if "ONEHALL_SECRET" not in os.environ:
        if not secret.exists():  # a restore may just have brought it
            descriptor = os.open(secret, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "w") as file:
                file.write(secrets.token_urlsafe(48))
        os.environ["ONEHALL_SECRET"] = secret.read_text().strip()
        settings.SECRET_KEY = os.environ["ONEHALL_SECRET"]
    if "ONEHALL_KEYS" not in os.environ:
        keyring.ensure(created=datetime.now(UTC).date())


@contextmanager
def database(*, ours: bool = False) -> Iterator[str]:
    """The URL of the database, with Django pointed to it: DATABASE_URL's, or the embedded one, started if need be.

    Who started the embedded server stops it again; one that runs already (`onehall demo` beside us) is left alone,
    unless it is `ours`: who serves the folder also ends what a killed predecessor left. Raises EmbeddedProblem.
    """
    given = os.environ.get("DATABASE_URL")
    if given:
        yield given
        return
    server = Server(path())
    was_running = server.running_port() is not None
    url = server.start().url()
    os.environ["DATABASE_URL"] = url
    point_django_to(url)
    try:
        yield url
    finally:
        connections.close_all()
        del os.environ["DATABASE_URL"]
        if ours or not was_running:
            server.stop()


def embedded() -> bool:
    """Whether Django is pointed to the embedded server of this folder, which then is ours to look after."""
    server = Server(path())
    return server.exists() and os.environ.get("DATABASE_URL") == server.address().url()


def revive() -> bool:
    """Starts the embedded server again where it has died; True where it listens elsewhere than before.

    A server that does not come up is complained of and tried again at the next call.
    """
    server = Server(path())
    if server.running_port() is not None:
        return False
    complain("内置数据库意外停止，重新启动", "the embedded database stopped unexpectedly, restarting")
    try:
        url = server.start().url()
    except EmbeddedProblem as problem:
        complain(problem.sentence("zh"), problem.sentence("en"))
        return False
    moved = os.environ.get("DATABASE_URL") != url
    os.environ["DATABASE_URL"] = url
    point_django_to(url)
    return moved


def point_django_to(url: str) -> None:
    """Django's connections of this process lead there from now on."""
    parts = urlsplit(url)
    settings.DATABASES["default"].update(
        NAME=unquote(parts.path.lstrip("/")),
        USER=unquote(parts.username or ""),
        PASSWORD=unquote(parts.password or ""),
        HOST=parts.hostname or "",
        PORT=str(parts.port or ""),
    )
