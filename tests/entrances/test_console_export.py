"""`onehall export`: the same line in the trail as on the screen, and never half a file under the name asked for (API-04)."""

import csv
import errno
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path

import pytest

from onehall.entrances.console.main import main
from onehall.foundation.audit import trail
from onehall.foundation.scopes import Scope
from tests.cast import Cast

Run = Callable[..., tuple[int, str]]


@pytest.fixture
def run(cast: Cast, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """The command in a hall that has sold one line; the database is the test's own."""
    cast.new_line(cast.clerk())
    monkeypatch.setattr("onehall.entrances.console.home.establish", lambda: None)
    monkeypatch.setattr("onehall.entrances.console.home.database", nullcontext)
    monkeypatch.setattr("onehall.entrances.console.main.home.prepare", lambda: None)

    def run(*arguments: str) -> tuple[int, str]:
        code = main(["export", *arguments])
        told = capsys.readouterr()
        return code, told.out + told.err

    return run


def lines() -> list[dict[str, object]]:
    return [line.details for line in trail(scope=Scope.operator(), limit=20, action="export.run")]


@pytest.mark.rule("API-04", "API-03", "SEC-04")
def test_the_register_of_a_hall_as_a_file(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "宽带.csv"
    code, told = run("broadband", str(file), "--reason", "六月对帐", "--hall", "xinyuan")
    assert code == 0, told
    assert "1 行已写入" in told and "EX" in told
    rows = list(csv.reader(file.read_text("utf-8-sig").splitlines()))
    assert rows[0][:2] == ["流水号", "用户账号"] and rows[1][1] == "dw0120502" and "****" in rows[1][6]
    (line,) = lines()
    assert (line["rows"], line["reason"], line["format"]) == (1, "六月对帐", "csv") and line["console"]


@pytest.mark.rule("API-04", "SEC-04")
def test_without_a_hall_every_halls_trail_has_the_line(run: Run, tmp_path: Path) -> None:
    code, _ = run(
        "orders", str(tmp_path / "a.xlsx"), "--reason", "对帐", "--from", "2026-01-01", "--to", "2026-12-31"
    )
    assert code == 0 and (tmp_path / "a.xlsx").read_bytes()[:2] == b"PK"
    halls = {line.hall_id for line in trail(scope=Scope.operator(), limit=20, action="export.run")}
    assert len(halls) == 2


@pytest.mark.rule("API-04")
@pytest.mark.parametrize(("name", "reason", "more", "said"), [
    ("a.pdf", "对帐", (), "不认识的格式"), ("there.csv", "对帐", (), "文件已存在"), ("a.csv", " ", (), "事由"),
    ("a.csv", "对帐", ("--hall", "moon"), "没有营业厅 moon"), ("no/such/folder/a.csv", "对帐", (), "写不了文件"),
])  # fmt: skip
def test_what_cannot_be_done_is_said_and_nothing_is_written(
    run: Run, tmp_path: Path, name: str, reason: str, more: tuple[str, ...], said: str
) -> None:
    (tmp_path / "there.csv").write_text("mine")
    code, told = run("orders", str(tmp_path / name), "--reason", reason, *more)
    assert code == 1 and said in told
    assert [path.name for path in tmp_path.iterdir()] == ["there.csv"] and lines() == []
    assert (tmp_path / "there.csv").read_text() == "mine"


@pytest.mark.rule("API-03", "SEC-04")
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
@pytest.mark.parametrize("failure", [OSError(errno.ENOSPC, "No space left on device"), KeyboardInterrupt()])
def test_a_full_disk_or_an_abort_leaves_the_line_and_no_half_file(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str, failure: BaseException
) -> None:
    def failing(handle: int) -> None:
        raise failure

    monkeypatch.setattr("onehall.entrances.console.commands.export.os.fsync", failing)
    code, told = run("orders", str(tmp_path / f"a.{kind}"), "--reason", "对帐")
    assert (code, "No space left" in told) in ((1, True), (130, False))
    assert list(tmp_path.iterdir()) == []
    assert len(lines()) == 2, "one line in each hall's trail"
