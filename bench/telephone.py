"""A month's telephone bills as a trial, beside a binary COPY of the same rows into an empty table (the floor).

    python -m bench.telephone [--lines 1000000] [--rounds 3]

Lines have had one state for a year, three of four called in the month; the peer bills line by line. Gate: at most 2.5 × the COPY.
"""

import argparse
import io
import sys
import time
from datetime import UTC, date, datetime

import psycopg

from bench import served
from bench.harness import machine
from bench.table import Row, add
from bench.tills import open_hall

GATE = 2.5
MONTH = date(2026, 1, 1)
SAMPLE = 200
FILL = """
    insert into voice_line (number, subscription_id, hall_id, opened_at)
        select (60000000 + i)::text, (select min(id) from subscriptions_subscription), (select min(id) from organisation_hall), '2025-01-01'
        from generate_series(1, %(lines)s) i;
    insert into voice_lineversion (line_id, valid_from, plan, features, rent_free, monthly_credit, annual_credit, alarm_threshold, partner,
            suspended, closed, by_id, at)
        select id, '2025-01-01', 'yuezu', '{}', id %% 2 = 0, 50000, 0, 10000, '', false, false, (select min(id) from identity_user), '2025-01-01'
        from voice_line;
    insert into voice_delivery (hall_id, source, name, at) select min(id), 'bench', '', now() from organisation_hall;
    insert into voice_call (call_id, delivery_id, "row", started_at, caller, callee, seconds)
        select 'b' || id, (select max(id) from voice_delivery), id, '2026-01-05', number, '02912345678', 60 * (id %% 100)
        from voice_line where id %% 4 > 0;
    insert into voice_charge (call_id, turn, line_id, month, kind, minutes, price, amount, late, at)
        select c.id, 0, c."row", '2026-01-01', 'local', c.seconds / 60, 1500, 1500 * c.seconds / 60, false, now() from voice_call c;
    insert into voice_monthrun (month, asked_by_id, asked_at, why) select '2026-01-01', min(id), now(), '' from identity_user;
"""


def fill(owner: str, lines: int) -> None:
    """Lines with their state, calls and what they cost, past the journeys."""
    with psycopg.connect(owner, autocommit=True) as connection:
        connection.execute("set session_replication_role = replica")
        for statement in FILL.split(";")[:-1]:
            connection.execute(statement, {"lines": lines} if "%(lines)s" in statement else {})
        connection.execute("vacuum (analyze)")


def copied(owner: str) -> float:
    """Seconds to write the run's bills into an empty table of the same shape, from memory, as durably as ours are."""
    with psycopg.connect(owner, autocommit=True) as connection:
        connection.execute("drop table if exists peer")
        connection.execute("create table peer (like voice_bill including all)")
        held = io.BytesIO()
        with connection.cursor().copy("copy voice_bill to stdout (format binary)") as out:
            for block in out:
                held.write(block)
        began = time.monotonic()
        with connection.cursor().copy("copy peer from stdin (format binary)") as into:
            into.write(held.getvalue())
        return time.monotonic() - began


def main() -> int:
    """Sets up, measures once (a month is billed once), takes down."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--lines", type=int, default=1_000_000)
    wanted = arguments.parse_args()
    with served.own_hall() as url:
        from onehall.contexts.voice.models import Bill
        from onehall.entrances.console import home
        from onehall.foundation.embedded import Server
        from onehall.runs.bill_month import bill_month

        owner = Server(home.path()).superuser_url().rsplit("/", 1)[0] + "/onehall"
        open_hall(url, baskets=1, homes=1)
        fill(owner, wanted.lines)
        began = time.monotonic()
        written = bill_month(at=datetime.now(UTC))
        ours = time.monotonic() - began
        assert written == Bill.objects.count() == wanted.lines
        floor = min(copied(owner) for _ in range(3))
    verdict = "gate held" if ours <= GATE * floor else "GATE BROKEN"
    print(
        f"{wanted.lines:,} lines billed in {ours:.1f} s, COPY {floor:.1f} s: {ours / floor:.1f} × ({verdict}); {machine()}"
    )
    add(
        Row(
            f"month of {wanted.lines:,} telephone lines",
            f"{ours:.1f} s",
            "",
            f"{floor:.1f} s",
            f"≤ {GATE} × COPY",
            verdict,
        )
    )
    return 0 if ours <= GATE * floor else 1


if __name__ == "__main__":
    sys.exit(main())
