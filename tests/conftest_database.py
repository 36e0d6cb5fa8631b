"""The tests' PostgreSQL: DATABASE_URL's, or one of our own in a temporary folder for the length of the run.

Beside pytest-django's `db` (each test rolled back) there is `real_db`: a database of the test's own, for stories with
real commits and several threads. It is cloned from a template that is migrated once a run.
"""

import hashlib
import os
import secrets
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import psycopg
import pytest
from psycopg import sql

from onehall.foundation.embedded import Server

_RUN = "ONEHALL_TEST_RUN"  # shared by all workers of one run; names the run's templates
SUPERUSER = "ONEHALL_TEST_SUPERUSER"  # where the run's server is our own: for what its owner alone may do
_BINARIES = "ONEHALL_TEST_BINARIES"
_own: list[tuple[Server, Path]] = []


@dataclass(frozen=True)
class TestServer:
    """A PostgreSQL on which tests may make and drop databases."""

    __test__ = False
    base: str  # URL without the database's name
    run: str

    def url(self, database: str) -> str:
        return f"{self.base}/{database}"

    def maintenance(self) -> psycopg.Connection[tuple[object, ...]]:
        return psycopg.connect(self.url("postgres"), autocommit=True)

    def template(self, name: str, build: Callable[[str], None], of: str = "template1") -> str:
        """The database `name` of this run, made from `of` and built once whichever worker comes first."""
        final = f"{self.run}_{name}"
        with self.maintenance() as connection:
            connection.execute("select pg_advisory_lock(hashtext(%s))", [final])
            if not _exists(connection, final):
                draft = f"{final}_draft"
                drop(connection, draft)
                connection.execute("select pg_advisory_lock(hashtext(%s))", [of])
                connection.execute(
                    sql.SQL("create database {} template {}").format(
                        sql.Identifier(draft), sql.Identifier(of)
                    )
                )
                build(self.url(draft))
                connection.execute(
                    sql.SQL("alter database {} rename to {}").format(
                        sql.Identifier(draft), sql.Identifier(final)
                    )
                )
        return final

    def clone(self, template: str) -> str:
        """A fresh database with the template's content."""
        name = f"{self.run}_{secrets.token_hex(4)}"
        with self.maintenance() as connection:
            connection.execute("select pg_advisory_lock(hashtext(%s))", [template])
            connection.execute(
                sql.SQL("create database {} template {}").format(
                    sql.Identifier(name), sql.Identifier(template)
                )
            )
        return name

    def forget(self, name: str) -> None:
        with self.maintenance() as connection:
            drop(connection, name)


def _exists(connection: psycopg.Connection[tuple[object, ...]], name: str) -> bool:
    return bool(connection.execute("select 1 from pg_database where datname = %s", [name]).fetchone())


def drop(connection: psycopg.Connection[tuple[object, ...]], name: str) -> None:
    connection.execute(sql.SQL("drop database if exists {} with (force)").format(sql.Identifier(name)))


def schema(url: str, config: pytest.Config, migrate: Callable[[str], None]) -> None:
    """As `migrate`; whoever works here gets it from the last run's dump while no migration has changed. Not in CI."""
    binaries = Path(os.environ.get(_BINARIES, "/nonexistent"))
    if os.environ.get("CI") or not all((binaries / name).is_file() for name in ("pg_dump", "psql")):
        migrate(url)
        return
    way = migrate.__name__
    kept = config.cache.mkdir("schema") / f"{_migrations_digest()}-{way}.sql"  # type: ignore[union-attr]
    if kept.is_file():
        _run(str(binaries / "psql"), "--quiet", "--no-psqlrc", "--set=ON_ERROR_STOP=1", f"--file={kept}", url)
    else:
        migrate(url)
        draft = kept.with_suffix(".draft")
        _run(str(binaries / "pg_dump"), "--no-owner", f"--file={draft}", url)
        for old in kept.parent.glob(f"*-{way}.sql"):
            old.unlink()
        draft.rename(kept)


def _migrations_digest() -> str:
    source = Path(__file__).parent.parent / "src" / "onehall"
    files = [*source.rglob("migrations/*.py"), *source.glob("foundation/database/*.py")]
    text = b"".join(file.read_bytes() for file in sorted(files))
    return hashlib.sha256(text).hexdigest()[:16]


def _run(*command: str) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-3000:]


def of_django(url: str) -> None:
    """Brings an empty database to the present schema as Django does, in a process of its own."""
    _python(url, "-m", "onehall.config.manage", "migrate", "--verbosity", "0", "--skip-checks")


def leanly(url: str) -> None:
    """The same five times as fast, as `onehall migrate` does with an empty database (decision 0054)."""
    _python(url, "-c", _MIGRATE)


_MIGRATE = (
    "import django; django.setup(); from onehall.entrances.console.schema import migrate; print(migrate())"
)


def _python(url: str, *arguments: str) -> None:
    environment = {**os.environ, "DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "onehall.config.settings"}
    done = subprocess.run(
        [sys.executable, *arguments], env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-3000:]


def _ensure_server() -> None:
    """DATABASE_URL stands afterwards; started here where it did not stand before."""
    os.environ.setdefault(_RUN, f"run_{secrets.token_hex(3)}")
    if os.environ.get("DATABASE_URL"):
        return
    home = Path(tempfile.mkdtemp(prefix="onehall-tests-"))
    server = Server(home, durable=False)
    _own.append((server, home))
    address = server.start()
    os.environ[_BINARIES] = str(server.binaries().bin)
    with psycopg.connect(server.superuser_url(), autocommit=True) as connection:
        # Tests that tamper with append-only tables must get past the triggers that the product cannot.
        connection.execute("grant set on parameter session_replication_role to onehall")
    os.environ[SUPERUSER] = server.superuser_url()
    os.environ["DATABASE_URL"] = address.url()


def pytest_configure(config: pytest.Config) -> None:
    """With several workers the server must stand before they start: they inherit DATABASE_URL."""
    if getattr(config.option, "numprocesses", None):
        _ensure_server()


def pytest_unconfigure(config: pytest.Config) -> None:
    if hasattr(config, "workerinput"):
        return
    for server, home in _own:
        server.stop()
        shutil.rmtree(home, ignore_errors=True)
    if not _own and _RUN in os.environ and os.environ.get("DATABASE_URL"):
        _drop_databases_of_run()


def _drop_databases_of_run() -> None:
    server = _server()
    with server.maintenance() as connection:
        rows = connection.execute(
            "select datname from pg_database where datname like %s", [f"{server.run}\\_%"]
        )
        for (name,) in rows.fetchall():
            drop(connection, str(name))


def _server() -> TestServer:
    parts = urlsplit(os.environ["DATABASE_URL"])
    return TestServer(f"{parts.scheme}://{parts.netloc}", os.environ[_RUN])


@pytest.fixture(scope="session")
def test_server() -> TestServer:
    """The run's PostgreSQL; Django's settings point to it from here on."""
    from django.conf import settings

    _ensure_server()
    parts = urlsplit(os.environ["DATABASE_URL"])
    settings.DATABASES["default"].update(
        HOST=parts.hostname or "",
        PORT=str(parts.port or ""),
        USER=unquote(parts.username or ""),
        PASSWORD=unquote(parts.password or ""),
    )
    return _server()


@pytest.fixture(scope="session")
def bare_template(test_server: TestServer, pytestconfig: pytest.Config) -> str:
    """A migrated database without a row of business."""
    return test_server.template("bare", lambda url: schema(url, pytestconfig, leanly))


@pytest.fixture(scope="session")
def django_db_setup(test_server: TestServer, bare_template: str, django_db_blocker: Any) -> Iterator[None]:
    """pytest-django's database of this worker: a clone, instead of migrating once more."""
    from django.db import connections

    name = test_server.clone(bare_template)
    connections["default"].settings_dict["NAME"] = name
    yield
    with django_db_blocker.unblock():
        connections.close_all()
    test_server.forget(name)


@pytest.fixture
def real_db(test_server: TestServer, bare_template: str, django_db_blocker: object) -> Iterator[str]:
    """A migrated database of this test's own, with real commits; Django (in every thread) is pointed to it. Its URL."""
    name = test_server.clone(bare_template)
    with PointedTo(name, django_db_blocker):
        yield test_server.url(name)
    test_server.forget(name)


class Line:
    """A connection to database `name` that stays open from story to story; each must leave it without a transaction."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._wrapper: Any = None

    @contextmanager
    def opened(self, blocker: object) -> Iterator[None]:
        """Django's default connection in this thread is this one meanwhile; other threads open their own."""
        from django.db import connections

        with PointedTo(self._name, blocker):
            before = connections["default"]
            if self._wrapper is None or not self._wrapper.is_usable():
                self._wrapper = connections.create_connection("default")
            connections["default"] = self._wrapper
            try:
                yield
            finally:
                connections["default"] = before

    def close(self) -> None:
        if self._wrapper is not None and self._wrapper.connection is not None:
            self._wrapper.connection.close()


class PointedTo:
    """Django's default connection, in this thread and those started later, leads to database `name` meanwhile."""

    def __init__(self, name: str, blocker: object) -> None:
        from django.db import connections

        self._connections = connections
        self._settings = connections["default"].settings_dict
        self._name = name
        self._before = self._settings["NAME"]
        self._unblocked = blocker.unblock()  # type: ignore[attr-defined]

    def __enter__(self) -> None:
        self._connections.close_all()
        self._settings["NAME"] = self._name
        self._unblocked.__enter__()

    def __exit__(self, *error: object) -> None:
        self._connections.close_all()
        self._settings["NAME"] = self._before
        self._unblocked.__exit__(*error)
