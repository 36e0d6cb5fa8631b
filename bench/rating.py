"""A month of calls rated, beside reading and writing the same files with nothing done to them (the floor).

    python -m bench.rating [--calls 10000000] [--accounts 1000000] [--rounds 3]

Every run is a process of its own, so that its memory is its own; calls are in no order, sorting counts. Gates: the expression within
7 × the floor (goal 5), the kernel within 4 × (goal 3), 2 GB at most; all engines write the same rows: Spark too, once, where `make parts` brought it.
"""

import argparse
import hashlib
import importlib.util
import os
import subprocess
import sys
import tempfile
import time
from functools import partial
from pathlib import Path

from bench.harness import alternate, machine
from bench.table import Row, add

GATES = {"duckdb": (7, 5), "kernel": (4, 3)}
SPARK = "spark"
MOST_MB = 2048
CALLS = """copy (select 'c' || lpad(i::varchar, 8, '0') call_id,
    timestamp '2026-10-01' + to_seconds((hash(i) % 2678400)::bigint) as "start",
    '6' || lpad((floor({accounts} * power((hash(i + 1) % 1000003) / 1000003.0, 1.6))::bigint * 7919 % {accounts})::varchar, 7, '0') caller,
    case when i % 10 < 6 then (20000000 + hash(i + 2) % 70000000)::varchar
         when i % 10 < 8 then (13000000000 + hash(i + 2) % 6000000000)::varchar
         else '0' || (10 + hash(i + 3) % 980)::varchar || (20000000 + hash(i + 2) % 70000000)::varchar end callee,
    case when i % 8 = 0 then 0 else (hash(i + 4) % 400)::bigint end as "seconds"
    from range({calls}) t(i)) to '{path}' (format parquet, compression zstd)"""
ACCOUNTS = """copy (select '6' || lpad(i::varchar, 7, '0') number, 'plan' || (i % 5)::varchar plan,
    (i % 3 * 5)::varchar || '.00' monthly_credit_yuan, (i % 200)::varchar || '.50' balance_yuan from range({accounts}) t(i))
    to '{path}' (format parquet, compression zstd)"""
FLOOR = """copy (select call_id, caller, callee, "seconds" a, "seconds" * 2 b, "seconds" * 3 c, "seconds" * 5 d, "seconds" * 7 e,
    "start" from '{calls}') to '{out}' (format parquet, compression zstd)"""


def fill(folder: Path, calls: int, accounts: int) -> None:
    """The four files, 1,000 prefixes of one to seven digits among them."""
    import duckdb

    connection = duckdb.connect()
    connection.execute(CALLS.format(accounts=accounts, calls=calls, path=folder / "calls.parquet"))
    connection.execute(ACCOUNTS.format(accounts=accounts, path=folder / "people.parquet"))
    prefixes = {"": "local", "0": "long_distance"}
    number = 0
    while len(prefixes) < 1000:
        digits = hashlib.sha256(str(number).encode()).hexdigest()
        prefix = ("0" if number % 2 else "") + str(int(digits, 16))[: 2 + number % 5]
        prefixes.setdefault(prefix, ("local", "long_distance", "special")[number % 3])
        number += 1
    lines = (f"{prefix},{kind}\n" for prefix, kind in prefixes.items())
    (folder / "prefixes.csv").write_text("prefix,class\n" + "".join(lines))
    plans = (f'[plan{n}]\nlocal = "0.1{n}"\nlong_distance = "0.3{n}"\nspecial = "1.{n}"\n' for n in range(5))
    (folder / "plans.toml").write_text("".join(plans))


def run(code: list[str]) -> tuple[float, int]:
    """(seconds, MB at most) of a process."""
    began = time.perf_counter()
    process = subprocess.Popen([sys.executable, *code], stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        raise RuntimeError(f"{code} ended with {status}")
    return time.perf_counter() - began, usage.ru_maxrss // 1024


def floor(folder: Path) -> float:
    """Seconds to read and write the same files, two columns of text and six of numbers."""
    text = FLOOR.format(calls=folder / "calls.parquet", out=folder / "floor.parquet")
    return run(["-c", f"import duckdb; duckdb.connect().execute('''{text}''')"])[0]


def rows(out: Path) -> str:
    """A hash of all rated calls, whatever wrote them."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    whole = hashlib.sha256()
    for batch in pq.ParquetFile(out / "rated.parquet").iter_batches(500_000):
        plain = pa.RecordBatch.from_arrays(
            [column.cast(pa.string()) for column in batch.columns], names=batch.schema.names
        )
        for column in plain.columns:
            whole.update("\n".join(map(str, column.to_pylist())).encode())
    return whole.hexdigest()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--calls", type=int, default=10_000_000)
    parser.add_argument("--accounts", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=3)
    chosen = parser.parse_args()
    print(f"{chosen.calls:,} calls, {chosen.accounts:,} accounts; {machine()}", flush=True)
    with tempfile.TemporaryDirectory(prefix="onehall-rating-") as name:
        folder, memory = Path(name), dict.fromkeys((*GATES, SPARK), 0)
        fill(folder, chosen.calls, chosen.accounts)

        def engine(which: str) -> float:
            files = ("accounts", "people.parquet", "prefixes", "prefixes.csv", "plans", "plans.toml")
            options = [f"--{word}" if n % 2 == 0 else str(folder / word) for n, word in enumerate(files)]
            seconds, most = run(
                ["-m", "onehall.entrances.console.main", "rate", str(folder / "calls.parquet"), "--month", "2026-10",
                 *options, "--out", str(folder / which), "--engine", which]
            )  # fmt: skip
            memory[which] = max(memory[which], most)
            print(f"  {which}: {seconds:.1f} s, {most} MB", flush=True)
            return seconds

        seen = alternate(
            {"floor": lambda: floor(folder), **{one: partial(engine, one) for one in GATES}}, rounds=chosen.rounds
        )  # fmt: skip
        engines = list(GATES)
        if importlib.util.find_spec("pyspark"):
            engine(SPARK)
            engines.append(SPARK)
        same = len({rows(folder / one) for one in engines}) == 1
    for one, (gate, goal) in GATES.items():
        ratio = seen.ratio(one, "floor")
        verdict = "goal held" if ratio <= goal else "gate held" if ratio <= gate else "GATE BROKEN"
        if memory[one] > MOST_MB or not same:
            verdict = "GATE BROKEN"
        each = f"{seen.median(one):.1f} s, {chosen.calls / seen.median(one) / 1e6:.2f} M calls/s, {memory[one]} MB"
        print(
            f"{one}: {each}, {ratio:.1f} × the floor ({seen.median('floor'):.1f} s): {verdict}; same rows ({', '.join(engines)}): {same}"
        )
        add(
            Row(
                f"rating, {one}",
                each,
                "",
                f"{ratio:.1f} × the floor",
                f"≤ {gate} × (goal {goal} ×), 2 GB",
                verdict,
            )
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
