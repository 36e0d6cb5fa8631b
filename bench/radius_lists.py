"""The network's lists over many rows: the sessions page, a line's page with its usage, and the board's page by compound.

    python -m bench.radius_lists [--sessions 200000] [--lines 1000000] [--open 200000]

Ended sessions and days of usage lie in the partitions of twelve months, lines and dwellings beside them. Rows are made by the
database itself, month by month, so that memory stays small; the disk that is needed is asked for first. Floor: one index lookup
in the same database. Gates: a page of sessions and a line's page p99 < 100 ms, and a day reads the partition of one month.
"""

import argparse
import os
import random
import re
import shutil
import statistics
import sys
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import psycopg

from bench.harness import machine
from bench.search import percentile, timed
from bench.table import Row, add

GATE = 100.0
MONTHS, HOUSEHOLDS, COMPOUNDS, ASKED = 12, 50_000, 50, 200
_BYTES = {"sessions": 420, "lines": 1500, "open": 400}
"""Of disk for a row with its indexes and its log, measured and rounded up."""
_SEED = 4
_ENDED = """
    insert into access.session_ended (unique_id, session_id, account, nas, nas_port, caller, started_at, ended_at, seconds, up_octets,
        down_octets, cause)
    select md5(n::text), 's' || n, 'u' || (1 + n %% %(households)s), '127.0.0.1', '', '', t - interval '1 hour', t, 3600, n, n, 'User-Request'
    from (select n, %(start)s::timestamptz + (n - %(first)s)::float8 / %(number)s * (%(end)s::timestamptz - %(start)s::timestamptz) as t
          from generate_series(%(first)s::bigint, %(first)s::bigint + %(number)s - 1) n) x
"""
_USAGE = """
    insert into access.usage_day (account, day, up_octets, down_octets, seconds)
    select 'u' || (1 + n), day::date, n * 1000, n * 9000, 3600
    from generate_series(0, %(households)s - 1) n, generate_series(%(from)s::date, %(to)s::date, '1 day') day
"""
_LINES = """
    insert into customers_premises (id, kind, parent_id, path, name, name_en, full_label, full_label_en, established_at)
    select n, 'dwelling', 1, 'c' || (n %% %(compounds)s) || '/' || n, '', '', 'c' || (n %% %(compounds)s), '', now()
    from generate_series(1000::bigint, 999 + %(lines)s) n;
    insert into customers_premises (id, kind, parent_id, path, name, name_en, full_label, full_label_en, established_at)
    select n + 1, 'compound', null, 'c' || n, 'c' || n, '', 'c' || n, '', now() from generate_series(0, %(compounds)s - 1) n;
    insert into subscriptions_subscription (id, party_id, dwelling_id, kind, account_name, serial, opened_at)
    select n, 1, n, 'broadband', 'u' || (n - 999), 'L' || n, now() from generate_series(1000::bigint, 999 + %(lines)s) n
"""
_OPEN = """
    insert into access.session (unique_id, session_id, account, nas, started_at, updated_at)
    select 'o' || n, 'o' || n, 'u' || n, '127.0.0.1', now() - interval '3 hours', now() from generate_series(1, %(open)s) n
"""


def enough_disk(wanted: dict[str, int], folder: str) -> None:
    """Ends the program where the rows would not fit twice."""
    needed = sum(_BYTES[name] * number for name, number in wanted.items())
    free = shutil.disk_usage(folder).free
    print(f"rows {wanted}, about {needed / 1e9:.1f} GB of disk ({free / 1e9:.0f} free)", flush=True)
    if free < 2 * needed:
        raise SystemExit("skipped: not enough disk for twice that")


def fill(url: str, *, sessions: int, lines: int, opened: int) -> None:
    """Month by month, each in a transaction of its own; nothing of the business stands behind the rows."""
    today = datetime.now(UTC)
    each = sessions // MONTHS
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("set session_replication_role = replica")
        connection.execute("select access.open_months((current_date - interval '12 months')::date, 14)")
        for month in range(MONTHS):
            end = today - timedelta(days=30 * month)
            facts = {"households": HOUSEHOLDS, "first": 1 + month * each, "number": each, "start": end - timedelta(days=30), "end": end}  # fmt: skip
            connection.execute(_ENDED, facts)
        usage = {"households": HOUSEHOLDS, "from": today - timedelta(days=31), "to": today}
        connection.execute(_USAGE, usage)
        for statement in _LINES.split(";\n"):
            connection.execute(statement, {"lines": lines, "compounds": COMPOUNDS})
        connection.execute(_OPEN, {"open": opened})
        connection.execute("vacuum analyze access.session_ended, access.usage_day, access.session")
        connection.execute("vacuum analyze subscriptions_subscription, customers_premises")


def readings(today: datetime) -> dict[str, list[Callable[[], Any]]]:
    """What is measured, by name: each a list of calls with other arguments."""
    from onehall.contexts.provisioning.api import DiagnosisLimits
    from onehall.foundation.database import fetch_one
    from onehall.foundation.scopes import Scope
    from onehall.foundation.values.period import Period
    from onehall.readings.network.board import compounds
    from onehall.readings.network.line import BROKEN, line
    from onehall.readings.network.sessions import SessionsAsked, sessions

    luck, scope = random.Random(_SEED), Scope.operator()
    quarter = timedelta(minutes=15)
    limits = DiagnosisLimits(3, quarter, quarter, quarter, quarter)
    days = [today - timedelta(days=luck.randint(1, 300)) for _ in range(ASKED)]
    asked = [SessionsAsked(on_line=False, period=Period(day - timedelta(days=1), day)) for day in days]
    names = [f"u{luck.randint(1, HOUSEHOLDS)}" for _ in range(ASKED)]
    key = "select unique_id from access.session where unique_id = %(id)s"
    return {
        "sessions of a day, a page": [partial(sessions, asked=one, limit=50, scope=scope) for one in asked],
        "a line's page with its usage": [
            partial(line, account=name, limits=limits, at=today, scope=scope) for name in names
        ],
        "on line by compound": [
            partial(compounds, at=today, lately=limits.outage, broken=BROKEN, scope=scope)
        ] * 10,
        "floor: one index lookup": [partial(fetch_one, key, {"id": f"o{name[1:]}"}) for name in names],
    }  # fmt: skip


def months_read(url: str, today: datetime) -> int:
    """How many months the database opens for the list of one day."""
    day = (today - timedelta(days=100)).replace(day=10)
    with psycopg.connect(url) as connection:
        rows = connection.execute(
            "explain (analyze, costs off, timing off, summary off) select * from pub_provisioning_session_ended"
            " where ended_at >= %s and ended_at < %s order by ended_at desc limit 50",
            [day, day + timedelta(days=1)],
        ).fetchall()
    print("plan of a day:  " + " · ".join(" ".join(text.split()) for (text,) in rows)[:400])
    return len({part for (text,) in rows for part in re.findall(r"session_ended_(?:\d{6}|rest)\b", text)})


def report(url: str, *, sessions: int, lines: int, opened: int) -> bool:
    """Fills, measures, prints; whether the gates hold."""
    fill(url, sessions=sessions, lines=lines, opened=opened)
    today, taken = datetime.now(UTC), {}
    for name, calls in readings(today).items():
        calls[0]()
        taken[name] = [timed(call) for call in calls]
    floor = statistics.median(taken["floor: one index lookup"])
    for name, spans in taken.items():
        middle = statistics.median(spans)
        print(
            f"{name:32} p50 {middle:8.2f} ms  p99 {percentile(spans, 0.99):8.2f} ms  {middle / floor:8.1f} × the floor"
        )
    months = months_read(url, today)
    worst = max(percentile(taken[name], 0.99) for name in list(taken)[:2])
    held = worst < GATE and months == 1
    verdict = "gate held" if held else "GATE BROKEN"
    print(f"worst page p99 {worst:.1f} ms (gate {GATE:.0f}), a day reads {months} month: {verdict}")
    times = f"{statistics.median(taken['sessions of a day, a page']) / floor:.0f} × slower"
    add(
        Row(f"sessions page, {sessions} rows, p99", f"{worst:.1f} ms", "", times, f"< {GATE:.0f} ms", verdict)
    )
    board = percentile(taken["on line by compound"], 0.99)
    add(Row(f"on line by compound, {lines} lines, {opened} open", f"{board:.0f} ms", "", "", "stated", ""))
    return held


def main() -> int:
    """On a database server of its own, in a temporary folder."""
    parser = argparse.ArgumentParser(description=__doc__)
    for name, default in (("sessions", 200_000), ("lines", 1_000_000), ("open", 200_000)):
        parser.add_argument(f"--{name}", type=int, default=default)
    given = parser.parse_args()
    enough_disk({"sessions": given.sessions, "lines": given.lines, "open": given.open}, tempfile.gettempdir())
    print(machine())
    from onehall.foundation.embedded import Server

    home = Path(tempfile.mkdtemp(prefix="onehall-bench-lists-"))
    server = Server(home, durable=False)
    server.start()
    os.environ.update(
        DATABASE_URL=server.superuser_url(), DJANGO_SETTINGS_MODULE="onehall.config.settings", ONEHALL_KEYS="deterministic"
    )  # fmt: skip
    try:
        import django
        from django.core.management import call_command

        django.setup()
        call_command("migrate", verbosity=0)
        held = report(server.superuser_url(), sessions=given.sessions, lines=given.lines, opened=given.open)
        return 0 if held else 1
    finally:
        server.stop()
        shutil.rmtree(home, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
