"""What the provisioning room asks of the outside: the server that lets customers on line."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from pathlib import Path
from subprocess import Popen
from typing import IO, Protocol


@dataclass(frozen=True, slots=True)
class ServerClient:
    """An access device that the server answers, with the secret it shares with it."""

    id: int
    name: str
    kind: str
    address: str
    secret: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class ServerPlan:
    """All that the server is made from. `chap` holds clear passwords by account, where an access device needs them;
    `silent_seconds` is after how long a session that nobody tells of keeps nobody out; `zone` is the hall's."""

    clients: tuple[ServerClient, ...]
    chap: Mapping[str, str] = field(repr=False)
    interim_seconds: int
    silent_seconds: int
    slow_pap: bool
    zone: str


@dataclass(frozen=True, slots=True)
class ServerDatabase:
    """Where the server asks, as a role of its own."""

    host: str
    port: int
    name: str
    role: str
    password: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class ServerPlace:
    """Where the server listens and keeps its things; accounting is heard on the port after `port`."""

    folder: Path
    address: str
    port: int


class ServerChange(Enum):
    """What differed when the configuration was written: clear passwords are read again without a restart."""

    NOTHING = "nothing"
    PASSWORDS = "passwords"
    CONFIGURATION = "configuration"


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

    def start(self, place: ServerPlace, output: "IO[bytes] | int | None" = None) -> "Popen[bytes]":
        """The server, running; it ends with us, however we end."""

    def read_passwords(self, child: "Popen[bytes]") -> None:
        """The clear passwords are read again."""
