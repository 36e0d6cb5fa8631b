"""Start, stop and look at the embedded server."""

import os
import shlex
import signal
import time
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from urllib.parse import quote

import psycopg
from psycopg import sql

from onehall.foundation.embedded import archive
from onehall.foundation.embedded.account import account_for
from onehall.foundation.embedded.binaries import Binaries, choose, find
from onehall.foundation.embedded.cluster import SUPERUSER, Cluster, free_port, is_free
from onehall.foundation.embedded.orphans import end_orphans
from onehall.foundation.embedded.problems import NotStarting, OtherVersion

ROLE = "onehall"
DATABASE = "onehall"
_PATIENCE_SECONDS = 40.0  # after a kill −9 the old backends must die before a new start is accepted
_ORPHANS_SECONDS = 3.0  # most of them go by themselves, at once
_PAUSE_SECONDS = 0.3
_OPTIONS = (
    "listen_addresses=127.0.0.1",
    "unix_socket_directories=",  # a socket's path may not exceed 107 bytes; folders of users do
    "password_encryption=scram-sha-256",
    "log_min_error_statement=panic",  # statements and details carry customers' data
    "log_error_verbosity=terse",
    "timezone=UTC",
    "jit=off",  # a month's run spent three seconds of four on compiling what then ran once
    "work_mem=16MB",  # a quarter of a large hall's orders is counted without files; few connections ask that at once
)
# No autovacuum: its worker belongs to the superuser, and a test's role could not drop the database under it.
_FOR_TESTS = (
    "fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=200", "autovacuum=off",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Address:
    """Where the server listens and how the product signs in there."""

    port: int
    password: str = field(repr=False)
    host: str = "127.0.0.1"
    user: str = ROLE

    def url(self, database: str = DATABASE) -> str:
        """For DATABASE_URL."""
        return f"postgres://{self.user}:{quote(self.password, safe='')}@{self.host}:{self.port}/{database}"


class Server:
    """One PostgreSQL below `home`/postgres. `durable=False` gives up crash safety for speed: tests only.

    Role `onehall` is no superuser, so that what works here works on a real server: it may make databases and roles.
    """

    def __init__(
        self,
        home: Path,
        *,
        durable: bool = True,
        candidates: list[Binaries] | None = None,
        data: str = "data",
        settings: tuple[str, ...] = (),
        patience: float = 30,
    ) -> None:
        self.cluster = Cluster(home.resolve() / "postgres", data)
        self._settings = (*_OPTIONS, *(archive.SETTINGS if durable else _FOR_TESTS), *settings)
        self._patience = patience
        self._persistence = _PATIENCE_SECONDS if data == "data" else 0.0
        self._candidates = candidates

    def start(self) -> Address:
        """Makes the data where there are none, starts the server where it does not run, and says where it is.

        Raises EmbeddedProblem: no PostgreSQL, data of another major version, not starting.
        """
        deadline, dying = time.monotonic() + self._persistence, time.monotonic() + self._patience
        while True:
            self.launch(deadline)
            address = self.address()
            try:
                _establish(self.superuser_url(), address)
            except psycopg.OperationalError as error:  # found dying: it was killed a moment ago
                if time.monotonic() > deadline:
                    raise NotStarting(log=self.cluster.log, tail=error) from error
                if "is shutting down" in str(error) and time.monotonic() > dying:
                    self._end("immediate")
                time.sleep(_PAUSE_SECONDS)
            else:
                return address

    def launch(self, deadline: float = 0.0) -> None:
        """As `start`, without looking for the product's role and database in it."""
        self.cluster.settle()
        binaries = self.binaries()
        account = account_for(binaries)
        if self.cluster.major is None:
            self.cluster.make(binaries, account)
        archive.write_scripts(self.cluster.folder)
        account.own(self.cluster.folder)
        if self.running_port() is None:
            self._launch(binaries, deadline)

    def stop(self) -> None:
        """Ends the server and waits until it is gone. Nothing happens where none runs.

        A server that is told to end while it recovers from a crash may wait for ever (PostgreSQL 15): it is ended the hard
        way then, which costs nothing but another recovery.
        """
        for mode in ("fast", "immediate"):
            if self.running_port() is None:
                return
            self._end(mode)
        while self.running_port() is not None:
            with suppress(OSError):  # it ended just now
                os.kill(self._pid(), signal.SIGKILL)
            time.sleep(_PAUSE_SECONDS)

    def _end(self, mode: str) -> None:
        binaries = self.binaries()
        options = [
            f"--pgdata={self.cluster.data}",
            f"--mode={mode}",
            "--wait",
            f"--timeout={self._patience:.0f}",
        ]
        account_for(binaries).run(
            binaries.program("pg_ctl"), "stop", *options, timeout=self._patience + _PATIENCE_SECONDS
        )

    def _pid(self) -> int:
        return int((self.cluster.data / "postmaster.pid").read_text().splitlines()[0])

    def address(self) -> Address:
        """Where the server listens, or would listen after a start. Raises OSError before the first start."""
        keys = self.cluster.keys()
        return Address(self.running_port() or keys.port, keys.password)

    def superuser_url(self) -> str:
        """For what the product's own role may not do. Raises OSError before the first start."""
        keys = self.cluster.keys()
        port = self.running_port() or keys.port
        return Address(port, keys.superuser_password, user=SUPERUSER).url("postgres")

    def exists(self) -> bool:
        """Whether a server was ever made here."""
        return self.cluster.major is not None

    def running_port(self) -> int | None:
        """The port of the running server, None where it does not run. A stale pid file counts as not running."""
        try:
            lines = (self.cluster.data / "postmaster.pid").read_text().splitlines()
            pid, port = int(lines[0]), int(lines[3])
        except (OSError, ValueError, IndexError):
            return None
        return port if _is_postgres(pid) else None

    def binaries(self) -> Binaries:
        """The PostgreSQL that serves these data. Raises NoPostgres, OtherVersion."""
        candidates = find() if self._candidates is None else self._candidates
        major = self.cluster.major
        binaries = choose(candidates, major)
        if binaries is None:
            present = "、".join(sorted({str(one.major) for one in candidates}))
            raise OtherVersion(data=self.cluster.data, written_by=major, present=present)
        return binaries

    def _launch(self, binaries: Binaries, deadline: float) -> None:
        cluster, impatient = self.cluster, time.monotonic() + _ORPHANS_SECONDS
        while self.running_port() is None:
            # A pid file that names a living stranger (the number was given out again) stops PostgreSQL for good.
            (cluster.data / "postmaster.pid").unlink(missing_ok=True)
            said = self._try_to_launch(binaries)
            if said is None:
                return
            if time.monotonic() > deadline:
                raise NotStarting(log=cluster.log, tail=_tail(cluster.log) or said[-1500:])
            if time.monotonic() > impatient:
                end_orphans(_tail(cluster.log))
            time.sleep(_PAUSE_SECONDS)

    def _try_to_launch(self, binaries: Binaries) -> str | None:
        """None when the server is up, else what pg_ctl said."""
        cluster, account = self.cluster, account_for(binaries)
        keys = cluster.keys()
        if not is_free(keys.port):
            keys = replace(keys, port=free_port())
            cluster.keep(keys)
            account.own(cluster.folder)
        settings = [*self._settings, f"port={keys.port}"]
        options = [
            f"--pgdata={cluster.data}",
            f"--log={cluster.log}",
            f"--options={' '.join(f'-c {shlex.quote(setting)}' for setting in settings)}",
            "--wait",
            f"--timeout={self._patience:.0f}",
        ]
        done = account.run(
            binaries.program("pg_ctl"), "start", *options, timeout=self._patience + _PATIENCE_SECONDS
        )
        return None if done.returncode == 0 else done.stdout


def _is_postgres(pid: int) -> bool:
    """Whether this process lives and, where the system tells, is a PostgreSQL and not a later bearer of its number."""
    try:
        os.kill(pid, 0)
    except PermissionError:
        pass
    except OSError:
        return False
    try:
        name, state = Path(f"/proc/{pid}/stat").read_text().split(" ", 2)[1:]
    except OSError:
        return True
    return name == "(postgres)" and state[0] not in "ZX"  # in a container nobody may collect the dead


def _establish(superuser_url: str, address: Address) -> None:
    """The product's role and database, with the password of the key file."""
    with psycopg.connect(superuser_url, autocommit=True) as connection:
        role = sql.Identifier(ROLE)
        if not connection.execute("select 1 from pg_roles where rolname = %s", [ROLE]).fetchone():
            connection.execute(
                sql.SQL("create role {} login createdb createrole password {}").format(
                    role, sql.Literal(address.password)
                )
            )
        if not connection.execute("select 1 from pg_database where datname = %s", [DATABASE]).fetchone():
            connection.execute(sql.SQL("create database {} owner {}").format(sql.Identifier(DATABASE), role))


def _tail(log: Path) -> str:
    try:
        return log.read_text(errors="replace")[-1500:]
    except OSError:
        return ""
