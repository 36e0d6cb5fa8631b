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
_INITDB = (f"--username={SUPERUSER}", "--auth=scram-sha-256", "--encoding=UTF8", "--no-instructions")


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
    """`<folder>/data`, `<folder>/keys.json` and `<folder>/log`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.data = folder / "data"
        self.log = folder / "log"
        self._keys = folder / "keys.json"

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
        _write_privately(draft, json.dumps(asdict(keys)))
        draft.replace(self._keys)

    def make(self, binaries: Binaries, account: Account) -> None:
        """initdb beside the final place, then one rename: an interrupted first run leaves nothing half made."""
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        keys = Keys.new()
        self.keep(keys)
        password_file = self.folder / "password.new"
        _write_privately(password_file, keys.superuser_password)
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


def _write_privately(file: Path, text: str) -> None:
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as opened:
        opened.write(text)


def _locales(binaries: Binaries) -> list[tuple[str, ...]]:
    """Code point order everywhere, Unicode upper and lower case where it can be had."""
    if binaries.major >= _BUILTIN_LOCALES_SINCE:
        return [("--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C")]
    return [("--locale=C.UTF-8",), ("--locale=C",)]
