"""Base backups of the embedded server: made under another name, checked, and only then given the name that counts.

A place holds `0007-20261125T222159Z/` (data, backup.json, perhaps keys.sealed) and `wal/`. The number orders them,
not the clock, which may be set back. Whatever a killed backup left ends in `.partial`, and the next one removes it.
"""

import fcntl
import json
import os
import re
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path

import psycopg

from onehall.foundation.embedded import archive, strongbox
from onehall.foundation.embedded.account import Account, account_for
from onehall.foundation.embedded.backup_problems import (
    AlreadyUnderWay,
    BackupProblem,
    Damaged,
    NoRoom,
)
from onehall.foundation.embedded.binaries import Binaries
from onehall.foundation.embedded.cluster import flush, write_privately
from onehall.foundation.embedded.server import Server

_NAMED = re.compile(r"^(\d{4,})-\d{8}T\d{6}Z(\.partial)?$")
_ABOUT = "backup.json"
_PROVED = "proved.json"
_SPARE_BYTES = 256 * 1024 * 1024  # the log that is written meanwhile


@dataclass(frozen=True, slots=True)
class Backup:
    """One sealed backup. `keys` are fingerprints by id of the keys that its rows need."""

    number: int
    started_at: datetime
    finished_at: datetime
    system: str
    timeline: int
    start: str
    end: str
    bytes: int
    program: str
    keys: Mapping[str, str]
    keys_inside: bool
    folder: Path = field(default=Path())
    proved_at: datetime | None = None

    @property
    def data(self) -> Path:
        """The data folder as it was copied."""
        return self.folder / "data"


@dataclass(frozen=True, slots=True)
class Secrets:
    """What opens the rows: fingerprints for the record, and the files themselves where a passphrase seals them."""

    fingerprints: Mapping[str, str]
    files: Mapping[str, str] = field(default_factory=dict, repr=False)
    passphrase: str = field(default="", repr=False)


def take(
    server: Server,
    place: Path,
    *,
    secrets: Secrets,
    program: str,
    clock: Callable[[], datetime],
    free: int | None = None,
) -> Backup:
    """A whole, checked backup of the running server in `place`, to which its log goes from now on.

    `free` bytes are believed instead of asked for. Raises NoRoom, AlreadyUnderWay, Damaged, BackupProblem.
    """
    place = place.resolve()
    (place / "wal").mkdir(parents=True, exist_ok=True, mode=0o700)
    with _alone(place) as lock:
        _clear(place)
        _require_room(server, place, shutil.disk_usage(place).free if free is None else free)
        _log_goes_to(server, place)
        return _make(server, place, lock, secrets=secrets, program=program, clock=clock)


def _make(
    server: Server, place: Path, lock: int, *, secrets: Secrets, program: str, clock: Callable[[], datetime]
) -> Backup:
    started = clock()
    number = max((_number(folder) for folder in _folders(place)), default=0) + 1
    folder = place / f"{number:04d}-{started:%Y%m%dT%H%M%SZ}"
    partial = folder.with_name(f"{folder.name}.partial")
    try:
        _copy(server, partial, lock)
        made = _describe(server, partial, number, (started, clock()), secrets, program)
        _seal(partial, made, secrets)
    except BaseException:
        shutil.rmtree(partial, ignore_errors=True)
        raise
    partial.rename(folder)
    flush(place)
    return replace(made, folder=folder)


def _log_goes_to(server: Server, place: Path) -> None:
    archive.link(server.cluster.folder / "archive", place / "wal")
    account_for(server.binaries()).own(place / "wal")


def backups(place: Path) -> list[Backup]:
    """The sealed ones, oldest first. What is unreadable is no backup."""
    found = []
    for folder in _folders(place):
        if not folder.name.endswith(".partial") and (one := read(folder)):
            found.append(one)
    return sorted(found, key=lambda one: one.number)


def read(folder: Path) -> Backup | None:
    """One backup by its folder, None where it is none."""
    try:
        told = json.loads((folder / _ABOUT).read_text())
        for name in ("started_at", "finished_at"):
            told[name] = datetime.fromisoformat(told[name])
        return Backup(**told, folder=folder.resolve(), proved_at=_proved(folder))
    except (OSError, ValueError, TypeError, KeyError):
        return None


def check(data: Path, *, named: str, binaries: Binaries) -> None:
    """Every file against the checksums of the manifest, the log against its own. Raises Damaged naming the files."""
    done = account_for(binaries).run(binaries.program("pg_verifybackup"), data, timeout=None)
    if done.returncode != 0:
        lines = [line.partition("error: ")[2] or line for line in done.stdout.splitlines() if line.strip()]
        raise Damaged(backup=named, files="; ".join(lines[:5]))


def prune(place: Path, *, least: int, days: int, at: datetime) -> list[Backup]:
    """Removes backups older than `days` beyond the newest `least`, and the log that none needs; which they were."""
    kept = backups(place)
    gone = [one for one in kept[: max(0, len(kept) - least)] if one.finished_at < at - timedelta(days=days)]
    for one in gone:
        condemned = one.folder.with_name(f"{one.folder.name}.partial")
        one.folder.rename(condemned)  # killed in the middle, it does not look whole
        shutil.rmtree(condemned, ignore_errors=True)
    rest = [one for one in kept if one not in gone]
    if rest:
        archive.forget(place / "wal", before=min(archive.position(one.start) for one in rest))
    return gone


def note_proof(backup: Backup, *, at: datetime, seconds: float) -> None:
    """A restore of this backup was verified: the only proof that counts (CON-09)."""
    write_privately(backup.folder / _PROVED, json.dumps({"at": at.isoformat(), "seconds": round(seconds, 1)}))


def _number(folder: Path) -> int:
    """Its place in the order."""
    named = _NAMED.match(folder.name)
    return int(named[1]) if named else 0


def _copy(server: Server, partial: Path, lock: int) -> None:
    """pg_basebackup with the log that it needs, then the check of what arrived."""
    binaries = server.binaries()
    account = account_for(binaries)
    partial.mkdir(mode=0o700)
    account.own(partial)
    with _password(server, account) as file:
        target = f"host=127.0.0.1 port={server.address().port} user=postgres passfile='{_quoted(file)}'"
        done = account.run(
            binaries.program("pg_basebackup"),
            f"--pgdata={partial / 'data'}",
            f"--dbname={target}",
            *("--wal-method=stream", "--checkpoint=fast", "--no-password"),
            timeout=None,
            held=(lock,),  # killed ourselves, the place stays locked while the copy goes on
        )
    if done.returncode != 0:
        raise BackupProblem(why=done.stdout.strip()[-600:])
    check(partial / "data", named=partial.name, binaries=binaries)


@contextmanager
def _password(server: Server, account: Account) -> Iterator[Path]:
    """A file, not an argument: arguments are seen by everybody on the machine."""
    file = server.cluster.folder / "password.backup"
    secret = server.cluster.keys().superuser_password.replace("\\", "\\\\").replace(":", "\\:")
    write_privately(file, f"*:*:*:*:{secret}")
    try:
        if account.owner is not None:
            os.chown(file, account.owner, account.owner)
        yield file
    finally:
        file.unlink(missing_ok=True)


def _describe(
    server: Server,
    partial: Path,
    number: int,
    when: tuple[datetime, datetime],
    secrets: Secrets,
    program: str,
) -> Backup:
    manifest = json.loads((partial / "data" / "backup_manifest").read_text())
    log = manifest["WAL-Ranges"][-1]
    return Backup(
        number=number,
        started_at=when[0],
        finished_at=when[1],
        system=control(server.binaries(), partial / "data")["Database system identifier"],
        timeline=log["Timeline"],
        start=log["Start-LSN"],
        end=log["End-LSN"],
        bytes=sum(one["Size"] for one in manifest["Files"]),
        program=program,
        keys=dict(secrets.fingerprints),
        keys_inside=bool(secrets.passphrase),
    )


def control(binaries: Binaries, data: Path) -> dict[str, str]:
    """What pg_controldata says of a data folder, by its own words; empty where it cannot be read."""
    done = account_for(binaries).run(binaries.program("pg_controldata"), data)
    if done.returncode != 0:
        return {}
    pairs = (line.partition(":") for line in done.stdout.splitlines())
    return {name.strip(): value.strip() for name, _, value in pairs}


def _seal(partial: Path, made: Backup, secrets: Secrets) -> None:
    if secrets.passphrase:
        strongbox.seal(partial / strongbox.NAME, secrets.files, secrets.passphrase)
    told = {name: value for name, value in asdict(made).items() if name not in ("folder", "proved_at")}
    write_privately(partial / _ABOUT, json.dumps(told, default=datetime.isoformat, indent=1))
    flush(partial)


def _require_room(server: Server, place: Path, free: int) -> None:
    with psycopg.connect(server.superuser_url()) as connection:
        row = connection.execute("select sum(pg_database_size(oid))::bigint from pg_database").fetchone()
    needed = (row[0] if row else 0) + _SPARE_BYTES
    if free < needed:
        raise NoRoom(place=place, free=f"{free / 1e9:.2f} GB", needed=f"{needed / 1e9:.2f} GB")


def _folders(place: Path) -> list[Path]:
    if not place.is_dir():
        return []
    return [folder for folder in place.iterdir() if folder.is_dir() and _NAMED.match(folder.name)]


def _clear(place: Path) -> None:
    for folder in _folders(place):
        if folder.name.endswith(".partial"):
            shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _alone(place: Path) -> Iterator[int]:
    with (place / "lock").open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise AlreadyUnderWay(place=place) from None
        yield file.fileno()


def _proved(folder: Path) -> datetime | None:
    try:
        return datetime.fromisoformat(json.loads((folder / _PROVED).read_text())["at"])
    except (OSError, ValueError, KeyError):
        return None


def _quoted(path: Path) -> str:
    return str(path).replace("\\", "\\\\").replace("'", "\\'")
