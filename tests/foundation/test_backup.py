"""A backup is whole or it is none; a restore reaches every moment after it and never harms what is there (CON-09)."""

import gzip
import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg
import pytest

from onehall.foundation.embedded import Address, Server, archive, backup, find, restore
from onehall.foundation.embedded.backup import Backup, Secrets
from onehall.foundation.embedded.backup_problems import (
    AlreadyUnderWay,
    BackupProblem,
    Damaged,
    LogBroken,
    NoBackup,
    NoRoom,
    NotReached,
    StillRunning,
    WouldLose,
)
from onehall.foundation.embedded.restore import Goal

pytestmark = [pytest.mark.rule("CON-09"), pytest.mark.xdist_group("backup")]
SECRETS = Secrets({"k1": "0123456789abcdef"})


def now() -> datetime:
    return datetime.now(UTC)


def take(server: Server, place: Path, **other: object) -> Backup:
    facts = {"secrets": SECRETS, "program": "test", "clock": now, **other}
    return backup.take(server, place, **facts)  # type: ignore[arg-type]


def sell(address: Address, *numbers: int) -> None:
    with psycopg.connect(address.url(), autocommit=True) as connection:
        for number in numbers:
            connection.execute("insert into sold values (%s)", [number])


def sold(address: Address) -> list[int]:
    with psycopg.connect(address.url()) as connection:
        return [row[0] for row in connection.execute("select number from sold order by number")]


def restored(home: Path, source: Backup, goal: Goal) -> list[int]:
    """The whole way; what the data hold afterwards, asked of the server as it is started the next day."""
    server = restore.begin(home, source, goal)
    try:
        restore.recover(home, server, source, goal)
        restore.accept(home, server)
    finally:
        restore.abandon(home)
    return day_after(home)


def day_after(home: Path) -> list[int]:
    server = Server(home)
    try:
        return sold(server.start())
    finally:
        server.stop()


@dataclass(frozen=True)
class Town:
    """A day: 1 is sold, the backup, 2 is sold, `noon`, 3 is sold, the evening; the server is stopped."""

    home: Path
    place: Path
    first: Backup
    noon: datetime


def live_a_day(folder: Path) -> Town:
    home, place = folder / "大厅 'hall", folder / "disk 2" / "备份"
    server = Server(home)
    try:
        address = server.start()
        with psycopg.connect(address.url(), autocommit=True) as connection:
            connection.execute("create table sold (number int)")
        sell(address, 1)
        first = take(server, place)
        sell(address, 2)
        noon = now()
        time.sleep(0.05)
        sell(address, 3)
    finally:
        server.stop()
    return Town(home, place, first, noon)


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Town:
    """Read only: what is to be damaged is copied."""
    return live_a_day(tmp_path_factory.mktemp("town"))


@pytest.fixture
def copied(town: Town, tmp_path: Path) -> Path:
    """The place of the backups, as it came to a new machine."""
    return Path(shutil.copytree(town.place, tmp_path / "carried"))


@pytest.mark.parametrize("binaries", find(), ids=lambda one: f"{one.source}-{one.version}")
def test_any_moment_after_a_backup_is_reached_and_work_goes_on_from_there(
    binaries: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Server, "binaries", lambda self: binaries)
    day = live_a_day(tmp_path)
    with pytest.raises(WouldLose):
        restored(day.home, restore.pick(day.place, day.noon), Goal(day.noon))
    assert day_after(day.home) == [1, 2, 3]
    assert restored(day.home, restore.pick(day.place, day.noon), Goal(day.noon, discard_newer=True)) == [1, 2]
    server = Server(day.home)
    sell(server.start(), 4)
    second = take(server, day.place)
    sell(server.address(), 5)
    server.stop()
    assert second.timeline > day.first.timeline
    assert [one.number for one in backup.backups(day.place)] == [1, 2]
    new_machine = tmp_path / "new machine"
    assert restored(new_machine, restore.pick(day.place, None), Goal()) == [1, 2, 4, 5]
    assert restored(day.home, day.first, Goal(only_it=True, discard_newer=True)) == [1]
    assert len(list((day.home / "postgres").glob("data.before-*"))) == 2


def test_a_restore_as_far_as_the_log_goes_loses_nothing_and_needs_no_confirmation(tmp_path: Path) -> None:
    day = live_a_day(tmp_path)
    newest = max((day.place / "wal").glob("*[0-9A-F].gz"))
    newest.unlink()  # not archived yet when the power went; the data's own log still has it
    assert restored(day.home, restore.pick(day.place, None), Goal()) == [1, 2, 3]


def test_a_flipped_byte_is_refused_by_name_and_the_present_data_stay(town: Town, copied: Path) -> None:
    source = restore.pick(copied, None)
    file = next(path for path in sorted((source.data / "base" / "1").iterdir()) if path.stat().st_size > 8192)
    with file.open("r+b") as opened:
        opened.seek(5000)
        byte = opened.read(1)
        opened.seek(5000)
        opened.write(bytes([byte[0] ^ 1]))
    with pytest.raises(Damaged, match=file.name):
        restore.begin(town.home, source, Goal())
    assert not (town.home / "postgres" / restore.DATA).exists()


@pytest.mark.parametrize("lost", ["data/PG_VERSION", "data/backup_manifest"])
def test_a_missing_file_is_refused(lost: str, copied: Path, tmp_path: Path) -> None:
    source = restore.pick(copied, None)
    (source.folder / lost).unlink()
    with pytest.raises(Damaged, match=Path(lost).name):
        restore.begin(tmp_path / "home", source, Goal())


def test_a_truncated_log_is_named_with_what_can_still_be_reached(
    town: Town, copied: Path, tmp_path: Path
) -> None:
    later = [
        one
        for one in archive.segments(copied / "wal")
        if one.number > archive.position(town.first.end) // archive.SEGMENT
    ]
    file = copied / "wal" / f"{later[0].name}.gz"
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])
    source = restore.pick(copied, None)
    with pytest.raises(LogBroken, match=file.name) as refused:
        restore.begin(tmp_path / "home", source, Goal())
    assert "--to" in refused.value.alternative("en")
    goal = Goal(town.noon)
    server = restore.begin(tmp_path / "home", source, goal)
    with pytest.raises(NotReached, match=file.name):
        restore.recover(tmp_path / "home", server, source, goal)
    restore.abandon(tmp_path / "home")
    assert restored(tmp_path / "home", source, Goal(only_it=True)) == [1]


def test_a_moment_before_every_backup_and_a_place_without_any_are_refused(town: Town, tmp_path: Path) -> None:
    with pytest.raises(NoBackup, match="备份"):
        restore.pick(town.place, town.first.started_at - timedelta(days=1))
    with pytest.raises(NoBackup):
        restore.pick(tmp_path / "nothing", None)


def test_a_running_database_is_not_restored_over(town: Town) -> None:
    server = Server(town.home)
    server.start()
    try:
        with pytest.raises(StillRunning):
            restore.begin(town.home, town.first, Goal(discard_newer=True))
    finally:
        server.stop()


def test_no_room_is_said_before_anything_is_written(town: Town, tmp_path: Path) -> None:
    with pytest.raises(NoRoom):
        restore.begin(tmp_path / "home", town.first, Goal(), free=1000)
    server = Server(town.home)
    server.start()
    try:
        with pytest.raises(NoRoom):
            take(server, tmp_path / "full", free=1000)
    finally:
        server.stop()
    assert backup.backups(tmp_path / "full") == []


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    place = tmp_path / "small"
    place.mkdir()
    mounted = shutil.which("mount") and os.geteuid() == 0
    if (
        not mounted
        or subprocess.run(
            ["mount", "-t", "tmpfs", "-o", "size=20m", "tmpfs", place], capture_output=True, check=False
        ).returncode
    ):
        pytest.skip("only root can mount a small disk")
    yield place
    subprocess.run(["umount", place], check=False)


def test_a_disk_that_fills_up_in_the_middle_leaves_no_half_backup(small_disk: Path, tmp_path: Path) -> None:
    server = Server(tmp_path / "home")
    server.start()
    try:
        whole = take(server, tmp_path / "place")
        with pytest.raises(BackupProblem, match="No space left"):
            take(server, small_disk, free=10**12)
        assert [path.name for path in small_disk.iterdir()] != []
        assert not [path for path in small_disk.iterdir() if path.name[:4].isdigit()]
        again = take(server, tmp_path / "place")
    finally:
        server.stop()
    assert [one.folder for one in backup.backups(tmp_path / "place")] == [whole.folder, again.folder]


def test_what_a_killed_backup_left_is_no_backup_and_a_clock_set_back_changes_no_order(
    town: Town, copied: Path
) -> None:
    half = copied / "0002-20261125T120000Z.partial"
    shutil.copytree(town.first.folder, half)
    assert [one.number for one in backup.backups(copied)] == [1]
    server = Server(town.home)
    server.start()
    try:
        an_hour_back = take(server, copied, clock=lambda: town.first.finished_at - timedelta(hours=1))
    finally:
        server.stop()
        archive.link(town.home / "postgres" / "archive", town.place / "wal")
    assert an_hour_back.number > town.first.number
    assert not half.exists()
    assert [one.number for one in backup.backups(copied)] == [1, 2]
    assert restore.pick(copied, None) == an_hour_back


def test_two_backups_at_once_do_not_mix(town: Town, copied: Path) -> None:
    with backup._alone(copied), pytest.raises(AlreadyUnderWay):
        take(Server(town.home), copied)


def test_old_backups_go_as_the_policy_says_and_their_log_with_them(town: Town, copied: Path) -> None:
    end = archive.position(town.first.end) // archive.SEGMENT
    for number, days in ((2, 20), (3, 10), (4, 0)):
        folder = copied / f"{number:04d}-20260101T000000Z"
        shutil.copytree(town.first.folder, folder, ignore=shutil.ignore_patterns("data"))
        text = (folder / "backup.json").read_text().replace('"number": 1,', f'"number": {number},')
        at = town.first.finished_at - timedelta(days=days)
        text = text.replace(town.first.finished_at.isoformat(), at.isoformat())
        (folder / "backup.json").write_text(text.replace(town.first.start, f"0/{number + 5}000028"))
    (copied / "wal" / "000000010000000000000006.gz").write_bytes(gzip.compress(b"x"))
    gone = backup.prune(copied, least=1, days=15, at=town.first.finished_at)
    assert [one.number for one in gone] == [2]
    assert (copied / "wal" / f"{archive.Segment(end, 1).name}.gz").exists()
    gone = backup.prune(copied, least=2, days=1, at=town.first.finished_at + timedelta(days=5))
    assert [one.number for one in gone] == [1]
    assert not (copied / "wal" / "000000010000000000000006.gz").exists()
    assert [one.number for one in backup.backups(copied)] == [3, 4]
