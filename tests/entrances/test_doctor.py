"""The doctor finds what will go wrong, says how to mend it, and touches nothing (CON-09, API-04)."""

import json
import socket
import threading
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg
import pytest
from django.core.management import call_command

from onehall.entrances.console import backups, checks, checks_data, checks_service, hall, schema
from onehall.entrances.console.findings import Finding, State
from onehall.entrances.jobs.clock import keep_timetable
from onehall.entrances.jobs.timetable import Line
from onehall.foundation import vault
from onehall.foundation.database import fetch_all
from onehall.foundation.database.server_health import ServerHealth, server_health
from onehall.foundation.embedded import restore
from onehall.foundation.outbox.heart import Heart, last_beat
from onehall.runs.drop_half_built_indexes import drop_half_built_indexes

pytestmark = pytest.mark.rule("API-04")
NOW = datetime.now(UTC)


@pytest.fixture
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, settings: object) -> Path:
    folder = tmp_path / "大厅 hall"
    folder.mkdir(mode=0o700)
    monkeypatch.setenv("ONEHALL_HOME", str(folder))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.delenv("ONEHALL_BACKUPS", raising=False)
    settings.HOME = folder  # type: ignore[attr-defined]
    return folder


def backed_up(home: Path, *, hours: float, proved: bool = False) -> Path:
    at = (NOW - timedelta(hours=hours)).isoformat()
    folder = home / "backups" / "0001-20260101T000000Z"
    folder.mkdir(parents=True)
    facts = {
        "number": 1, "started_at": at, "finished_at": at, "system": "1", "timeline": 1, "start": "0/1", "end": "0/2",
        "bytes": 1, "program": "test", "keys": {}, "keys_inside": False,
    }  # fmt: skip
    (folder / "backup.json").write_text(json.dumps(facts))
    if proved:
        (folder / "proved.json").write_text(json.dumps({"at": at, "seconds": 3}))
    return folder


def health(**other: object) -> ServerHealth:
    facts = {
        "version": "18.1", "fsync": "on", "full_page_writes": "on", "synchronous_commit": "on", "checksums": "on",
        "archive_mode": "on", "archived_count": 3, "archived_at": NOW, "failed_count": 0, "failed_at": None,
        "failed_segment": "", "newest_line": NOW,
    }  # fmt: skip
    return ServerHealth(**{**facts, **other})  # type: ignore[arg-type]


def said(found: list[Finding]) -> str:
    return "\n".join(f"{one.state.value} {one.en} → {one.remedy}" for one in found)


@pytest.mark.rule("CON-09")
def test_no_backup_an_old_one_and_one_that_was_never_restored_are_told_apart(own_home: Path) -> None:
    assert "no backup → onehall backup" in said(checks_data.look_at_backups())
    folder = backed_up(own_home, hours=30)
    told = said(checks_data.look_at_backups())
    assert "note the last backup is 30 hours old" in told
    assert "on the disk of the data" in told
    assert "never" not in told.replace("no backup was ever", "never") or "restore --drill" in told
    (folder / "proved.json").write_text(json.dumps({"at": NOW.isoformat(), "seconds": 3}))
    assert "well a restore was proved 0 days ago" in said(checks_data.look_at_backups())


@pytest.mark.rule("CON-09")
def test_a_log_that_is_not_kept_any_more_is_an_alarm_and_its_recovery_ends_it() -> None:
    later = NOW + timedelta(minutes=5)
    assert health(failed_at=later, failed_segment="00A").archiving_fails
    assert "missing archiving the log fails" in said(checks_data._archiving(health(failed_at=later)))
    assert checks_data._archiving(health(failed_at=NOW - timedelta(hours=1))) == []
    assert "note the log is not archived" in said(checks_data._archiving(health(archive_mode="off")))


def test_settings_that_lose_data_in_a_power_cut_are_named() -> None:
    told = said(checks_data._settings(health(fsync="off", checksums="off")))
    assert "missing a power cut loses data: fsync=off" in told
    assert "note no data checksums" in told
    assert checks_data._settings(health()) == []


def test_a_clock_that_was_set_back_is_noticed_by_the_trail_and_by_the_heartbeat(own_home: Path) -> None:
    assert "set back" in said(
        checks_data._set_back(health(newest_line=datetime.now(UTC) + timedelta(hours=1)))
    )
    assert checks_data._set_back(health(newest_line=NOW)) == []
    with hall.only_one("http://127.0.0.1:1"):
        (own_home / "clock.json").write_text(
            json.dumps({"at": (datetime.now(UTC) + timedelta(hours=1)).isoformat(), "jobs": {}})
        )
        assert "set back" in said(checks_service.look_at_clock())


def test_a_silent_clock_and_a_failing_job_are_named(own_home: Path) -> None:
    stop = threading.Event()

    def tidy(at: datetime) -> None:
        raise OSError("no space left")

    def ring(at: datetime) -> None:
        stop.set()

    hour = timedelta(hours=1)
    keep_timetable([Line(tidy, hour), Line(ring, hour)], stop, Heart(own_home / "clock.json"))
    beat = last_beat()
    assert beat is not None
    assert beat.failing == ["tidy"]
    with hall.only_one("http://127.0.0.1:1"):
        assert "jobs fail: tidy" in said(checks_service.look_at_clock())
        (own_home / "clock.json").write_text(
            json.dumps({"at": (datetime.now(UTC) - timedelta(hours=1)).isoformat(), "jobs": {}})
        )
        assert "is silent" in said(checks_service.look_at_clock())
        (own_home / "clock.json").unlink()
        assert "gives no sign" in said(checks_service.look_at_clock())
    assert checks_service.look_at_clock() == []


def test_passwords_in_the_clear_are_an_alarm_only_where_strangers_can_listen(settings: object) -> None:
    def told(hosts: list[str], base: str, secure: bool) -> str:
        settings.ALLOWED_HOSTS, settings.BASE_URL = hosts, base  # type: ignore[attr-defined]
        settings.SECURE_COOKIES = secure  # type: ignore[attr-defined]
        return said(checks_service.look_at_tls())

    assert told(["127.0.0.1"], "http://127.0.0.1:8000", False).startswith("well")
    assert "in the clear" in told(["hall.example.com"], "http://127.0.0.1:8000", False)
    assert "not marked secure" in told(["hall.example.com"], "https://hall.example.com", False)
    assert told(["hall.example.com"], "https://hall.example.com", True).startswith("well")


def test_a_printer_that_is_off_is_worth_a_note_and_no_more(settings: object) -> None:
    with socket.socket() as printer:
        printer.bind(("127.0.0.1", 0))
        printer.listen()
        settings.RECEIPT_PRINTER = f"127.0.0.1:{printer.getsockname()[1]}"  # type: ignore[attr-defined]
        assert checks_service.look_at_printer()[0].state is State.WELL
    assert checks_service.look_at_printer()[0].state is State.NOTE


def test_live_updates_that_do_not_answer_are_an_alarm(own_home: Path) -> None:
    with hall.only_one("http://127.0.0.1:9"):
        assert "do not answer" in said(checks_service.look_at_live())
    assert checks_service.look_at_live() == []


@pytest.mark.rule("SEC-07")
def test_a_key_that_was_replaced_and_never_retired_is_remembered(
    own_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keys = vault.ensure(own_home / "keys.toml")
    monkeypatch.setenv("ONEHALL_KEYS", str(keys))
    assert [one.state for one in checks_data.look_at_keys()] == [State.WELL]
    vault.rotate(keys)
    assert "onehall keys retire k1" in said(checks_data.look_at_keys())
    keys.chmod(0o640)
    assert f"chmod 600 {keys}" in said(checks_data.look_at_keys())


@pytest.mark.rule("CON-09")
def test_what_restores_left_behind_is_told(own_home: Path) -> None:
    for name in ("data.before-1", restore.DATA):
        (own_home / "postgres" / name).mkdir(parents=True)
    told = said(checks_data.look_at_backups())
    assert "cut short" in told
    assert "data.before-1" in told


def test_a_look_changes_nothing(own_home: Path) -> None:
    backed_up(own_home, hours=1)
    vault.ensure(own_home / "keys.toml")

    def everything() -> dict[str, tuple[int, int]]:
        return {str(path): (path.stat().st_mtime_ns, path.stat().st_size) for path in own_home.rglob("*")}

    before = everything()
    checks.examine(8000)
    assert everything() == before


def test_a_schema_newer_than_the_program_is_refused_with_the_way_back(real_db: str) -> None:
    assert schema.ahead() == []
    with psycopg.connect(real_db) as connection:
        connection.execute(
            "insert into django_migrations (app, name, applied) values ('ledger', '0999_from_tomorrow', now())"
        )
    with pytest.raises(schema.SchemaAhead, match="0999_from_tomorrow") as refused:
        schema.require_current()
    assert "onehall restore" in refused.value.alternative("en")
    with pytest.raises(schema.SchemaAhead):
        schema.migrate()


def test_a_migration_that_meets_a_busy_table_lets_people_through_and_tries_again(
    real_db: str, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("migrate", "fieldwork", "0001", verbosity=0, skip_checks=True)
    assert schema.waiting() == 1
    busy = psycopg.connect(real_db)
    busy.execute("lock table fieldwork_workorder in access exclusive mode")

    def let_go() -> None:
        with psycopg.connect(real_db, autocommit=True) as watch:
            waiting = "select 1 from pg_locks where not granted and database = (select oid from pg_database where datname = current_database())"
            while watch.execute(waiting).fetchone() is None:
                time.sleep(0.1)
        time.sleep(4)
        busy.rollback()

    release = threading.Thread(target=let_go, daemon=True)
    release.start()
    assert schema.migrate(wait_seconds=0.5) == 1
    release.join()
    busy.close()
    assert "a table is busy" in capsys.readouterr().err
    assert schema.waiting() == 0


def test_an_index_that_was_left_half_built_is_found_and_taken_away(real_db: str) -> None:
    with psycopg.connect(real_db, autocommit=True) as connection:
        connection.execute("create table twice as select 1 as n union all select 1")
        with pytest.raises(psycopg.errors.UniqueViolation):
            connection.execute("create unique index concurrently half on twice (n)")
    assert drop_half_built_indexes() == ["half"]
    assert drop_half_built_indexes() == []
    assert server_health().version
    assert fetch_all("select 1 as n from pg_class where relname = 'half'") == []


@pytest.mark.rule("CON-09")
def test_a_time_without_a_zone_is_the_halls_own() -> None:
    assert backups.moment("2026-03-01T12:30:00").astimezone(UTC) == datetime(2026, 3, 1, 4, 30, tzinfo=UTC)
    assert backups.moment("2026-03-01T04:30:00Z") == datetime(2026, 3, 1, 4, 30, tzinfo=UTC)
