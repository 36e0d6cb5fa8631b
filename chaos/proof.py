"""After the kills: what the counters were told against what the books say, and that everything else came to rest."""

import subprocess
import time
from collections.abc import Iterator, Sequence
from typing import Any

import psycopg
from psycopg.rows import dict_row

from bench.tills import FIRST, TILLS
from chaos.counters import Told
from chaos.hall import Hall
from chaos.shifts import ShiftTold

_REST_SECONDS = 30.0

# One row a basket that a counter had in line, with everything that a sale writes.
_BASKETS = """
    select b.id, b.state, b.settled_fen, p.id as payment, p.amount,
           (select count(*) from ledger_payment x where x.basket_id = b.id) as payments,
           (select array_agg(r.number order by r.turn) from ledger_receipt r where r.payment_id = p.id) as numbers,
           (select count(*) from ledger_receipt r join ledger_receiptvoid v on v.receipt_id = r.id
            where r.payment_id = p.id) as void_receipts,
           (select count(*) from documents_document d join ledger_receipt r on r.id = d.subject_id
            where d.subject = 'receipt' and r.payment_id = p.id) as papers,
           (select count(*) from custody_drawerentry e where e.payment_id = p.id and e.kind = 'sale') as sales,
           (select count(*) from custody_drawerentry e where e.payment_id = p.id and e.kind = 'refund') as refunds,
           (select count(*) from orders_serviceorder o where o.basket_id = b.id) as orders,
           (select count(*) from orders_serviceorder o join orders_ordervoid v on v.order_id = o.id
            where o.basket_id = b.id) as void_orders,
           (select count(*) from orders_serviceorder o join subscriptions_term t on t.order_id = o.id
            where o.basket_id = b.id) as terms,
           (select count(*) from orders_serviceorder o join subscriptions_term t on t.order_id = o.id
            where o.basket_id = b.id and t.cancelled_at is not null) as cancelled_terms,
           (select count(*) from ledger_reversal v where v.payment_id = p.id) as reversals,
           (select count(*) from audit_auditentry a
            where a.subject = 'payment' and a.subject_id = p.id::text and a.action = 'payment.taken') as lines,
           (select count(*) from audit_auditentry a
            where a.subject = 'payment' and a.subject_id = p.id::text and a.action = 'sale.voided') as void_lines,
           (select count(*) from idempotency_intent i
            where i.key = p.intent and (i.result->>'payment_id')::bigint = p.id) as intents
    from orders_basket b left join ledger_payment p on p.basket_id = b.id
    where b.id >= %s
"""
_DRAWERS = """
    select d.id, (d.handed_in_at is not null)::int as handed_in,
           (select count(*) from custody_drawerstep s where s.drawer_id = d.id and s.kind = 'confirmed') as confirmed,
           (select c.amount from custody_drawerstep s join custody_drawercount c on c.id = s.count_id
            where s.drawer_id = d.id and s.kind = 'confirmed') as counted,
           (select count(*) from banking_bagdrawer b where b.drawer_id = d.id) as bagged
    from custody_drawersession d
"""
_NOTE = 10_000
_ONCE = ("payments", "papers", "sales", "orders", "terms", "lines", "intents")
_UNDONE = ("void_receipts", "refunds", "void_orders", "cancelled_terms", "void_lines")

# The book's row is locked until the commit: who drew the later number also wrote the later receipt.
_ORDER = """
    select number, id, before from (
        select number, id, lag(id) over (partition by book_id order by number) as before from ledger_receipt) r
    where before > id order by number limit 5
"""
_REST = """
    select (select count(*) from outbox_outboxevent where taken_at is null) as waiting,
           (select count(*) from audit_unsealed) as unsealed,
           (select count(*) from pg_stat_activity where datname = 'onehall' and state like 'idle in transaction%') as open
"""


def _rows(hall: Hall, sql: str, parameters: Sequence[Any] | None = None) -> list[dict[str, Any]]:
    url = hall.server.superuser_url().rsplit("/", 1)[0] + "/onehall"
    with psycopg.connect(url, row_factory=dict_row) as connection:
        return connection.execute(sql, parameters).fetchall()


def sessions(hall: Hall) -> int:
    """How many sign-ins the hall knows."""
    return int(_rows(hall, "select count(*) as n from identity_session")[0]["n"])


def at_rest(hall: Hall) -> Iterator[str]:
    """Waits until announcements are out, the trail is sealed and no transaction stands open; what does not come to rest."""
    deadline = time.monotonic() + _REST_SECONDS
    while True:
        try:
            (row,) = _rows(hall, _REST)
        except psycopg.OperationalError as error:  # the last kill may have been the database's
            row = {"database": str(error)}
        if not any(row.values()):
            return
        if time.monotonic() > deadline:
            yield from (f"after {_REST_SECONDS:.0f} s still {name}: {n}" for name, n in row.items() if n)
            return
        time.sleep(0.2)


def findings(hall: Hall, told: Sequence[Told], *, sessions_before: int) -> Iterator[str]:
    """Everything that was lost, doubled, half done or out of number."""
    rows = {row["id"]: row for row in _rows(hall, _BASKETS, [FIRST])}
    for one in told:
        row = rows.pop(one.basket, None)
        if row is None:
            yield f"basket {one.basket} is gone"
            continue
        for fault in (*half_done(row), *not_as_told(one, row)):
            yield f"counter {one.counter}, basket {one.basket}: {fault}; told {one}, found {row}"
    for row in rows.values():
        if row["payment"] is not None:
            yield f"basket {row['id']} was paid and nobody had sold it"
    for row in _rows(hall, _ORDER):
        yield f"receipt {row['number']} was written before the number in front of it"
    leaked = sessions(hall) - sessions_before
    if leaked:
        yield f"{leaked} sessions more than before"
    yield from _verified(hall)


def half_done(row: dict[str, Any]) -> Iterator[str]:
    """What of a sale is there and should not be, or the other way round."""
    sold = row["payment"] is not None
    for name in _ONCE:
        if row[name] != int(sold):
            yield f"{row[name]} {name} where there should be {int(sold)}"
    if (row["state"] == "settled") != sold or (sold and row["settled_fen"] != row["amount"]):
        yield f"basket {row['state']} over {row['settled_fen']}, paid {row['amount']}"
    if len(row["numbers"] or ()) != int(sold):
        yield f"receipts {row['numbers']}"
    for name in _UNDONE:
        if row[name] != row["reversals"]:
            yield f"{row[name]} {name}, {row['reversals']} reversals"


def not_as_told(one: Told, row: dict[str, Any]) -> Iterator[str]:
    """Where the books say something else than the counter was told."""
    if one.paid and row["amount"] != one.fen:
        yield "the counter was told that it is paid"
    if one.number and row["numbers"] != [one.number]:
        yield f"the counter read receipt {one.number}"
    if one.payment and row["payment"] != one.payment:
        yield f"the counter read payment {one.payment}"
    if one.voided is not None and bool(row["reversals"]) != one.voided:
        yield f"the counter was told voided={one.voided}"
    if row["reversals"] and not one.asked_void:
        yield "nobody had asked to void it"


def shifts(hall: Hall, told: Sequence[ShiftTold]) -> Iterator[str]:
    """Where drawers, their confirmations and bags are not what the counters were told."""
    rows = {row["id"]: row for row in _rows(hall, _DRAWERS)}
    for one in told:
        yield from (
            f"drawer {one.drawer}: {fault}; told {one}" for fault in shift_faults(one, rows.get(one.drawer))
        )
    sure = sum(one.opened is True for one in told)
    asked = sum(one.confirmed is True for one in told)
    if not sure <= len(rows) - TILLS <= asked:
        yield f"{len(rows) - TILLS} drawers were opened anew; {sure} were told so, {asked} may be"


def shift_faults(one: ShiftTold, row: dict[str, Any] | None) -> Iterator[str]:
    """What of a drawer's end is missing, or was done twice."""
    if not one.drawer:
        return
    if row is None:
        yield "it is gone"
        return
    for name, answered in (
        ("handed_in", one.handed_in),
        ("confirmed", one.confirmed),
        ("bagged", one.bagged),
    ):
        if row[name] > 1 or (answered and row[name] != 1):
            yield f"{row[name]} {name}"
    if row["confirmed"] and row["counted"] != one.notes * _NOTE:
        yield f"counted {row['counted']}"


def _verified(hall: Hall) -> Iterator[str]:
    done: subprocess.CompletedProcess[str] = hall.console("verify")
    if done.returncode:
        yield f"onehall verify: {done.stdout[-3000:]}{done.stderr[-3000:]}"
