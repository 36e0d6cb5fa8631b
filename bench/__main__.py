"""`make bench`: every benchmark in a process of its own, one after the other, and one table at the end.

Exit code 0 even where a gate is missed, for the machine may be busy: the table says so. 1 where a benchmark broke.
"""

import os
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench.harness import machine
from bench.table import VARIABLE, Row, add, printed

PROGRAMS = {
    "documents": (),
    "payments": ("--rounds=3", "--seconds=10", "--baskets=16000"),
    "api": ("--rounds=3", "--seconds=10", "--rate=30"),
    "search": ("--keep",),
    "desk": (),
    "verify": ("--postings=200000", "--rounds=1"),
    "cash": ("--rounds=3",),
    "imports": (),
    "radius": (),
}
ON_A_TOWN = ("search", "desk")
"""These share a database with a million customers, on a server of their own whose role may load it quickly."""
VERDICT = re.compile(
    r"p99 ([\d.]+) ms \(goal (\d+), gate (\d+)\): ([\w ]+); (\d+) × faster than LIKE, ([\d.]+) × the floor"
)
RECEIPT = re.compile(r"typst +median +([\d.]+) ms")
PEER = re.compile(r"weasyprint median +([\d.]+) ms")


def run(name: str, **environment: str) -> str | None:
    """What a benchmark printed, None where it broke; a missed gate is no breakage."""
    print(f"\n== {name} · {machine()}", flush=True)
    began, said = time.monotonic(), []
    process = subprocess.Popen(
        [sys.executable, "-m", f"bench.{name}", *PROGRAMS[name]],
        env={**os.environ, **environment}, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert process.stdout is not None
    for line in process.stdout:
        said.append(line)
        print(line, end="", flush=True)
    process.wait()
    print(f"   {time.monotonic() - began:.0f} s", flush=True)
    return "".join(said) if said and process.returncode in (0, 1) else None


def note(name: str, said: str) -> None:
    """A line of the table for benchmarks that print theirs only."""
    if name == "search" and (found := VERDICT.search(said)):
        p99, goal, gate, verdict, times, floors = found.groups()
        add(
            Row(
                "search, p99",
                f"{p99} ms",
                f"{times} × slower",
                f"{floors} × faster",
                f"< {gate} ms (goal {goal})",
                verdict,
            )
        )
    if name == "documents" and (found := RECEIPT.search(said)):
        other = PEER.search(said)
        add(Row("receipt PDF, median", f"{found[1]} ms", f"{other[1]} ms" if other else "not installed", "", "< 10 ms",
                "gate held" if float(found[1]) < 10 else "busy, not judged" if "not judged" in said else "GATE BROKEN"))  # fmt: skip


def run_all(names: list[str]) -> list[str]:
    """The names of those that broke."""
    from onehall.foundation.embedded import Server

    broken = []
    with tempfile.TemporaryDirectory(prefix="onehall-bench-") as home:
        town = Server(Path(home), durable=False)
        for name in names:
            environment = {}
            if name in ON_A_TOWN:
                town.start()
                environment["DATABASE_URL"] = town.superuser_url()
            said = run(name, **environment)
            if said is None:
                broken.append(name)
            else:
                note(name, said)
        town.stop()
    return broken


def main() -> int:
    """Runs all, or those named on the command line."""
    with tempfile.NamedTemporaryFile(suffix=".jsonl") as rows:
        os.environ[VARIABLE] = rows.name
        broken = run_all(sys.argv[1:] or list(PROGRAMS))
        print(f"\n{printed(Path(rows.name))}\n\n{machine()}")
    if broken:
        print(f"broke: {', '.join(broken)}")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
