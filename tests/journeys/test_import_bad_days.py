"""Two imports at once, a kill in the middle, a disk that is full: nothing is doubled and nothing half done."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest

from onehall.contexts.registers import api as registers
from onehall.contexts.registers.rules.refusals import NoHeading
from onehall.foundation.scopes import Scope
from onehall.journeys.import_register import import_register
from onehall.steps import judging
from tests.cast import Cast, count
from tests.conftest_database import TestServer
from tests.journeys.at_once import at_once
from tests.registers import bring, row, sheet, xlsx

TABLES = (
    "customers_party",
    "subscriptions_subscription",
    "subscriptions_term",
    "access.broadband",
    "registers_row",
)


def rooms(number: int, floor: int = 1) -> list[list[object]]:
    """So many clean rows of different dwellings."""
    return [
        row(f"{floor + n // 90}{n % 90 + 10:02d}", 流水号=f"DW20260602{floor * 100 + n:04d}")
        for n in range(number)
    ]


@pytest.mark.rule("API-03", "ADR-07")
def test_the_same_file_twice_at_once_comes_in_once(real_cast: Cast) -> None:
    manager, content = real_cast.sign_in("0201"), xlsx(rooms(60))
    results = at_once(*[lambda: bring(real_cast, manager, content)] * 2)
    made = [one for one in results if not isinstance(one, Exception)]
    assert len(made) == 1 and made[0].made is not None
    assert any(isinstance(one, registers.AlreadyImported) for one in results)
    assert [count(table) for table in TABLES] == [60] * len(TABLES)


@pytest.mark.rule("API-03", "ADR-07")
def test_two_files_with_the_same_dwellings_at_once_are_never_doubled(real_cast: Cast) -> None:
    manager = real_cast.sign_in("0201")
    files = [xlsx(rooms(60)), xlsx([*rooms(60), *rooms(5, 3)])]
    first, second = at_once(*[lambda f=f: bring(real_cast, manager, f, skip=True) for f in files])  # type: ignore[misc]
    refused = sorted(len(one.report.errors) for one in (first, second))
    assert refused == [0, 60], "whoever came second finds every dwelling claimed"
    lines = count("subscriptions_subscription")
    assert lines == count("access.broadband") == count("numbers_number") == 65


@pytest.mark.rule("API-03", "LED-03")
def test_an_import_that_breaks_in_the_middle_leaves_nothing(real_cast: Cast) -> None:
    manager = real_cast.sign_in("0201")

    def breaks(stage: str, done: int, total: int) -> None:
        if stage == "write":
            assert count("subscriptions_subscription") > 0, "it broke before it wrote: nothing was tried"
            raise OSError("no space left on device")

    with pytest.raises(OSError, match="space"):
        import_register(
            sheet=sheet(xlsx(rooms(50))), form="broadband", dry_run=False, skip_refused=False, by=manager,
            at=real_cast.now, progress=breaks,
        )  # fmt: skip
    assert [count(table) for table in TABLES] == [0] * len(TABLES)
    assert registers.imports_made(scope=Scope.operator(), limit=9) == []


def console(url: str, home: Path, *arguments: str) -> "subprocess.Popen[str]":
    environment = {**os.environ, "DATABASE_URL": url, "ONEHALL_HOME": str(home)}
    return subprocess.Popen(
        [sys.executable, "-m", "onehall.entrances.console.main", "import", "broadband", *arguments],
        env=environment, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip


@pytest.mark.rule("API-03", "API-04")
def test_the_command_reports_in_every_case_and_a_kill_leaves_nothing(
    real_db: str, tmp_path: Path, test_server: TestServer
) -> None:
    file, report = tmp_path / "登记.xlsx", tmp_path / "report.json"
    wrong = row("502", 手机号码="1")
    file.write_bytes(xlsx([row("501"), wrong]))
    refused = console(real_db, tmp_path, str(file), "--profile", "dawei", "--report", str(report))
    said, _ = refused.communicate(timeout=300)
    assert refused.returncode == 1 and "什么都没有" not in said and "1 行不能接受" in said, said
    told = json.loads(report.read_text())
    assert set(told) == {"rows", "accepted", "repaired", "warnings", "errors"}
    (error,) = told["errors"]
    assert set(error) == {"row", "column", "reason", "code", "rule"} and (error["row"], error["column"]) == (
        3,
        "手机号码",
    )
    with psycopg.connect(real_db) as database:
        assert database.execute("select count(*) from subscriptions_subscription").fetchone() == (0,)
    file.write_bytes(b"%PDF")
    broken = console(real_db, tmp_path, str(file), "--report", str(report))
    broken.communicate(timeout=300)
    assert (
        broken.returncode == 1 and json.loads(report.read_text())["errors"][0]["code"] == "sheet.not_a_sheet"
    )
    file.write_bytes(xlsx(rooms(3000, 1)))
    killed = console(real_db, tmp_path, str(file), "--report", str(report))
    _wait_until_writing(real_db, killed)
    killed.send_signal(signal.SIGKILL)
    killed.wait(60)
    with psycopg.connect(real_db) as database:
        database.execute("select pg_advisory_xact_lock(hashtext('registers.import'))")
        assert database.execute("select count(*) from subscriptions_subscription").fetchone() == (0,)
        assert database.execute("select count(*) from registers_import").fetchone() == (0,)


def _wait_until_writing(url: str, process: "subprocess.Popen[str]") -> None:
    """Until the import holds its lock, that is between its first judged row and its commit."""
    deadline = time.monotonic() + 200
    with psycopg.connect(url, autocommit=True) as database:
        while time.monotonic() < deadline and process.poll() is None:
            found = database.execute(
                "select count(*) from pg_locks l join pg_database d on d.oid = l.database"
                " where l.locktype = 'advisory' and d.datname = current_database()"
            ).fetchone()
            if found and found[0]:
                return
            time.sleep(0.05)
    raise AssertionError("the import never began")


@pytest.mark.rule("API-03")
def test_a_long_sheet_is_judged_beside_and_comes_to_the_same(
    real_cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    dirty = [row("0101", 流水号="DW20260602001"), row("0102", 流水号="DW20260602001"), row("0103", 流水号="DW20260602003", 所属项目="无此苑"),
             *rooms(20, 5)]  # fmt: skip
    manager = real_cast.sign_in("0201")
    short = bring(real_cast, manager, xlsx(dirty), dry=True).report
    monkeypatch.setattr(judging, "LONG", 0)
    refused = bring(real_cast, manager, xlsx(dirty))
    assert refused.made is None and refused.report == short and len(short.errors) == 2
    assert [count(table) for table in (*TABLES, "registers_import")] == [0] * (len(TABLES) + 1)
    taken = bring(real_cast, manager, xlsx(dirty), skip=True)
    assert taken.report == short and taken.made is not None
    assert (taken.made.rows, taken.made.accepted) == (23, 21)
    assert [count(table) for table in TABLES] == [21] * len(TABLES)
    with pytest.raises(NoHeading):
        bring(real_cast, manager, xlsx([["1"]], heading=["甲"]))


@pytest.mark.rule("API-03", "LED-03")
def test_a_judge_that_dies_takes_nothing_in(real_cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(judging, "LONG", 0)
    monkeypatch.setattr(judging, "PARTS", "tests.journeys.test_import_bad_days:half_judged")
    with pytest.raises(registers.NotStored):
        bring(real_cast, real_cast.sign_in("0201"), xlsx(rooms(20)))
    assert [count(table) for table in (*TABLES, "registers_import")] == [0] * (len(TABLES) + 1)


def half_judged(*given: Any) -> Iterator[judging.Part]:
    """For the process beside: judged, and killed before it says so to the end."""
    yield from judging.parts_of(*given)
    raise SystemExit(9)
