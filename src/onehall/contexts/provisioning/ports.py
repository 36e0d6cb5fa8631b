"""What provisioning asks of the outside: access devices that can be told about a session under way (RFC 5176), and the server
that lets customers on line."""

from concurrent.futures import Future
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from subprocess import Popen
from typing import IO, Protocol

from onehall.contexts.provisioning.contracts import Act, LiveLine, Order
from onehall.contexts.provisioning.rules.server import (
    ServerChange,
    ServerClient,
    ServerDatabase,
    ServerPlace,
    ServerPlan,
)  # fmt: skip

__all__ = [
    "AccessServer", "Act", "Device", "LiveLine", "NetworkElement", "Order", "ServerChange", "ServerClient", "ServerDatabase",
    "ServerPlace", "ServerPlan", "Told", "Verdict",
]  # fmt: skip

Verdict = StrEnum("Verdict", "OBEYED GONE UNABLE REFUSED SILENT")
"""OBEYED; GONE: it knows no such session; UNABLE: it cannot change a session under way; REFUSED; SILENT: no answer in time."""


@dataclass(frozen=True, slots=True)
class Device:
    """An access device. `secret` is shared with it and never shown; `failures` counts silences in a row."""

    id: int
    kind: str
    address: str
    port: int
    secret: bytes
    failures: int
    resting_until: datetime | None

    def __repr__(self) -> str:
        return f"Device({self.address}:{self.port})"


@dataclass(frozen=True, slots=True)
class Told:
    """What a device said; `word` is a code that `rules.obstacle` puts in words, "" where it obeyed."""

    verdict: Verdict
    word: str = ""


class NetworkElement(Protocol):
    """Access devices of every kind. Telling one takes at most the seconds given, and never raises: a failure is a word."""

    def live(self, kind_code: str) -> frozenset[str]:
        """What devices of this kind can change in a session under way: "until", "speed"."""
        ...

    def tell(
        self, *, device: Device, line: LiveLine, order: Order, seconds: float, at: datetime
    ) -> "Future[Told]":
        """Cuts the session, or changes until when it may last and how fast it is."""
        ...


class AccessServer(Protocol):
    """A RADIUS server of our own."""

    def installed(self) -> str:
        """The program's path, empty where something of it is missing."""

    def write(
        self, plan: ServerPlan, database: ServerDatabase, place: ServerPlace, *, trust: Path, at: datetime
    ) -> ServerChange:
        """Writes its whole configuration; `trust` keeps the certificates, which outlive the rest."""

    def check(self, place: ServerPlace) -> str:
        """What the server says against its configuration; empty where it takes it."""

    def command(self, place: ServerPlace) -> list[str]:
        """What a system service runs, in the foreground."""

    def start(self, place: ServerPlace, output: "IO[bytes] | int | None" = None) -> "Popen[bytes]":
        """The server, running; it ends with us, however we end."""

    def read_passwords(self, child: "Popen[bytes]") -> None:
        """The clear passwords are read again."""
