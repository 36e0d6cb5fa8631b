"""What the provisioning room asks of the outside: the server that lets customers on line."""

from datetime import datetime
from pathlib import Path
from subprocess import Popen
from typing import IO, Protocol

from onehall.contexts.provisioning.rules.server import (
    ServerChange,
    ServerClient,
    ServerDatabase,
    ServerPlace,
    ServerPlan,
)  # fmt: skip

__all__ = ["AccessServer", "ServerChange", "ServerClient", "ServerDatabase", "ServerPlace", "ServerPlan"]


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
