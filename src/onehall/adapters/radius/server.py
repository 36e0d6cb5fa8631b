"""A FreeRADIUS of our own: its files in a private folder, checked, started and told to read again, as a user without rights."""

import ctypes
import os
import pwd
import shutil
import signal
import subprocess
import sys
from datetime import datetime
from pathlib import Path
from typing import IO, Any

from onehall.adapters.radius import certificates, configuration
from onehall.contexts.provisioning.ports import ServerChange, ServerDatabase, ServerPlace, ServerPlan

_ELSEWHERE = os.pathsep.join([os.environ.get("PATH", ""), "/usr/sbin", "/usr/local/sbin"])
_PROGRAMS = ("freeradius", "radiusd")
_MODULES = ("/usr/lib/freeradius", "/usr/lib64/freeradius", "/usr/local/lib")
_DICTIONARIES = ("/usr/share/freeradius", "/usr/local/share/freeradius")
_USERS = ("freerad", "radiusd", "nobody")
_DIES_WITH_PARENT = 1  # PR_SET_PDEATHSIG


class FreeRadius:
    """See `provisioning.ports.AccessServer`. `certificates` is where the authority is kept that customers' devices trust."""

    def __init__(self, *, threads: int = 8, reject_delay: int = 1) -> None:
        self._threads = threads
        self._reject_delay = reject_delay

    def installed(self) -> str:
        """The program's path, empty where FreeRADIUS or its PostgreSQL part is missing."""
        modules = _first(_MODULES, "rlm_sql_postgresql.so")
        found = next((path for name in _PROGRAMS if (path := shutil.which(name, path=_ELSEWHERE))), "")
        return found if modules and found else ""

    def write(
        self, plan: ServerPlan, database: ServerDatabase, place: ServerPlace, *, trust: Path, at: datetime
    ) -> ServerChange:
        """Writes what differs; everything belongs to the server's user alone."""
        place.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        (place.folder / "certs").mkdir(exist_ok=True, mode=0o700)
        texts = configuration.files(
            plan, database, place, modules=_first(_MODULES, "rlm_sql.so"), threads=self._threads,
            reject_delay=self._reject_delay,
        )  # fmt: skip
        texts |= {f"certs/{name}": text for name, text in certificates.ensure(trust, at=at).items()}
        changed = {name for name, text in texts.items() if _put(place.folder / name, text)}
        _give(place.folder)
        if not changed:
            return ServerChange.NOTHING
        return ServerChange.PASSWORDS if changed == {configuration.CLEAR} else ServerChange.CONFIGURATION

    def check(self, place: ServerPlace) -> str:
        """What FreeRADIUS says against the files; empty where it takes them."""
        done = subprocess.run(
            [*self.command(place), "-C"], capture_output=True, text=True, errors="replace", check=False,
            timeout=30, **_as_nobody(),
        )  # fmt: skip
        return "" if done.returncode == 0 else (done.stdout + done.stderr)[-2000:]

    def start(self, place: ServerPlace, output: "IO[bytes] | int | None" = None) -> "subprocess.Popen[bytes]":
        """Runs in the foreground and ends with the thread that starts it, however that ends: call it where the process lives."""
        return subprocess.Popen(
            self.command(place), stdin=subprocess.DEVNULL, stdout=output,
            stderr=subprocess.STDOUT if output is not None else None, preexec_fn=_end_with_parent, **_as_nobody(),
        )  # fmt: skip

    def read_passwords(self, child: "subprocess.Popen[bytes]") -> None:
        """The file of clear passwords is read again; nobody's request is lost."""
        child.send_signal(signal.SIGHUP)

    def command(self, place: ServerPlace) -> list[str]:
        """See the port."""
        dictionaries = _first(_DICTIONARIES, "dictionary")
        return [
            self.installed(),
            "-d",
            str(place.folder),
            "-D",
            dictionaries,
            "-n",
            "radiusd",
            "-f",
            "-l",
            "stdout",
        ]


def free_radius() -> FreeRadius:
    """The plug. Settings: `PLUGS["access_server"] = "onehall.adapters.radius.server.free_radius"`."""
    return FreeRadius()


def _first(folders: tuple[str, ...], file: str) -> str:
    return next((folder for folder in folders if (Path(folder) / file).exists()), "")


def _put(file: Path, text: str) -> bool:
    """Whether it was written: the same text is left alone."""
    try:
        if file.read_text() == text:
            return False
    except FileNotFoundError:
        pass
    draft = file.with_name(f".{file.name}.new")
    draft.unlink(missing_ok=True)
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as opened:
        opened.write(text)
    draft.replace(file)
    return True


def _user() -> pwd.struct_passwd | None:
    """Whose process it is where we are root: FreeRADIUS's own user, else nobody."""
    if os.geteuid() != 0:
        return None
    known = {user.pw_name: user for user in pwd.getpwall()}
    return next(known[name] for name in _USERS if name in known)


def _give(folder: Path) -> None:
    user = _user()
    if user:
        for path in (folder, *folder.rglob("*")):
            os.chown(path, user.pw_uid, user.pw_gid, follow_symlinks=False)


def _as_nobody() -> dict[str, Any]:
    user = _user()
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []} if user else {}


def _end_with_parent() -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_DIES_WITH_PARENT, signal.SIGTERM)
