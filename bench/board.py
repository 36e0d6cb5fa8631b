"""The board over 1,000,000 orders of one hall: the charts' figures and the list, page by page.

    python -m bench.board [--orders 1000000] [--rounds 200] [--keep]

Orders are spread over three years, filled by SQL into a database of the benchmark's own; every name is invented. Gate: p99 of each
reading < 300 ms. The floor is one order by its number.
"""

import argparse
import os
import random
import sys
import tempfile
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from bench import search as other
from bench.harness import machine

GATE = 300.0
DAYS = 1095
_FILL = """
set session_replication_role = replica;
insert into identity_user (id, staff_no, name, password, is_active, language, must_change, failed_attempts)
    values (1, '0001', '李敏', '!', true, 'zh', false, 0);
insert into customers_party (id, kind, name, name_keys, initials, name_pinyin, registered_hall_id, registered_at, by_id)
    select n, 'individual', '王' || n, '{{}}', 'w', 'wang', 1, now(), 1 from generate_series(1, 1000) n;
insert into orders_basket (id, hall_id, counter_id, party_id, by_id, state, policy_version, opened_at, settled_at,
                           settled_by_id, settled_fen)
    select n, 1, 1, 1 + n %% 1000, 1, 'settled', 1, at - interval '1 second' * (30 + n %% 400), at, 1, 88000
    from (select n, %(now)s - interval '1 second' * ({days} * 86400.0 * n / %(orders)s) as at
          from generate_series(1, %(orders)s) n) as made;
insert into orders_serviceorder (id, hall_id, basket_id, line, kind, offering, price_version, name_zh, name_en, quantity,
        amount_fen, revenue_account, party_id, subscription, serial, details, policy_version, accepted_at, by_id)
    select id, 1, id, 1, 'renewal', 'bb20-year', 1, '续费', 'Renewal', 1, 88000, 'broadband', party_id, null,
           'S' || id, '{{}}', 1, settled_at, 1 from orders_basket;
insert into orders_ordercompletion (order_id, at, by_id)
    select id, accepted_at, 1 from orders_serviceorder where id > 600;
insert into orders_orderarchive (order_id, at, by_id)
    select id, accepted_at, 1 from orders_serviceorder where id > 6000;
insert into orders_ordervoid (order_id, at, by_id, reason)
    select id, accepted_at, 1, 'bench' from orders_serviceorder where id %% 97 = 0;
insert into ledger_payment (id, {payment})
    select id, {paid} from orders_basket;
vacuum analyze
"""


def fill(orders: int, now: datetime) -> None:
    """A million orders with baskets, states and payments, without the checks that a sale would pass."""
    from django.db import connection

    columns = {
        "hall_id": "1", "counter_id": "1", "basket": "id", "party": "party_id", "amount": "88000", "at": "settled_at",
        "by_id": "1", "recorded_at": "settled_at", "business": "'renewal'", "intent": "gen_random_uuid()",
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(
            "select column_name from information_schema.columns where table_name = 'ledger_payment'"
            " and is_nullable = 'NO' and column_default is null and is_identity = 'NO'"
        )
        needed = [name for (name,) in cursor.fetchall() if name != "id"]
        cursor.execute(
            "select attname from pg_attribute where attrelid = 'ledger_payment'::regclass and attnum > 0"
        )
        known = {name for (name,) in cursor.fetchall()}
        chosen = {name: value for name, value in columns.items() if name in known}
        chosen |= {name: "id" for name in needed if name not in chosen}
        text = _FILL.format(days=DAYS, payment=", ".join(chosen), paid=", ".join(chosen.values()))
        for statement in text.split(";\n"):
            cursor.execute(statement, {"orders": orders, "now": now})


def readings(now: datetime, rounds: int) -> dict[str, list[Any]]:
    """What is measured, by name: each a list of calls with different arguments."""
    from onehall.contexts.orders import api as orders
    from onehall.foundation.scopes import Scope
    from onehall.foundation.values.ids import HallId, OrderId
    from onehall.readings.orders_board import handling_times, orders_by_day, orders_listed, orders_of_day

    luck, scope, hall = random.Random(other.SEED), Scope.operator(), HallId(1)
    calls: dict[str, list[Any]] = {}

    def span(days: int) -> dict[str, Any]:
        end = now - timedelta(days=luck.randrange(DAYS - days))
        return {"hall_id": hall, "start": end - timedelta(days=days), "end": end, "scope": scope}

    def page_after(state: str, days: int) -> Any:
        given = span(days)
        after = f"{(given['end'] - timedelta(hours=luck.randrange(days * 24))).isoformat()}~{2**40}"
        return partial(orders_listed, **given, state=state, after=after, limit=51)

    for days in (1, 7, 30, 90):
        calls[f"figures, {days} days"] = [partial(orders_by_day, **span(days)) for _ in range(rounds)]
        calls[f"handling, {days} days"] = [partial(handling_times, **span(days)) for _ in range(rounds)]
    for state in ("", "archived", "void", "open"):
        calls[f"list {state or 'all'}, 90 days"] = [page_after(state, 90) for _ in range(rounds)]
    calls["list of the slow, 90 days"] = [
        partial(orders_listed, **span(90), slow=180, limit=51) for _ in range(rounds)
    ]
    calls["list of the slow, 90 days, none"] = [
        partial(orders_listed, **span(90), slow=9_000, limit=51) for _ in range(rounds)
    ]
    calls["a day to draw from"] = [partial(orders_of_day, **span(1)) for _ in range(rounds)]
    calls["floor: one order"] = [
        partial(orders.order, order_id=OrderId(luck.randrange(1, 10_000)), scope=scope) for _ in range(rounds)
    ]
    return calls


def report(orders: int, rounds: int, now: datetime) -> int:
    """Prints the table; 1 when the gate does not hold."""
    print(f"the board over {orders:,} orders, milliseconds · {machine()}")
    print(f"{'':30}{'n':>6}{'p50':>9}{'p99':>9}{'max':>9}")
    worst = 0.0
    for name, calls in readings(now, rounds).items():
        for call in calls[:3]:
            call()
        taken = [other.timed(call) for call in calls]
        p99 = other.percentile(taken, 0.99)
        worst = max(worst, 0.0 if name.startswith("floor") else p99)
        print(f"{name:30}{len(taken):6}{other.percentile(taken, 0.5):9.2f}{p99:9.2f}{max(taken):9.2f}")
    print(f"worst p99 {worst:.1f} ms (gate {GATE:.0f}): {'gate held' if worst < GATE else 'GATE BROKEN'}")
    return 0 if worst < GATE else 1


def main() -> int:
    """Builds what is missing, measures, reports."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--orders", type=int, default=1_000_000)
    arguments.add_argument("--rounds", type=int, default=200)
    arguments.add_argument("--keep", action="store_true")
    wanted = arguments.parse_args()
    other.DATABASE = "onehall_bench_board"
    from onehall.foundation.embedded import Server

    server = Server(Path(tempfile.mkdtemp(prefix="onehall-bench-board-")), durable=False)
    server.start()
    os.environ["DATABASE_URL"] = server.superuser_url()  # rows are filled in without the checks of a sale
    try:
        return measured(wanted)
    finally:
        server.stop()


def measured(wanted: argparse.Namespace) -> int:
    """The database made, filled and measured."""
    with other.database(keep=wanted.keep) as url:
        os.environ.update(
            DATABASE_URL=url, DJANGO_SETTINGS_MODULE="onehall.config.settings", ONEHALL_KEYS="deterministic"
        )
        import django
        from django.core.management import call_command

        django.setup()
        from onehall.foundation.database import fetch_one

        call_command("migrate", verbosity=0)
        now = datetime.now(UTC)
        if not (fetch_one("select count(*) as n from orders_serviceorder") or {"n": 0})["n"]:
            fill(wanted.orders, now)
        return report(wanted.orders, wanted.rounds, now)


if __name__ == "__main__":
    sys.exit(main())
