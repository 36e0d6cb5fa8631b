"""The data folder: made once, complete or not at all, together with the passwords that open it."""

import json
import os
import secrets
import shutil
import socket
from dataclasses import asdict, dataclass, field
from pathlib import Path

from onehall.foundation.embedded.account import Account
from onehall.foundation.embedded.binaries import Binaries
from onehall.foundation.embedded.problems import NotStarting

SUPERUSER = "postgres"
_BUILTIN_LOCALES_SINCE = 17
_INITDB = (
    f"--username={SUPERUSER}",
    "--auth=scram-sha-256",
    "--encoding=UTF8",
    "--data-checksums",
    "--no-instructions",
)


@dataclass(frozen=True, slots=True)
class Keys:
    """What opens the cluster. Kept with mode 0600; the port is kept so that network servers find it again."""

    port: int
    superuser_password: str = field(repr=False)
    password: str = field(repr=False)

    @classmethod
    def new(cls) -> "Keys":
        """A free port and two fresh random passwords."""
        return cls(free_port(), secrets.token_urlsafe(24), secrets.token_urlsafe(24))


def free_port() -> int:
    """A TCP port of 127.0.0.1 that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def is_free(port: int) -> bool:
    """Whether a server could listen on this port of 127.0.0.1."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
        return True


class Cluster:
    """`<folder>/data`, `<folder>/keys.json` and `<folder>/log`. A restore builds its data under another name beside it."""

    def __init__(self, folder: Path, data: str = "data") -> None:
        self.folder = folder
        self.data = folder / data
        self.log = folder / ("log" if data == "data" else f"log.{data}")
        self._keys = folder / "keys.json"
        self._swap = folder / "swap.json"

    @property
    def major(self) -> int | None:
        """Major version that wrote the data; None where there are none."""
        try:
            return int((self.data / "PG_VERSION").read_text().strip())
        except (OSError, ValueError):
            return None

    def keys(self) -> Keys:
        """The cluster's keys. Raises OSError where the cluster was never made."""
        return Keys(**json.loads(self._keys.read_text()))

    def keep(self, keys: Keys) -> None:
        """Writes the keys for the owner's eyes only, whole or not at all."""
        draft = self._keys.with_suffix(".new")
        write_privately(draft, json.dumps(asdict(keys)))
        draft.replace(self._keys)

    def has_keys(self) -> bool:
        """Whether the passwords are here; a restore on a new machine has none yet."""
        return self._keys.exists()

    def swap(self, *, incoming: Path, aside: str) -> Path | None:
        """Puts `incoming` in the place of the data and those under `aside`, beside it; where they are then.

        What is meant is written down first: killed between two renames, the next start finishes it (`settle`).
        """
        intended = {"incoming": incoming.name, "aside": aside if self.data.exists() else ""}
        draft = self._swap.with_suffix(".new")
        write_privately(draft, json.dumps(intended))
        draft.replace(self._swap)
        self.settle()
        return self.folder / aside if intended["aside"] else None

    def settle(self) -> None:
        """Finishes a swap that was begun, wherever it was cut short. Nothing happens where none was."""
        try:
            intended = json.loads(self._swap.read_text())
        except FileNotFoundError:
            return
        incoming = self.folder / intended["incoming"]
        if incoming.exists():
            if self.data.exists():
                self.data.rename(self.folder / intended["aside"])
            incoming.rename(self.data)
        flush(self.folder)
        self._swap.unlink()

    def make(self, binaries: Binaries, account: Account) -> None:
        """initdb beside the final place, then one rename: an interrupted first run leaves nothing half made."""
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        keys = Keys.new()
        self.keep(keys)
        password_file = self.folder / "password.new"
        write_privately(password_file, keys.superuser_password)
        draft = self.folder / "data.new"
        said = ""
        try:
            for locale in _locales(binaries):
                shutil.rmtree(draft, ignore_errors=True)
                draft.mkdir(mode=0o700)
                account.own(self.folder)
                options = [f"--pgdata={draft}", f"--pwfile={password_file}", *_INITDB, *locale]
                done = account.run(binaries.program("initdb"), *options)
                if done.returncode == 0:
                    draft.rename(self.data)
                    return
                said = done.stdout
        finally:
            password_file.unlink(missing_ok=True)
        raise NotStarting(log=self.log, tail=said[-1500:])


def write_privately(file: Path, text: str) -> None:
    """A file for the owner's eyes only, from its first byte on."""
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as opened:
        opened.write(text)
        opened.flush()
        os.fsync(opened.fileno())


def flush(folder: Path) -> None:
    """What was renamed in the folder is on the disk."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _locales(binaries: Binaries) -> list[tuple[str, ...]]:
    """Code point order everywhere, Unicode upper and lower case where it can be had."""
    if binaries.major >= _BUILTIN_LOCALES_SINCE:
        return [("--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C")]
    return [("--locale=C.UTF-8",), ("--locale=C",)]
