"""What an administrator types when the day was bad: backup, restore, restore --to, keys (CON-09, SEC-07, API-04)."""

import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.db import connections

from onehall.entrances.console.home import point_django_to
from onehall.foundation import vault
from onehall.foundation.embedded import Server, archive, backup, restore
from onehall.foundation.identity.models import Session
from tests.cast import Cast, count, receipt_of
from tests.conftest_database import TestServer
from tests.conftest_server import console, free_port

pytestmark = [pytest.mark.rule("CON-09"), pytest.mark.rule("API-04"), pytest.mark.xdist_group("backup")]


@pytest.fixture(scope="module")
def home(
    tmp_path_factory: pytest.TempPathFactory, test_server: TestServer, hall_template: str
) -> Iterator[Path]:
    """A hall on an embedded database of its own, with the profile, in a folder with a space and Chinese characters."""
    folder = tmp_path_factory.mktemp("operated") / "大厅 hall"
    server = Server(folder)
    bin_ = server.binaries()
    address = server.start()
    dumped = subprocess.run(
        [bin_.program("pg_dump"), "--no-owner", "--no-privileges", test_server.url(hall_template)],
        capture_output=True,
        check=True,
    )
    subprocess.run(
        [bin_.program("psql"), "-q", "-v", "ON_ERROR_STOP=1", address.url()],
        input=dumped.stdout,
        stdout=subprocess.DEVNULL,
        check=True,
    )
    yield folder
    restore.abandon(folder)
    server.stop()


@contextmanager
def opened(home: Path, blocker: object) -> Iterator[Cast]:
    """The hall at work on its embedded database, and closed again."""
    from django.conf import settings

    kept = dict(settings.DATABASES["default"])
    server = Server(home)
    url = server.start().url()
    connections.close_all()
    point_django_to(url)
    connections["default"].settings_dict.update(settings.DATABASES["default"])
    try:
        with blocker.unblock():  # type: ignore[attr-defined]
            yield Cast()
    finally:
        connections.close_all()
        settings.DATABASES["default"].update(kept)
        connections["default"].settings_dict.update(kept)
        server.stop()


def typed(home: Path, *arguments: str, code: int = 0, **environment: str) -> str:
    process = console(*arguments, home=home, **environment)
    said, _ = process.communicate(timeout=180)
    assert process.returncode == code, said
    return said


def test_what_was_sold_before_the_moment_is_there_and_numbers_go_on(
    home: Path, django_db_blocker: object
) -> None:
    with opened(home, django_db_blocker) as cast:
        clerk = cast.clerk()
        first = cast.new_line(clerk, room="501")
        assert "keys.toml" in typed(home, "backup")
        second = cast.new_line(clerk, room="502")
        moment = datetime.now(UTC)
        time.sleep(0.05)
        third = cast.new_line(clerk, room="503")
        numbers = [receipt_of(paid).number for paid in (first, second, third)]
        signed_in = Session.objects.filter(ended_at=None).count()
        refused = typed(home, "restore", f"--to={moment.isoformat()}", code=1)
        assert "onehall stop" in refused
    assert signed_in
    refused = typed(home, "restore", f"--to={moment.isoformat()}", code=1)
    assert "--discard-newer" in refused
    said = typed(home, "restore", f"--to={moment.isoformat()}", "--discard-newer")
    assert "were verified" in said
    assert f"{signed_in} sessions ended" in said
    with opened(home, django_db_blocker) as cast:
        assert count("ledger_receipt") == 2
        assert Session.objects.filter(ended_at=None).count() == 0
        assert count("audit_auditentry", "action = 'database.restored'") > 0
        again = cast.new_line(cast.clerk(drawer=False), room="503")
        assert receipt_of(again).number == numbers[2]
        assert "everything agrees" in typed(home, "verify")
        typed(home, "backup")
    listed = typed(home, "backup", "--list")
    assert re.search(r"0001-\S+ .*✓", listed)
    assert "0002-" in listed
    drill = typed(home, "restore", "--drill")
    assert "the drill succeeded" in drill
    assert "0002-" in drill


@pytest.mark.parametrize("seconds", [0.2, 0.6, 1.2])
def test_a_backup_killed_at_any_point_leaves_none_that_looks_whole(home: Path, seconds: float) -> None:
    place = home / "backups"
    before = backup.backups(place)
    process = console("backup", home=home)
    _until(lambda: list(place.glob("*.partial")) or process.poll() is not None)
    time.sleep(seconds)
    process.kill()
    process.wait()
    for one in backup.backups(place):
        backup.check(one.data, named=one.folder.name, binaries=Server(home).binaries())
    _until(lambda: _is_free(place))
    typed(home, "backup")
    assert len(backup.backups(place)) > len(before)
    assert not list(place.glob("*.partial"))


@pytest.mark.parametrize("seconds", [0.0, 0.8, 2.0])
def test_a_restore_killed_at_any_point_leaves_a_database_that_serves(home: Path, seconds: float) -> None:
    process = console("restore", home=home)
    _until(lambda: (home / "postgres" / restore.DATA).exists() or process.poll() is not None)
    time.sleep(seconds)
    process.kill()
    process.wait()
    typed(home, "stop")
    assert not (home / "postgres" / restore.DATA).exists()
    assert "everything agrees" in typed(home, "verify")


def test_a_damaged_backup_is_named_and_nothing_is_changed(home: Path) -> None:
    source = backup.backups(home / "backups")[-1]
    file = next(path for path in (source.data / "base" / "1").iterdir() if path.stat().st_size > 8192)
    content = bytearray(file.read_bytes())
    content[4321] ^= 4
    file.write_bytes(content)
    try:
        assert file.name in typed(home, "restore", "latest", code=1)
    finally:
        content[4321] ^= 4
        file.write_bytes(content)
    assert not (home / "postgres" / restore.DATA).exists()


def test_the_embedded_database_is_backed_up_before_it_is_migrated(home: Path) -> None:
    before = len(backup.backups(home / "backups"))
    server = Server(home)
    url = server.start().url()
    try:
        back = [
            sys.executable,
            "-m",
            "onehall.config.manage",
            "migrate",
            "fieldwork",
            "0001",
            "--skip-checks",
        ]
        subprocess.run(back, env={**os.environ, "DATABASE_URL": url}, check=True, capture_output=True)
    finally:
        server.stop()
    assert "onehall migrate" in typed(home, "serve", f"--port={free_port()}", code=1)
    assert "backed up before the migration" in typed(home, "migrate")
    assert len(backup.backups(home / "backups")) == before + 1
    assert "(0 applied)" in typed(home, "migrate")


def test_a_managed_database_is_answered_with_what_to_do_there(tmp_path: Path) -> None:
    elsewhere = "postgres://nobody@127.0.0.1:1/none"
    for command in ("backup", "restore"):
        process = console(command, home=tmp_path, database_url=elsewhere)
        said, _ = process.communicate(timeout=60)
        assert process.returncode == 1
        assert "pg_basebackup -D" in said
        assert "onehall verify" in said


def test_a_time_that_is_none_is_refused_with_an_example(home: Path) -> None:
    assert "2026-03-01T12:30:00" in typed(home, "restore", "--to", "yesterday noon", code=1)


@pytest.mark.rule("SEC-07")
def test_a_backup_with_sealed_keys_comes_back_on_a_new_machine_and_without_them_it_does_not(
    home: Path, tmp_path: Path
) -> None:
    keys = home / "keys.toml"
    vault.ensure(keys)
    word = tmp_path / "passphrase"
    word.write_text("correct horse battery\n")
    word.chmod(0o600)
    place = tmp_path / "usb"
    typed(home, "backup", str(place), "--passphrase-file", str(word), ONEHALL_KEYS=str(keys))
    archive.link(home / "postgres" / "archive", home / "backups" / "wal")
    made = backup.backups(place)[0]
    held = b"".join(path.read_bytes() for path in made.folder.glob("*.*"))
    assert keys.read_text().split('key = "')[1][:20].encode() not in held
    fresh = tmp_path / "fresh"
    refused = typed(fresh, "restore", str(place), code=1, ONEHALL_KEYS=str(fresh / "keys.toml"))
    assert "k1" in refused
    typed(fresh, "restore", str(place), "--passphrase-file", str(word), ONEHALL_KEYS=str(fresh / "keys.toml"))
    assert (fresh / "keys.toml").read_text() == keys.read_text()
    assert (fresh / "keys.toml").stat().st_mode & 0o077 == 0
    # The hall is shared: what other tests sold in it lies under the keys of all tests, not under this file's.
    assert "everything agrees" in typed(fresh, "verify")


@pytest.mark.rule("SEC-07")
def test_keys_are_rotated_and_an_old_one_is_retired_only_when_no_backup_needs_it(
    test_server: TestServer, hall_template: str, tmp_path: Path
) -> None:
    name = test_server.clone(hall_template)
    keys = vault.ensure(tmp_path / "keys.toml")
    place = tmp_path / "backups" / "0001-20260101T000000Z"
    place.mkdir(parents=True)
    at = datetime.now(UTC).isoformat()
    place.joinpath("backup.json").write_text(
        f'{{"number": 1, "started_at": "{at}", "finished_at": "{at}", "system": "1", "timeline": 1, "start": "0/1",'
        ' "end": "0/2", "bytes": 1, "program": "test", "keys": {"k1": "x"}, "keys_inside": false}'
    )
    around = {"database_url": test_server.url(name), "ONEHALL_KEYS": str(keys)}
    around["ONEHALL_BACKUPS"] = str(place.parent)
    assert "in use: k1" in typed(tmp_path, "keys", "retire", "k1", code=1, **around)
    assert "new key k2" in typed(tmp_path, "keys", "rotate", **around)
    assert "new key s2" in typed(tmp_path, "keys", "rotate", "--search", **around)
    listed = typed(tmp_path, "keys", "list", **around)
    assert re.search(r"○ k1 .* 0 个值", listed)
    assert "● s2" in listed
    assert place.name in typed(tmp_path, "keys", "retire", "k1", code=1, **around)
    typed(tmp_path, "keys", "retire", "k1", "--despite-backups", **around)
    assert list(vault.read(keys).encryption) == ["k2"]
    typed(tmp_path, "keys", "retire", "s1", **around)
    assert "keys.retired" in typed(tmp_path, "audit", "trail", **around)
    test_server.forget(name)


def _is_free(place: Path) -> bool:
    try:
        with backup._alone(place):
            return True
    except backup.AlreadyUnderWay:
        return False


def _until(condition: object, seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while not condition():  # type: ignore[operator]
        assert time.monotonic() < deadline
        time.sleep(0.02)
