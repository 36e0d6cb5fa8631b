"""`onehall verify` over as many postings as wanted: each sale with its two postings, receipt, drawer entry, order, term and paper.

    python -m bench.verify [--postings 200000] [--rounds 3]

One customer is served by the journeys; every other sale is that sale's rows with other ids and numbers, set-based.
Floor: counting the rows of the same tables, one sequential scan each. Peer: the same questions asked through the ORM,
payment by payment, over a sample, extrapolated. Gate: linear, 6 µs a posting: 10 million postings in a minute.
The audit chain is timed beside it, for it is hashed line by line.
"""

import argparse
import re
import sys
import time
from collections.abc import Callable
from typing import Any

import psycopg
from psycopg import sql

from bench import served
from bench.harness import alternate, machine
from bench.table import Row, add
from bench.tills import open_hall

MOST_SECONDS_PER_POSTING = 6e-6
SAMPLE = 300
START = 10_000_000
MANY = 1_000
ROWS = re.compile(r"rows=(\d+)")
PAPER = "'V' || lpad(n::text, 8, '0')"
AGO = "interval '9 years'"
# Each table of a sale with what differs from the first sale's row; `n` counts sales, `t` = START + n is every new id.
SALES: tuple[tuple[str, str, dict[str, str]], ...] = (
    ("ledger_batch", "p.id = {batch}", {"id": "t"}),
    ("ledger_posting", "p.batch_id = {batch}", {"id": "2 * t + (p.amount < 0)::int", "batch_id": "t"}),
    ("ledger_payment", "p.id = {payment}", {"id": "t", "intent": "gen_random_uuid()", "basket_id": "t", "batch_id": "t"}),
    ("ledger_tender", "p.payment_id = {payment}", {"id": "t", "payment_id": "t"}),
    ("ledger_receipt", "p.payment_id = {payment}", {"id": "t", "payment_id": "t", "number": PAPER, "book_id": "{book}"}),
    ("custody_drawerentry", "p.payment_id = {payment}", {"id": "t", "payment_id": "t"}),
    ("orders_basket", "p.id = {basket}", {"id": "t"}),
    ("orders_basketitem", "p.basket_id = {basket}", {"id": "t", "basket_id": "t"}),
    ("orders_serviceorder", "p.basket_id = {basket}", {"id": "t", "basket_id": "t"}),
    ("subscriptions_term", "p.order_id = {order}", {"id": "t", "order_id": "t", "starts_at": f"p.starts_at - {AGO}", "expires_at": f"p.expires_at - {AGO}"}),
    ("documents_document", "p.subject = 'receipt' and p.subject_id = {receipt}", {"id": "t", "code": "'V' || lpad(n::text, 11, '0')", "subject_id": "t", "serial": PAPER}),
)  # fmt: skip


def fill(url: str, sales: int) -> None:
    """Copies the one real sale; without triggers and indexes in the way, as a superuser may."""
    with psycopg.connect(url, autocommit=True) as connection:
        ids = _first_sale(connection)
        connection.execute("set session_replication_role = replica")
        ids["book"] = _book(connection, sales)
        dropped = _without_indexes(connection)
        connection.execute("alter table subscriptions_term drop constraint subscriptions_term_no_overlap")
        for table, own, other in SALES:
            began = time.monotonic()
            changed = {column: value.format(**ids) for column, value in other.items()}
            connection.execute(_insert(connection, table, own.format(**ids), changed, sales))
            print(f"  {table}: {time.monotonic() - began:.0f} s", file=sys.stderr, flush=True)
        for definition in dropped:
            connection.execute(definition)
        connection.execute("vacuum (analyze)")


def _insert(connection: Any, table: str, where: str, changed: dict[str, str], sales: int) -> Any:
    """Every column of the row as it is, except those in `changed`."""
    columns = [
        row[0]
        for row in connection.execute(
            "select attname from pg_attribute where attrelid = %s::regclass and attnum > 0 and not attisdropped"
            " order by attnum",
            [table],
        )
    ]
    wanted = ", ".join(changed.get(column, f'p."{column}"') for column in columns)
    return (
        f"insert into {table} select {wanted} from {table} p,"
        f" lateral (select n, n + {START} as t from generate_series(0, {sales - 1}) n) s where {where}"
    )


def _first_sale(connection: Any) -> dict[str, int]:
    row = connection.execute(
        "select p.id, p.batch_id, p.basket_id, r.id, o.id, o.subscription from ledger_payment p"
        " join ledger_receipt r on r.payment_id = p.id join orders_serviceorder o on o.basket_id = p.basket_id"
        " order by p.id limit 1"
    ).fetchone()
    return dict(zip(("payment", "batch", "basket", "receipt", "order", "line"), row, strict=True))


def _book(connection: Any, sales: int) -> int:
    """One book that holds all copied receipts."""
    (book,) = connection.execute(
        "insert into numbers_book (kind, hall_id, counter_id, prefix, width, first, last, next, issued_at)"
        " select kind, hall_id, counter_id, 'V', 8, 0, %(n)s, %(n)s, issued_at from numbers_book limit 1 returning id",
        {"n": sales},
    ).fetchone()
    return int(book)


def _without_indexes(connection: Any) -> list[str]:
    """Drops the secondary indexes of the copied tables; how to build them again. The reading needs none of them."""
    rows = connection.execute(
        "select i.indexrelid::regclass::text, pg_get_indexdef(i.indexrelid) from pg_index i"
        " where i.indrelid = any(%s::regclass[]) and not i.indisprimary"
        " and not exists (select 1 from pg_constraint c where c.conindid = i.indexrelid)",
        [[table for table, *_ in SALES]],
    ).fetchall()
    for name, _ in rows:
        connection.execute(f"drop index {name}")
    return [str(definition) for _, definition in rows]


def ours() -> tuple[float, list[tuple[float, str]]]:
    """Seconds for all checks, and of each. Stops where something is found: the copies must agree."""
    from onehall.foundation.scopes import Scope
    from onehall.readings.verification import run_checks, totals

    began, parts = time.monotonic(), []
    totals(scope=Scope.operator())
    last = time.monotonic()
    parts.append((last - began, "counting"))
    for result in run_checks(scope=Scope.operator()):
        if result.faults:
            raise SystemExit(f"the copies do not agree: {result}")
        parts.append((time.monotonic() - last, result.check.title.en))
        last = time.monotonic()
    return last - began, parts


def loops() -> list[str]:
    """Checks whose plan goes through many rows one by one: it would not stay linear."""
    from onehall.foundation.database import fetch_all
    from onehall.readings.verification import CHECKS, SETTINGS

    found = []
    for name, value in SETTINGS.items():
        fetch_all("select set_config(%(name)s, %(value)s, false)", {"name": name, "value": value})
    for check in CHECKS:
        plan = fetch_all(f"explain {check.statement}", {"halls": None, "at_most": 10})
        lines = [str(line["QUERY PLAN"]) for line in plan]
        many = [line for line in lines if "Nested Loop" in line and int(ROWS.findall(line)[0]) > MANY]
        found += [f"{check.title.en}: {line.strip()}" for line in many]
    return found


def floor(url: str) -> float:
    """Seconds to look at every row of the same tables once."""
    began = time.monotonic()
    with psycopg.connect(url) as connection:
        for table, *_ in SALES:
            connection.execute(sql.SQL("select count(*) from {}").format(sql.Identifier(table)))
    return time.monotonic() - began


def peer(sales: int) -> float:
    """Seconds that asking for each payment through the ORM would take for all of them, from a sample."""
    from onehall.contexts.custody.models import DrawerEntry
    from onehall.contexts.ledger.models import Payment, Posting, Receipt
    from onehall.contexts.orders.models import Basket, ServiceOrder
    from onehall.contexts.subscriptions.models import Term

    began = time.monotonic()
    for payment in Payment.objects.order_by("-id")[:SAMPLE]:
        assert sum(posting.amount for posting in Posting.objects.filter(batch_id=payment.batch_id)) == 0
        assert Receipt.objects.get(payment_id=payment.pk).amount == payment.amount
        assert sum(e.amount for e in DrawerEntry.objects.filter(payment_id=payment.pk)) == payment.amount
        assert Basket.objects.get(pk=payment.basket_id).settled_fen == payment.amount
        for order in ServiceOrder.objects.filter(basket_id=payment.basket_id):
            assert Term.objects.filter(order_id=order.pk).count() == 1
    return (time.monotonic() - began) / SAMPLE * sales


def chain(sales: int) -> float:
    """Lines of the audit trail proved a second."""
    from onehall.foundation import audit
    from onehall.foundation.database import fetch_all, transaction

    fetch_all(
        "with line as (insert into audit_auditentry (at, hall_id, user_id, session_id, request_id, action, subject, subject_id,"
        " rule, policy_version, details) select at, hall_id, user_id, session_id, request_id, action, subject, subject_id, rule,"
        " policy_version, details from (select * from audit_auditentry order by id desc limit 1) e, generate_series(1, %(n)s)"
        " returning id, hall_id) insert into audit_unsealed select id, hall_id from line",
        {"n": sales},
    )
    sealed = 1
    while sealed:
        with transaction():
            sealed = audit.seal(limit=10_000)
    began = time.monotonic()
    verdict = audit.verify()
    assert verdict.sound
    return verdict.lines / (time.monotonic() - began)


def measure(url: str, owner: str, *, postings: int, rounds: int) -> int:
    """Prints the table; 1 where the gate does not hold."""
    sales = postings // 2
    open_hall(url, baskets=16, homes=16)
    fill(owner, sales)
    slowest: list[list[tuple[float, str]]] = []

    def run() -> float:
        seconds, parts = ours()
        slowest.append(parts)
        return seconds

    runs: dict[str, Callable[[], float]] = {
        "verify": run,
        "floor": lambda: floor(url),
        "peer": lambda: peer(sales),
    }
    compared = alternate(runs, rounds=rounds)
    took, least, theirs = (compared.median(name) for name in runs)
    for seconds, title in sorted(slowest[-1], reverse=True)[:8]:
        print(f"  {seconds:7.2f} s  {title}")
    for loop in loops():
        print(f"  NOT LINEAR {loop}")
    lines = chain(min(sales, 100_000))
    each = took / postings
    verdict = "gate held" if each <= MOST_SECONDS_PER_POSTING else "GATE BROKEN"
    print(
        f"{postings:,} postings: verify {took:.1f} s ({each * 1e6:.1f} µs a posting), counting {least:.2f} s,"
        f" row by row {theirs:.0f} s; {lines:,.0f} audit lines a second; {machine()}"
    )
    add(Row(f"verify, {postings:,} postings", f"{took:.1f} s", f"{theirs:.0f} s", f"{least:.2f} s",
            f"≤ {MOST_SECONDS_PER_POSTING * 1e6:.0f} µs a posting", verdict))  # fmt: skip
    return 0 if each <= MOST_SECONDS_PER_POSTING else 1


def main() -> int:
    """Sets up, measures, takes down."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--postings", type=int, default=200_000)
    arguments.add_argument("--rounds", type=int, default=3)
    wanted = arguments.parse_args()
    with served.own_hall() as url:
        from onehall.entrances.console import home
        from onehall.foundation.embedded import Server

        owner = Server(home.path()).superuser_url().rsplit("/", 1)[0] + "/onehall"
        return measure(url, owner, postings=wanted.postings, rounds=wanted.rounds)


if __name__ == "__main__":
    sys.exit(main())
