"""A month of calls to rate: files written from rows, rated, read again as texts."""

import csv
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from onehall.contexts.rating.api import month
from onehall.runs.rate_files.rating import Files, rate
from tests import rating_oracle

CALLS = ("call_id", "start", "caller", "callee", "seconds")
ACCOUNTS = ("number", "plan", "monthly_credit_yuan", "balance_yuan")
PLANS = """
["system default billingplan"]
local = "0.10"
long_distance = "0.10"
emergency = "0.00"

[yuezu]
local = "0.15"
long_distance = "0.3033"
emergency = "0.00"
"""
PREFIXES = [
    ("", "local", "西安"), ("0", "long_distance", "国内"), ("029", "local", "西安"), ("010", "long_distance", "北京"),
    ("00", "international", "国际"), ("110", "emergency", "紧急"), ("0291", "long_distance", "郊县"),
]  # fmt: skip
LI_MIN, WANG = "68000001", "68000002"
"""李敏 has 5 yuan of credit a month, 王建国 none."""
PEOPLE = [(WANG, "system default billingplan", "0.00", "20.00"), (LI_MIN, "yuezu", "5.00", "10.00")]

Row = Sequence[Any]


def write_csv(path: Path, head: Sequence[str], rows: Iterable[Row]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(head)
        writer.writerows(rows)
    return path


def desk(
    folder: Path, calls: Iterable[Row] = (), people: Iterable[Row] = PEOPLE, plans: str = PLANS
) -> Files:
    """The four files, in a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "plans.toml").write_text(plans, encoding="utf-8")
    return Files(
        calls=write_csv(folder / "calls.csv", CALLS, calls),
        accounts=write_csv(folder / "people.csv", ACCOUNTS, people),
        prefixes=write_csv(folder / "prefixes.csv", ("prefix", "class", "place"), PREFIXES),
        plans=folder / "plans.toml",
    )


def read_csv(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def results(out: Path) -> tuple[list[dict[str, str]], ...]:
    """(rated, accounts, suspense)."""
    return tuple(read_csv(out / f"{name}.csv") for name in ("rated", "accounts", "suspense"))


def rated(files: Files, out: Path, **options: Any) -> tuple[list[dict[str, str]], ...]:
    """The results of October 2026."""
    rate(files, month=month("2026-10"), out=out, **options)
    return results(out)


def oracle(files: Files) -> tuple[list[dict[str, str]], ...]:
    """What the second opinion says of the same files."""
    return rating_oracle.rate(files.calls, files.accounts, files.prefixes, files.plans, "2026-10")


_FIRST, _LAST = datetime.fromisoformat("2026-09-30 23:59:50"), datetime.fromisoformat("2026-11-01 00:00:10")
starts = st.one_of(
    st.datetimes(_FIRST, _LAST).map(lambda at: f"{at:%Y-%m-%d %H:%M:%S}"),
    st.sampled_from(
        ["2026-10-05 10:00:00", "2026-10-31 23:59:59", "2026-10-01 00:00:00", "2026-11-01 00:00:00"]
    ),
    st.sampled_from(
        ["2026-10-32 10:00:00", "2026-10-05 24:00:00", "2026-10-5 10:00:00", "", "2026-10-05T10:00:00"]
    ),
)
lengths = st.one_of(
    st.integers(0, 200).map(str), st.sampled_from(["0", "60", "61", "3600", "-5", "1.0", "x", "", "٣"])
)
callees = st.one_of(
    st.sampled_from(["110", "01088", "02988", "029188", "0081", "029", "0", "", "8823"]),
    st.text(alphabet="0129", max_size=6),
)
callers = st.sampled_from([LI_MIN, WANG, "68000003", "68000004", "9999999"])
calls = st.lists(
    st.tuples(st.integers(0, 40).map(lambda n: f"c{n}"), starts, callers, callees, lengths), max_size=40
)
EVERYBODY = [*PEOPLE, ("68000003", "no such plan", "1.00", "-3.25"), ("68000004", "yuezu", "0.50", "0.0001")]
"""With a debtor whose plan does not exist, and one whose balance is a ten-thousandth."""
