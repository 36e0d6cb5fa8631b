"""The kernel: it says what the expression says, and with top-ups what order inside the month decides (VOI-02, BIL-02).

The worked example of two months stands in docs/guides/rating.md, line by line; the figures here are those, computed by hand.
"""

import csv
import filecmp
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onehall.contexts.rating.api import PlaceUnusable, month
from onehall.runs.rate_files import compiled
from onehall.runs.rate_files.explaining import explain
from onehall.runs.rate_files.rating import Files, rate
from tests import rating_room as room
from tests.rating_room import LI_MIN, WANG, Row

DATA = Path(__file__).parents[1] / "data" / "rating"
RESULTS = ("rated.csv", "accounts.csv", "suspense.csv", "summary.json")
TOPUPS = ("topup_id", "number", "at", "amount_yuan")


def _month(name: str, accounts: Path) -> Files:
    return Files(
        DATA / f"calls_{name}.csv",
        accounts,
        DATA / "prefixes.csv",
        DATA / "plans.toml",
        DATA / f"topups_{name}.csv",
    )


def _carried_on(out: Path, accounts: Path, into: Path) -> Path:
    """The accounts of the next month: the same plans and credit, the balance that this month left."""
    left = {row["number"]: int(row["balance"]) for row in room.read_csv(out / "accounts.csv")}
    rows = room.read_csv(accounts)
    for row in rows:
        balance = left[row["number"]]
        row["balance_yuan"] = f"{'-' * (balance < 0)}{abs(balance) // 10_000}.{abs(balance) % 10_000:04d}"
    return room.write_csv(into, list(rows[0]), [row.values() for row in rows])


@pytest.mark.rule("VOI-02", "BIL-02", "BIL-05", "CAT-04")
@pytest.mark.parametrize("at_once", [compiled.PORTION, 1])
def test_two_months_as_an_accountant_worked_them_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at_once: int
) -> None:
    monkeypatch.setattr(compiled, "PORTION", at_once)
    accounts = DATA / "accounts.csv"
    for name in ("2026-10", "2026-11"):
        out = tmp_path / name
        rate(_month(name, accounts), month=month(name), out=out)
        for what in ("rated", "accounts", "exhausted"):
            with (DATA / f"{what}_{name}.csv").open(encoding="utf-8") as file:
                assert room.read_csv(out / f"{what}.csv") == list(csv.DictReader(file)), f"{what} of {name}"
        accounts = _carried_on(out, accounts, tmp_path / f"after_{name}.csv")


@pytest.mark.rule("BIL-05")
def test_an_explanation_knows_what_was_paid_in() -> None:
    """李敏 had paid in 10 yuan before her last call of October: -0.45 became 9.55."""
    said = explain(_month("2026-10", DATA / "accounts.csv"), month=month("2026-10"), call_id="L6")
    assert ("余额原有 9.55 元，支付 0.30 元，余 9.25 元" in said[-2][0]) and "10.00 yuan paid in" in said[-1][
        1
    ]
    assert (
        "余额原有 -0.30 元"
        in explain(_month("2026-10", DATA / "accounts.csv"), month=month("2026-10"), call_id="L4")[-1][0]
    )


@pytest.mark.rule("VOI-02")
@settings(max_examples=6, deadline=None)
@given(calls=room.calls)
def test_kernel_and_expression_write_the_same_bytes(calls: list[tuple[str, ...]]) -> None:
    with TemporaryDirectory() as name:
        folder = Path(name)
        files = room.desk(folder / "in", calls, room.EVERYBODY)
        for engine in ("duckdb", "kernel"):
            rate(files, month=month("2026-10"), out=folder / engine, engine=engine)
        assert filecmp.cmpfiles(folder / "duckdb", folder / "kernel", RESULTS, shallow=False)[0] == list(
            RESULTS
        )


@pytest.mark.rule("VOI-02")
def test_more_accounts_than_are_read_at_once_change_nothing(tmp_path: Path) -> None:
    many = 140_000
    people = [(f"{at:08d}", "yuezu", "5.00", "10.00") for at in range(many)]
    calls = [(f"c{at}", "2026-10-05 10:00:00", f"{at:08d}", "8823", 61) for at in range(0, many, 997)]
    files = room.desk(tmp_path / "in", calls, people)
    for engine in ("duckdb", "kernel"):
        rate(files, month=month("2026-10"), out=tmp_path / engine, engine=engine)
    assert filecmp.cmpfiles(tmp_path / "duckdb", tmp_path / "kernel", RESULTS, shallow=False)[1] == []
    rated, accounts, _ = room.results(tmp_path / "kernel")
    assert [row["number"] for row in rated] == [caller for _, _, caller, _, _ in calls]
    assert len(accounts) == many and accounts[-1]["number"] == f"{many - 1:08d}"


@pytest.mark.rule("VOI-02")
@settings(max_examples=40, deadline=None)
@given(calls=room.calls)
def test_the_kernel_agrees_with_the_second_opinion(calls: list[tuple[str, ...]]) -> None:
    with TemporaryDirectory() as folder:
        files = room.desk(Path(folder) / "in", calls, room.EVERYBODY)
        assert room.rated(files, Path(folder) / "out", engine="kernel") == room.oracle(files)


Happened = tuple[str, int, int]
"""Number, second of the minute, amount or length."""
paid_in = st.lists(
    st.tuples(st.sampled_from([LI_MIN, WANG]), st.integers(0, 59), st.integers(1, 40_000)), max_size=8
)
spoken = st.lists(
    st.tuples(st.sampled_from([LI_MIN, WANG]), st.integers(0, 59), st.integers(0, 400)), max_size=25
)


def _walked(people: list[Row], calls: list[Happened], topups: list[Happened]) -> tuple[dict, dict, list]:
    """Balances after each call, at the end, and spans of being used up: by a plain list of what happened, in order."""
    after, left, spans = {}, {}, []
    for number, plan, credit, balance in sorted(people):
        credit, balance = (int(yuan.replace(".", "") + "00") for yuan in (credit, balance))
        price = {"yuezu": 1500}.get(plan, 1000)
        happened = [(second, 0, 0, amount) for one, second, amount in topups if one == number]
        happened += [
            (second, 1, at, length) for at, (one, second, length) in enumerate(calls) if one == number
        ]
        span = None
        for second, what, at, size in sorted(happened):
            if what == 0:
                balance += size
                if span is not None and balance > 0:
                    spans.append([*span[:2], second, *span[2:]])
                    span = None
                continue
            charge = -(-size // 60) * price
            used = min(credit, charge)
            credit, balance = credit - used, balance - charge + used
            after[f"c{at:03d}"] = balance
            if span is not None:
                span[2:] = [span[2] + (charge > 0), span[3] + charge]
            elif credit == 0 and balance <= 0:
                span = [number, second, 0, 0]
        if span is not None:
            spans.append([*span[:2], None, *span[2:]])
        left[number] = balance
    return after, left, spans


def _at(second: int) -> str:
    return f"2026-10-05 10:00:{second:02d}"


@pytest.mark.rule("VOI-02", "BIL-02")
@settings(max_examples=40, deadline=None)
@given(calls=spoken, topups=paid_in)
def test_top_ups_between_calls_are_where_they_happened(calls: list[Happened], topups: list[Happened]) -> None:
    with TemporaryDirectory() as name:
        folder = Path(name)
        people = [(*row[:3], "1.00") for row in room.PEOPLE]
        after, left, spans = _walked(people, calls, topups)
        rows = [
            (f"c{n:03d}", _at(second), one, "8823", length) for n, (one, second, length) in enumerate(calls)
        ]
        money = [
            (n, one, _at(second), f"{amount // 10_000}.{amount % 10_000:04d}")
            for n, (one, second, amount) in enumerate(topups)
        ]
        files = replace(
            room.desk(folder / "in", rows, people),
            topups=room.write_csv(folder / "topups.csv", TOPUPS, [*money, *money]),
        )
        rated, accounts, _ = room.rated(files, folder / "out")
        used_up = room.read_csv(folder / "out" / "exhausted.csv")
    assert {row["call_id"]: int(row["balance_after"]) for row in rated} == after
    assert {row["number"]: int(row["balance"]) for row in accounts} == left
    expected = [
        [number, _at(begun), "" if end is None else _at(end), str(n), str(sum_)]
        for number, begun, end, n, sum_ in spans
    ]
    assert [list(row.values()) for row in used_up] == expected


@pytest.mark.rule("VOI-02")
@pytest.mark.parametrize(
    ("row", "column"),
    [
        (("1", "9999999", "2026-10-05 10:00:00", "5"), "number"),
        (("1", WANG, "2026-11-05 10:00:00", "5"), "at"),
        (("1", WANG, "5.10.2026", "5"), "at"),
        (("1", WANG, "2026-10-05 10:00:00", "0"), "amount_yuan"),
        (("1", WANG, "2026-10-05 10:00:00", "-5"), "amount_yuan"),
        (("0", WANG, "2026-10-05 10:00:00", "6"), "topup_id"),
    ],
)
def test_money_of_nobody_or_of_another_month_is_refused(
    tmp_path: Path, row: tuple[str, ...], column: str
) -> None:
    good = ("0", WANG, "2026-10-05 10:00:00", "5")
    files = room.desk(tmp_path / "in")
    files = replace(files, topups=room.write_csv(tmp_path / "topups.csv", TOPUPS, [good, good, row]))
    with pytest.raises(PlaceUnusable) as said:
        rate(files, month=month("2026-10"), out=tmp_path / "out")
    assert f"line 4, column {column}" in said.value.sentence("en")
    assert list((tmp_path / "out").iterdir()) == []
