"""How long a backup and a restore take (recovery time), and how old the newest kept log is (recovery point).

    python -m bench.restore [--gigabytes 1] [--to FOLDER]

Fills an embedded server with rows of about the size of the ledger's, backs it up, writes some more, and restores on an
empty folder as on a new machine; what 10 GB take is scaled from there and said to be so. Not part of `make bench`: it
writes three times the size to the disk. Everything is removed afterwards.
"""

import argparse
import shutil
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import psycopg

from bench.harness import machine
from onehall.foundation.embedded import Server, backup, restore
from onehall.foundation.embedded.backup import Secrets
from onehall.foundation.embedded.restore import Goal

ROWS_OF_A_GIGABYTE = 5_300_000
FILL = """
    insert into filled select n, md5(n::text) || md5((n + 1)::text), now(), n %% 977, repeat('x', 60)
    from generate_series(%(low)s::bigint, %(high)s) n
"""


def timed(what: str, work: Callable[[], object]) -> float:
    """Seconds of the work, said."""
    began = time.monotonic()
    work()
    took = time.monotonic() - began
    print(f"{what:<42} {took:8.1f} s", flush=True)
    return took


def fill(url: str, gigabytes: float) -> int:
    """Rows with an index; how many bytes the database has then."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("create table filled (n bigint, name text, at timestamptz, hall int, rest text)")
        step = ROWS_OF_A_GIGABYTE // 4
        for low in range(1, int(ROWS_OF_A_GIGABYTE * gigabytes), step):
            connection.execute(FILL, {"low": low, "high": low + step - 1})
        connection.execute("create unique index on filled (n)")
        row = connection.execute("select pg_database_size(current_database())").fetchone()
        return int(row[0]) if row else 0


def main() -> None:
    """One round; the figures are of this machine and of its load."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--gigabytes", type=float, default=1.0)
    parser.add_argument("--to", default="")
    chosen = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="onehall-restore-", dir=chosen.to or None))
    server = Server(folder / "hall")
    print(machine(), flush=True)
    try:
        measure(server, folder, chosen.gigabytes)
    finally:
        server.stop()
        restore.abandon(folder / "machine")
        Server(folder / "machine").stop()
        shutil.rmtree(folder, ignore_errors=True)
    print(machine(), flush=True)


def measure(server: Server, folder: Path, gigabytes: float) -> None:
    """Backup, more work, the machine lost, restore on another."""
    url = server.start().url()
    size = fill(url, gigabytes) / 1e9
    print(f"database {size:.2f} GB, PostgreSQL {server.binaries().version}", flush=True)
    place, secrets = folder / "place", Secrets({})
    took = timed(
        "backup, with its check",
        lambda: backup.take(server, place, secrets=secrets, program="bench", clock=lambda: datetime.now(UTC)),
    )
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(FILL, {"low": 10**9, "high": 10**9 + ROWS_OF_A_GIGABYTE // 10})
    server.stop()
    source, home, goal = restore.pick(place, None), folder / "machine", Goal()
    began = time.monotonic()
    restored: list[Server] = []
    timed("restore: copy and check", lambda: restored.append(restore.begin(home, source, goal)))
    timed("restore: replay the log, start", lambda: restore.recover(home, restored[0], source, goal))
    timed("restore: stop, swap", lambda: restore.accept(home, restored[0]))
    whole = time.monotonic() - began
    print(
        f"restored in {whole / 60:.1f} min; at this pace 10 GB: backup {took * 10 / size / 60:.0f} min,",
        end=" ",
    )
    print(
        f"restore {whole * 10 / size / 60:.0f} min (scaled, not measured). Recovery point: 60 s (archive_timeout)"
    )


if __name__ == "__main__":
    main()
