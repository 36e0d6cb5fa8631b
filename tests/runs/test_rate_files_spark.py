"""Spark by a setting: the same bytes as DuckDB and the kernel. It is no part of the plain set-up; `make parts` brings it."""

import filecmp
from pathlib import Path

import pytest

from onehall.contexts.rating.api import EngineMissing, SumTooLarge, month
from onehall.runs.rate_files.rating import rate
from tests import rating_room as room
from tests.rating_room import LI_MIN, WANG

pytestmark = pytest.mark.parts("default-jre-headless", "pyspark")
OCTOBER = month("2026-10")
RESULTS = ["rated.csv", "accounts.csv", "suspense.csv", "summary.json"]


@pytest.mark.rule("VOI-02")
def test_spark_duckdb_and_kernel_write_the_same_bytes(tmp_path: Path) -> None:
    callees = ("8823", "01088", "02988", "029188", "0081", "110", "")
    calls = [
        (f"c{n % 350}", f"2026-10-{n % 33:02d} 1{n % 10}:00:0{n % 7}", (LI_MIN, WANG, "68000003", "9")[n % 4],
         callees[n % 7], (n * 37) % 400 - 1)
        for n in range(400)
    ]  # fmt: skip
    files = room.desk(tmp_path / "in", calls, room.EVERYBODY)
    for engine in ("duckdb", "kernel", "spark"):
        rate(files, month=OCTOBER, out=tmp_path / engine, engine=engine)
    assert len(room.read_csv(tmp_path / "spark" / "rated.csv")) > 50
    for engine in ("kernel", "spark"):
        same, _, _ = filecmp.cmpfiles(tmp_path / "duckdb", tmp_path / engine, RESULTS, shallow=False)
        assert same == RESULTS, engine
    calls = [("c", "2026-10-05 10:00:00", WANG, "88", 999_999_999)]
    dear = room.desk(tmp_path / "dear", calls, [(WANG, "x", "0", "0")], '[x]\nlocal = "99999999999"\n')
    with pytest.raises(SumTooLarge):
        rate(dear, month=OCTOBER, out=tmp_path / "spark", engine="spark")


def test_without_java_it_says_what_is_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("JAVA_HOME", raising=False)
    with pytest.raises(EngineMissing, match="Java"):
        rate(room.desk(tmp_path / "in"), month=OCTOBER, out=tmp_path / "out", engine="spark")
