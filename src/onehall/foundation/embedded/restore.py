"""A restore is built beside the present data, recovered, looked at, and only then put in their place (CON-09).

`begin` copies the backup and checks the copy, `recover` lets PostgreSQL replay the log and start, the caller looks at
what came out, and `accept` swaps. Whatever happens before the swap, the present data are as they were; what a killed
restore left is removed by the next one.
"""

import shutil
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import psycopg

from onehall.foundation.embedded import archive, backup
from onehall.foundation.embedded.account import account_for
from onehall.foundation.embedded.backup import Backup
from onehall.foundation.embedded.backup_problems import (
    LogBroken,
    NoBackup,
    NoRoom,
    NotReached,
    StillRunning,
    WouldLose,
)
from onehall.foundation.embedded.cluster import SUPERUSER, Keys
from onehall.foundation.embedded.problems import NotStarting
from onehall.foundation.embedded.server import ROLE, Server

DATA = "data.restored"
_SPARE_BYTES = 512 * 1024 * 1024
_PATIENCE_SECONDS = 24 * 3600.0
_PAUSE_SECONDS = 0.1
_STILL_REPLAYING = ("not accepting connections", "is starting up", "not yet accepting", "in recovery mode")
_UNREACHED = "recovery ended before configured recovery target was reached"


@dataclass(frozen=True, slots=True)
class Goal:
    """How far: to a moment, to the backup itself (`only_it`), or as far as the log goes."""

    target: datetime | None = None
    only_it: bool = False
    discard_newer: bool = False

    def settings(self) -> tuple[str, ...]:
        """For PostgreSQL's recovery."""
        if self.only_it:
            return ("recovery_target=immediate", "recovery_target_timeline=current")
        if self.target is not None:
            return (f"recovery_target_time={self.target.astimezone(UTC):%Y-%m-%d %H:%M:%S.%f+00}",)
        return ()


def pick(place: Path, target: datetime | None) -> Backup:
    """The newest backup from which the newest history, or that moment of it, is reached. Raises NoBackup."""
    line = archive.history(place / "wal")
    for one in reversed(backup.backups(place)):
        reaches = target is None or one.finished_at <= target
        if reaches and archive.is_ancestor(one.timeline, archive.position(one.end), line):
            return one
    when = f" ≤ {target.isoformat(timespec='seconds')}" if target else ""
    raise NoBackup(place=place, when=when)


def begin(home: Path, source: Backup, goal: Goal, *, free: int | None = None) -> Server:
    """The copied and checked data as a server that is not started yet.

    Raises StillRunning, WouldLose, LogBroken, NoRoom, Damaged, EmbeddedProblem; nothing is left then.
    """
    present = Server(home)
    if present.exists() and present.running_port() is not None:
        raise StillRunning()
    present.cluster.settle()
    abandon(home)
    folder = present.cluster.folder
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    _refuse_loss(present, source, goal)
    _refuse_broken_log(present, source, goal)
    _require_room(folder, source, shutil.disk_usage(folder).free if free is None else free)
    restored = _server(home, goal)
    try:
        _copy(present, restored, source)
    except OSError as error:
        abandon(home)
        why, needed = error.strerror or "?", f"{source.bytes / 1e9:.2f} GB"
        raise NoRoom(place=folder, free=why, needed=needed) from error
    except BaseException:
        abandon(home)
        raise
    return restored


def _require_room(folder: Path, source: Backup, free: int) -> None:
    needed = source.bytes + _SPARE_BYTES
    if free < needed:
        raise NoRoom(place=folder, free=f"{free / 1e9:.2f} GB", needed=f"{needed / 1e9:.2f} GB")


def _copy(present: Server, restored: Server, source: Backup) -> None:
    """The check reads the copy, so it proves the backup and the copying."""
    folder, data = restored.cluster.folder, restored.cluster.data
    shutil.copytree(source.data, data, symlinks=True)
    binaries = restored.binaries()
    account_for(binaries).own(data)
    backup.check(data, named=source.folder.name, binaries=binaries)
    (data / "recovery.signal").touch(mode=0o600)
    archive.link(folder / "source", source.folder.parent / "wal")
    if _same_system(present, source):
        archive.link(folder / "remains", present.cluster.data / "pg_wal")


def recover(home: Path, restored: Server, source: Backup, goal: Goal) -> None:
    """Replays the log, opens the data to us, and leaves the server running. Raises NotReached, NotStarting, WouldLose."""
    cluster = restored.cluster
    if not cluster.has_keys():
        cluster.keep(Keys.new())
    account_for(restored.binaries()).own(cluster.data)
    cluster.log.unlink(missing_ok=True)
    try:
        restored.launch()
        _wait(restored)
        _admit(restored)
        restored.start()
    except NotStarting as failed:  # also of a server that gave up just after it was seen
        if goal.target and _UNREACHED in cluster.log.read_text(errors="replace"):
            raise NotReached(target=_stamp(goal.target), why=_end_of_log(source)) from failed
        raise
    if not (goal.discard_newer or goal.only_it or goal.target):
        _refuse_less(Server(home), restored, source)


def accept(home: Path, restored: Server) -> Path | None:
    """Stops the restored server and puts its data in the place of the present ones; where those are kept now.

    Raises StillRunning where somebody started the present ones meanwhile.
    """
    restored.stop()
    present = Server(home)
    if present.running_port() is not None:
        raise StillRunning()
    cluster = present.cluster
    number = 1 + max(
        (int(old.name.rpartition("-")[2]) for old in cluster.folder.glob("data.before-*")), default=0
    )
    aside = cluster.swap(incoming=restored.cluster.data, aside=f"data.before-{number}")
    _unlink(cluster.folder)
    return aside


def abandon(home: Path) -> None:
    """Ends and removes what a restore had built; the present data are not touched."""
    restored = _server(home, Goal())
    if restored.exists():
        restored.stop()
    shutil.rmtree(restored.cluster.data, ignore_errors=True)
    _unlink(restored.cluster.folder)


def _server(home: Path, goal: Goal) -> Server:
    """archive_command is empty so that nothing of a restore that is given up gets into the kept log; what is accepted
    is archived later, its segments wait for it."""
    settings = (
        "restore_command=sh ../fetch.sh %f %p",
        "recovery_target_action=promote",
        "hot_standby=off",
        "archive_command=",
        *goal.settings(),
    )
    return Server(home, data=DATA, settings=settings, patience=_PATIENCE_SECONDS)


def _unlink(folder: Path) -> None:
    for name in ("source", "remains"):
        (folder / name).unlink(missing_ok=True)


def _present(present: Server) -> dict[str, str]:
    return backup.control(present.binaries(), present.cluster.data) if present.exists() else {}


def _same_system(present: Server, source: Backup) -> bool:
    return _present(present).get("Database system identifier") == source.system


def _refuse_loss(present: Server, source: Backup, goal: Goal) -> None:
    """Going back loses what came later; data of another system are lost altogether. Both want to be confirmed."""
    told = _present(present)
    if goal.discard_newer or not told:
        return
    same = told.get("Database system identifier") == source.system
    newer = archive.position(told["Latest checkpoint location"]) > archive.position(source.end)
    if not same or (newer and (goal.only_it or goal.target is not None)):
        raise WouldLose(present=_written(present), restored=_stamp(goal.target or source.finished_at))


def _refuse_less(present: Server, restored: Server, source: Backup) -> None:
    """As far as the log goes must be as far as the present data are."""
    told = _present(present)
    if not told:
        return
    with psycopg.connect(restored.superuser_url()) as connection:
        row = connection.execute("select pg_last_wal_replay_lsn()::text").fetchone()
    reached = archive.position(row[0] if row and row[0] else source.end)
    if reached < archive.position(told["Latest checkpoint location"]):
        raise WouldLose(present=_written(present), restored=_stamp(source.finished_at))


def _refuse_broken_log(present: Server, source: Backup, goal: Goal) -> None:
    if goal.only_it or goal.target is not None:
        return
    remains = present.cluster.data / "pg_wal" if _same_system(present, source) else None
    found = archive.first_break(
        source.folder.parent / "wal", start=archive.position(source.end), remains=remains
    )
    if found is not None:
        until = datetime.fromtimestamp(found.until, UTC) if found.until else source.finished_at
        raise LogBroken(file=found.file, until=_stamp(until))


def _end_of_log(source: Backup) -> str:
    found = archive.first_break(source.folder.parent / "wal", start=archive.position(source.end))
    return f"✗ {found.file}" if found else ""


def _written(present: Server) -> str:
    return _stamp(
        datetime.fromtimestamp((present.cluster.data / "global" / "pg_control").stat().st_mtime, UTC)
    )


def _stamp(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _wait(restored: Server) -> None:
    """Until the log is replayed: before that nobody is let in, whatever the password. Raises NotStarting."""
    while restored.running_port() is not None:
        try:
            psycopg.connect(restored.superuser_url()).close()
        except psycopg.OperationalError as error:
            if "FATAL" in str(error) and not any(words in str(error) for words in _STILL_REPLAYING):
                return  # it answers, which a refused connection does not: let in or not is another question
        else:
            return
        time.sleep(_PAUSE_SECONDS)
    tail = restored.cluster.log.read_text(errors="replace")[-1500:]
    raise NotStarting(log=restored.cluster.log, tail=tail)


def _admit(restored: Server) -> None:
    """The passwords are those of this machine's key file; a backup from elsewhere knows others."""
    try:
        psycopg.connect(restored.superuser_url()).close()
        psycopg.connect(restored.address().url("postgres")).close()
    except psycopg.OperationalError:
        restored.stop()
        keys, binaries = restored.cluster.keys(), restored.binaries()
        sentences = "".join(
            f"alter role {role} password '{password}';\n"
            for role, password in ((SUPERUSER, keys.superuser_password), (ROLE, keys.password))
        )
        account_for(binaries).run(
            binaries.program("postgres"), "--single", "-D", restored.cluster.data, "postgres", told=sentences
        )
        restored.launch()
