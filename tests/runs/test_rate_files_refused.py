"""What cannot be rated is refused whole: which file, which line, which column, in both languages, and nothing is written (VOI-02)."""

import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from onehall.contexts.rating.api import (
    EngineMissing,
    FileUnusable,
    NotAMonth,
    OutUnusable,
    PlaceUnusable,
    SumTooLarge,
    month,
)
from onehall.foundation.refusals import Refusal
from onehall.runs.rate_files.rating import Files, rate
from tests import rating_room as room
from tests.rating_room import LI_MIN, WANG

OCTOBER = month("2026-10")
Spoil = Callable[[Files], Files | None]


def _text(name: str, text: str | bytes) -> Spoil:
    def spoil(files: Files) -> None:
        getattr(files, name).write_bytes(text if isinstance(text, bytes) else text.encode())

    return spoil


def _people(*rows: tuple[str, ...]) -> Spoil:
    return lambda files: _text("accounts", "\n".join([",".join(room.ACCOUNTS), *map(",".join, rows)]))(files)


def _parquet(name: str, **columns: pa.Array) -> Spoil:
    def spoil(files: Files) -> Files:
        path = getattr(files, name).with_suffix(".parquet")
        pq.write_table(pa.table(columns), path)
        return replace(files, **{name: path})

    return spoil


def _call(**other: pa.Array) -> dict[str, pa.Array]:
    return {name: pa.array(["1"]) for name in room.CALLS} | other


BAD = {
    "calls missing": (lambda files: files.calls.unlink(), FileUnusable, "calls.csv"),
    "calls empty": (_text("calls", ""), FileUnusable, "calls.csv"),
    "calls only blank lines": (_text("calls", "\r\n\r\n"), FileUnusable, "calls.csv"),
    "calls without a column": (_text("calls", "call_id,start,caller,callee\n"), FileUnusable, "seconds"),
    "calls with a column twice": (_text("calls", "seconds,call_id,start,caller,callee,seconds\n"), FileUnusable, "seconds"),
    "calls with semicolons": (_text("calls", "call_id;start;caller;callee;seconds\n"), FileUnusable, "call_id"),
    "calls in UTF-16": (_text("calls", "call_id,start\n".encode("utf-16")), FileUnusable, "UTF-8"),
    "calls with an open quotation mark": (
        _text("calls", 'call_id,start,caller,callee,seconds\na,"2026\n'), FileUnusable, "line 2"),
    "calls no Parquet": (
        lambda files: replace(files, calls=files.calls.rename(files.calls.with_suffix(".parquet"))), FileUnusable, "Parquet"),
    "seconds as floats": (_parquet("calls", **_call(seconds=pa.array([1.5]))), FileUnusable, "seconds"),
    "start with a zone": (
        _parquet("calls", **_call(start=pa.array([0], pa.timestamp("s", "UTC")))), FileUnusable, "zone"),
    "accounts a folder": (
        lambda files: (files.accounts.unlink(), files.accounts.mkdir())[1], FileUnusable, "people.csv"),
    "accounts without a column": (_text("accounts", "number,plan,balance_yuan\n"), FileUnusable, "monthly_credit_yuan"),
    "an account twice": (_people((WANG, "yuezu", "0", "1"), (LI_MIN, "yuezu", "0", "1"), (WANG, "yuezu", "0", "1")),
                         PlaceUnusable, "line 4"),
    "an account without a number": (_people(("", "yuezu", "0", "1")), PlaceUnusable, "number"),
    "negative credit": (_people((WANG, "yuezu", "0", "1"), (LI_MIN, "yuezu", "-0.01", "1")), PlaceUnusable, "line 3"),
    "credit finer than a unit": (_people((WANG, "yuezu", "0.00001", "1")), PlaceUnusable, "monthly_credit_yuan"),
    "balance no number": (_people((WANG, "yuezu", "0", "1,5".join('""'))), PlaceUnusable, "balance_yuan"),
    "balance missing": (_people((WANG, "yuezu", "0")), PlaceUnusable, "balance_yuan"),
    "a prefix twice": (_text("prefixes", "prefix,class\n029,local\n029,free\n"), PlaceUnusable, "line 3"),
    "a prefix without a class": (_text("prefixes", "prefix,class\n029,\n"), PlaceUnusable, "class"),
    "plans no TOML": (_text("plans", "[yuezu\n"), FileUnusable, "TOML"),
    "plans not in UTF-8": (_text("plans", '["套餐"]'.encode("gb18030")), FileUnusable, "UTF-8"),
    "plans missing": (lambda files: files.plans.unlink(), FileUnusable, "plans.toml"),
    "a plan that is none": (_text("plans", "yuezu = 1\n"), PlaceUnusable, "yuezu"),
    "a plan whose price is empty": (_text("plans", '[yuezu]\nlocal = ""\n'), PlaceUnusable, "local"),
    "a negative price": (_text("plans", '[yuezu]\nlocal = "-0.10"\n'), PlaceUnusable, "local"),
    "a price that is true": (_text("plans", "[yuezu]\nlocal = true\n"), PlaceUnusable, "local"),
    "a price finer than a unit": (_text("plans", "[yuezu]\nlocal = 0.00001\n"), PlaceUnusable, "local"),
}  # fmt: skip


@pytest.mark.rule("VOI-02")
@pytest.mark.parametrize("what", BAD)
def test_a_wrong_file_is_named_and_nothing_is_written(tmp_path: Path, what: str) -> None:
    spoil, kind, word = BAD[what]
    files = room.desk(tmp_path / "in", [("a", "2026-10-05 10:00:00", WANG, "8823", "60")])
    files = spoil(files) or files  # type: ignore[operator]
    with pytest.raises(Refusal) as said:
        rate(files, month=OCTOBER, out=tmp_path / "out")
    assert type(said.value) is kind
    assert word in said.value.sentence("en"), said.value.sentence("en")
    assert "{" not in said.value.sentence("zh") and said.value.alternative("en")
    assert list((tmp_path / "out").iterdir()) == []


@pytest.mark.rule("VOI-02")
def test_a_sum_that_64_bits_do_not_hold_is_refused_not_cut(tmp_path: Path) -> None:
    plans = '[yuezu]\nlocal = "99999999999"\n'
    people = [(WANG, "yuezu", "0", "0")]
    calls = [(f"c{n}", "2026-10-05 10:00:00", WANG, "88", 60 * 9_000) for n in range(3)]
    with pytest.raises(SumTooLarge):
        rate(room.desk(tmp_path / "in", calls, people, plans), month=OCTOBER, out=tmp_path / "out")
    calls = [("c", "2026-10-05 10:00:00", WANG, "88", 999_999_999)]
    with pytest.raises(SumTooLarge):
        rate(room.desk(tmp_path / "in", calls, people, plans), month=OCTOBER, out=tmp_path / "out")
    assert list((tmp_path / "out").iterdir()) == []


@pytest.mark.rule("VOI-02")
@pytest.mark.parametrize(
    "typed", ["2026-13", "2026-00", "2026/10", "2026-1", "202610", "", "２０２６-10", "0000-01"]
)
def test_a_month_is_a_month(typed: str) -> None:
    with pytest.raises(NotAMonth):
        month(typed)


@pytest.mark.rule("VOI-02")
def test_results_overwrite_neither_inputs_nor_a_file(tmp_path: Path) -> None:
    files = room.desk(tmp_path)
    mine = replace(files, accounts=files.accounts.rename(tmp_path / "accounts.csv"))
    with pytest.raises(OutUnusable, match=r"accounts\.csv"):
        rate(mine, month=OCTOBER, out=tmp_path)
    with pytest.raises(OutUnusable):
        rate(mine, month=OCTOBER, out=files.calls)
    assert "plan" in mine.accounts.read_text()


@pytest.mark.rule("VOI-02")
def test_a_folder_that_is_not_ours_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def denied(**_: object) -> str:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("onehall.runs.rate_files.outputs.tempfile.mkdtemp", denied)
    with pytest.raises(OutUnusable) as said:
        rate(room.desk(tmp_path / "in"), month=OCTOBER, out=tmp_path / "out")
    assert "Permission denied" in said.value.sentence("en")


@pytest.mark.rule("VOI-02")
def test_other_files_in_the_folder_stay_and_results_of_the_other_kind_go(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    for name in ("notes.txt", "rated.parquet"):
        (tmp_path / "out" / name).write_text("x")
    rate(room.desk(tmp_path / "in"), month=OCTOBER, out=tmp_path / "out")
    names = {path.name for path in (tmp_path / "out").iterdir()}
    assert names == {"notes.txt", "rated.csv", "accounts.csv", "suspense.csv", "summary.json"}


@pytest.mark.rule("VOI-02")
def test_an_engine_that_is_not_installed_says_how_to_get_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pyspark", None)
    monkeypatch.setitem(sys.modules, "onehall.runs.rate_files.spark", None)
    with pytest.raises(EngineMissing) as said:
        rate(room.desk(tmp_path / "in"), month=OCTOBER, out=tmp_path / "out", engine="spark")
    assert "duckdb" in said.value.alternative("en")
