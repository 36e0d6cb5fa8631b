"""Bringing registers in: preview of 2,400 rows and import of 100,000, beside calamine with one ORM insert a row (peer) and
calamine with COPY into a bare table (floor).

    python -m bench.imports [--rows 100000] [--peer-rows 2000]

Gates where a person waits: preview < 3 s, import < 60 s, memory < 400 MB. The peer reads with the fastest reader there is, as
we do; it runs fewer rows and is extrapolated, judges nothing and writes less than we do (a customer a row, no documents, terms,
access or hashes). On a busy machine the ratios count, not the seconds.
"""

import argparse
import io
import os
import resource
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

from bench.harness import machine
from bench.registers import workbook
from bench.table import Row, add

PREVIEW, PREVIEW_GATE, IMPORT_GATE, MEMORY_GATE = 2400, 3.0, 60.0, 400
AT = datetime(2026, 11, 25, 2, tzinfo=UTC)


def seconds(work: Callable[[], object]) -> float:
    """How long it takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def preview(content: bytes) -> None:
    """A dry run, from the file's bytes to the report."""
    _bring(content, dry=True)


def bring(content: bytes) -> None:
    """The whole import, committed."""
    _bring(content, dry=False)


def _bring(content: bytes, *, dry: bool) -> None:
    from onehall.entrances.console.operator import at_the_console
    from onehall.foundation.sheetreader import Limits, read_sheet
    from onehall.journeys.import_register import import_register

    limits = Limits(size=2**27, unpacked=2**30, ratio=200, rows=1_000_000)
    done = import_register(
        sheet=read_sheet(content, name="bench.xlsx", limits=limits), form="broadband", dry_run=dry, skip_refused=False,
        by=at_the_console(at=AT), at=AT, progress=lambda *_: None,
    )  # fmt: skip
    assert not done.report.errors and (dry or done.made is not None)


def peer(content: bytes) -> None:
    """calamine, and for each row an ORM object of its own."""
    from python_calamine import CalamineWorkbook

    from onehall.contexts.customers.models import Party
    from onehall.foundation.database import fetch_one, transaction

    ids = fetch_one(
        "select (select min(id) from organisation_hall) as hall, (select min(id) from identity_user) as by"
    )
    assert ids is not None
    with transaction():
        sheet = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0)
        for row in islice(sheet.iter_rows(), 1, None):
            Party.objects.create(
                kind="individual", name=str(row[4]).strip()[:60], name_keys=[], initials="", name_pinyin="",
                registered_hall_id=ids["hall"], registered_at=AT, by_id=ids["by"],
            )  # fmt: skip


def floor(content: bytes) -> None:
    """calamine, and COPY of the cells as they are."""
    from django.db import connection
    from python_calamine import CalamineWorkbook

    from onehall.foundation.database import transaction

    with transaction(), connection.cursor() as cursor:
        columns = ", ".join(f"c{place} text" for place in range(14))
        cursor.execute(f"create temp table bare ({columns}) on commit drop")
        sheet = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0)
        with cursor.copy("copy bare from stdin") as copy:
            for row in sheet.iter_rows():
                copy.write_row([str(cell) for cell in row])


def measure(rows: int, peer_rows: int) -> bool:
    """Prints and notes the figures; whether the gates held."""
    short, long, few = workbook(PREVIEW), workbook(rows), workbook(peer_rows)
    looked = min(seconds(lambda: preview(short)) for _ in range(3))
    bare = seconds(lambda: floor(long))
    ours = seconds(lambda: bring(long))
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    other = seconds(lambda: peer(few)) * rows / peer_rows
    said = f"{other / ours:.1f} × ours"
    print(f"preview of {PREVIEW} rows {looked:.2f} s (gate {PREVIEW_GATE:.0f} s)")
    print(
        f"import of {rows} rows {ours:.1f} s (gate {IMPORT_GATE:.0f} s), {memory} MB; peer {said}; {ours / bare:.1f} × the floor"
    )
    held = looked < PREVIEW_GATE and ours < IMPORT_GATE * rows / 100_000 and memory < MEMORY_GATE
    verdict = "gate held" if held else "busy, not judged" if os.getloadavg()[0] > 2 else "GATE BROKEN"
    add(Row("register preview, 2,400 rows", f"{looked:.2f} s", "", "", f"< {PREVIEW_GATE:.0f} s", verdict))
    add(
        Row(
            f"register import, {rows:,} rows",
            f"{ours:.1f} s, {memory} MB",
            said,
            f"{ours / bare:.1f} × slower",
            "< 60 s",
            verdict,
        )
    )
    return verdict != "GATE BROKEN"


def main() -> int:
    """Runs on a server of its own."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--peer-rows", type=int, default=2_000)
    chosen = parser.parse_args()
    os.environ.setdefault("ONEHALL_KEYS", "deterministic")
    home = Path(tempfile.mkdtemp(prefix="onehall-bench-"))
    from onehall.foundation.embedded import Server

    server = Server(home)
    os.environ["DATABASE_URL"] = server.start().url()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "onehall.config.settings")
    import django

    django.setup()
    from onehall.entrances.console import operator
    from onehall.foundation.collector import leave_what_is_loaded

    try:
        operator.ready("dawei")
        leave_what_is_loaded()
        print(machine())
        return 0 if measure(chosen.rows, chosen.peer_rows) else 1
    finally:
        server.stop()
        shutil.rmtree(home, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
