"""A real FreeRADIUS over a database of a test's own, and the clients that talk to it."""

import re
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import unquote, urlsplit
from uuid import uuid4

from django.db import ProgrammingError, connection, transaction

from onehall.adapters.radius.server import FreeRadius
from onehall.contexts.provisioning.api import (
    ServerClient,
    ServerDatabase,
    ServerPlace,
    ServerPlan,
    admit_server,
)

SECRET = 'k7!"$x{q}%u${confdir}#9_Lm'
LOOPBACK = "127.0.0.1"
PLAN = ServerPlan(
    clients=(ServerClient(1, "馨苑机房", "huawei", LOOPBACK, SECRET),), chap={}, interim_seconds=300, silent_seconds=900,
    slow_pap=False, zone="Asia/Shanghai",
)  # fmt: skip
_READY_SECONDS = 10


@dataclass(frozen=True)
class Answer:
    """What a RADIUS client was told."""

    code: str
    attributes: Mapping[str, str]
    whole: str

    @property
    def message(self) -> str:
        return self.attributes.get("Reply-Message", "")


class RunningServer:
    """FreeRADIUS, started; `trust` holds ca.pem."""

    def __init__(self, server: FreeRadius, database: ServerDatabase, place: ServerPlace, trust: Path) -> None:
        self.server, self.database, self.place, self.trust = server, database, place, trust
        self.log = place.folder.parent / "log"
        self.child: subprocess.Popen[bytes] | None = None

    def write(self, plan: ServerPlan) -> object:
        return self.server.write(plan, self.database, self.place, trust=self.trust, at=datetime.now(UTC))

    def start(self) -> None:
        self.log.unlink(missing_ok=True)
        with self.log.open("ab") as log:
            self.child = self.server.start(self.place, log.fileno())
        self.wait_for("Ready to process requests")

    def wait_for(self, words: str) -> None:
        deadline = time.monotonic() + _READY_SECONDS
        while words not in self.said():
            running = self.child is not None and self.child.poll() is None
            assert running and time.monotonic() < deadline, self.said()[-3000:]
            time.sleep(0.02)

    def stop(self) -> None:
        if self.child is not None:
            self.child.terminate()
            self.child.wait(10)
            self.child = None

    def said(self) -> str:
        return self.log.read_text(errors="replace") if self.log.exists() else ""

    def ask(self, attributes: str, *, secret: str = SECRET, kind: str = "auth", tries: int = 1) -> Answer:
        """One packet by radclient; `attributes` as its lines or joined by commas."""
        port = self.place.port + (kind == "acct")
        done = subprocess.run(
            ["radclient", "-x", "-r", str(tries), "-t", "3", f"{self.place.address}:{port}", kind, secret],
            input=attributes, capture_output=True, text=True, check=False, errors="replace",
        )  # fmt: skip
        return _answer(done.stdout + done.stderr)


def radclient(
    address: str, port: int, secret: str, kind: str, attributes: str, *, tries: int = 1, seconds: float = 1
) -> Answer:
    """One packet; an answer without a code where none came."""
    done = subprocess.run(
        ["radclient", "-x", "-r", str(tries), "-t", str(seconds), f"{address}:{port}", kind, secret],
        input=attributes, capture_output=True, text=True, check=False, errors="replace",
    )  # fmt: skip
    return _answer(done.stdout + done.stderr)


def _answer(said: str) -> Answer:
    received = said.rpartition("Received ")[2] if "Received " in said else ""
    code = received.split(" ", 1)[0]
    pairs = re.findall(r"^\s+([\w-]+) = (.*)$", received, re.M)
    return Answer(code, {name: value.strip('"') for name, value in pairs}, said)


@contextmanager
def running(url: str, plan: ServerPlan = PLAN, *, address: str = LOOPBACK) -> Iterator[RunningServer]:
    """A server over the database at `url`, which Django is pointed to; gone afterwards, its role too."""
    parts, role, password = urlsplit(url), f"radius_{uuid4().hex[:8]}", uuid4().hex
    with transaction.atomic():
        admit_server(role=role, password=password)
    database = ServerDatabase(
        unquote(parts.hostname or ""), parts.port or 5432, parts.path.strip("/"), role, password
    )
    with tempfile.TemporaryDirectory(prefix="onehall-radius-") as folder:
        Path(folder).chmod(0o711)  # the server's own user passes through
        place = ServerPlace(Path(folder) / "server", address, free_ports())
        running = RunningServer(FreeRadius(reject_delay=0), database, place, Path(folder) / "trust")
        try:
            running.write(plan)
            running.start()
            yield running
        finally:
            running.stop()
            forget(role)


_ENDINGS = 10


def forget(role: str) -> None:
    with connection.cursor() as cursor:
        for _ in range(
            _ENDINGS
        ):  # a process that ends by itself may leave its number to one that is not ours to end
            with suppress(ProgrammingError):
                cursor.execute(
                    "select pg_terminate_backend(pid) from pg_stat_activity where usename = %s", [role]
                )
                break
        cursor.execute(f"revoke all on schema radius from {role}")
        cursor.execute(f"revoke all on all functions in schema radius from {role}")
        cursor.execute(f"drop role {role}")


def free_ports() -> int:
    """A UDP port of which the next one is free as well."""
    while True:
        with socket.socket(type=socket.SOCK_DGRAM) as first, socket.socket(type=socket.SOCK_DGRAM) as second:
            first.bind((LOOPBACK, 0))
            port: int = first.getsockname()[1]
            try:
                second.bind((LOOPBACK, port + 1))
            except OSError:
                continue
            return port


def chap_plan(**passwords: str) -> ServerPlan:
    return replace(PLAN, chap=passwords)


@dataclass(frozen=True)
class Tunnel:
    """How a customer's own device signs in through EAP."""

    method: str
    inner: str

    def configuration(self, name: str, password: str, ca: Path) -> str:
        facts = {
            "key_mgmt": "IEEE8021X", "eapol_flags": "0", "eap": self.method, "anonymous_identity": '"anon@outside"',
            "identity": f'"{name}"', "password": f'"{password}"', "ca_cert": f'"{ca}"', "phase2": f'"{self.inner}"',
        }  # fmt: skip
        return (
            "ap_scan=0\nnetwork={\n" + "".join(f"  {key}={value}\n" for key, value in facts.items()) + "}\n"
        )


def eapol_test(
    server: RunningServer, tunnel: Tunnel, name: str, password: str, folder: Path, *, secret: str = SECRET
) -> Answer:
    """One sign-in by eapol_test; its last answer."""
    file = folder / "peer.conf"
    file.write_text(tunnel.configuration(name, password, server.trust / "ca.pem"))
    done = subprocess.run(
        ["eapol_test", "-c", str(file), "-a", server.place.address, "-p", str(server.place.port), "-s", secret, "-t", "5",
         "-M", "02:00:00:00:00:01"],
        capture_output=True, text=True, check=False, errors="replace",
    )  # fmt: skip
    code = "Access-Accept" if done.stdout.rstrip().endswith("SUCCESS") else "Access-Reject"
    accepted = done.stdout.rpartition("(Access-Accept)")[2]
    pairs = re.findall(r"Attribute \d+ \(([\w-]+)\) length=\d+\n\s+Value: (.*)", accepted)
    return Answer(code, {key: value.strip("'") for key, value in pairs}, done.stdout)
