"""After the kills: what the counters were told against what the books say, and that everything else came to rest."""

import subprocess
import time
from collections.abc import Iterator, Sequence
from typing import Any

import psycopg
from psycopg.rows import dict_row

from bench.tills import FIRST
from chaos.hall import Hall
from chaos.told import ShiftTold, Told

_REST_SECONDS = 30.0

# One row a basket that a counter had in line, with everything that a sale writes.
_BASKETS = """
    with sold as (
        select o.basket_id as basket, count(*) as orders, count(v.order_id) as void_orders,
               count(*) filter (where o.kind = 'renewal') as renewals,
               count(*) filter (where o.kind in ('collection', 'handset', 'value_added')) as goods,
               count(*) filter (where o.kind = 'deposit') as deposits,
               count(t.id) as terms, count(t.cancelled_at) as cancelled_terms,
               count(c.id) + count(h.id) + count(w.id) as handed_out,
               count(c.given_back_at) + count(h.returned_at) + count(w.ended_at) as handed_back,
               count(d.id) as deposited, count(k.id) as taken_back,
               coalesce(jsonb_agg(jsonb_build_array(o.kind, coalesce(c.reference, h.serial, '')))
                        filter (where o.kind in ('collection', 'handset', 'value_added')), '[]') as what
        from orders_serviceorder o
        left join orders_ordervoid v on v.order_id = o.id
        left join subscriptions_term t on t.order_id = o.id
        left join goods_collected c on c.order_id = o.id and o.kind = 'collection'
        left join goods_handset h on h.order_id = o.id
        left join goods_addon w on w.order_id = o.id
        left join balances_movement d on d.kind = 'deposit' and d.reference = o.id
        left join balances_movement k on k.kind = 'taken_back' and k.reference = o.id
        group by 1),
    tendered as (select payment_id as payment, count(*) as parts, jsonb_object_agg(means, amount) as means from ledger_tender group by 1),
    charged as (
        select u.payment_id as payment, coalesce(sum(c.amount), 0)::bigint as used from acquiring_chargeuse u
        join acquiring_charge c on c.id = u.charge_id group by 1),
    drawn as (
        select reference as payment, -sum(amount) filter (where kind = 'spent')::bigint as spent,
               coalesce(sum(amount) filter (where kind = 'put_back'), 0)::bigint as put_back
        from balances_movement where kind in ('spent', 'put_back') group by 1)
    select b.id, b.state, b.settled_fen, p.id as payment, p.amount,
           (select count(*) from ledger_payment x where x.basket_id = b.id) as payments,
           (select array_agg(r.number order by r.turn) from ledger_receipt r where r.payment_id = p.id) as numbers,
           (select count(*) from ledger_receipt r join ledger_receiptvoid v on v.receipt_id = r.id
            where r.payment_id = p.id) as void_receipts,
           (select count(*) from documents_document d join ledger_receipt r on r.id = d.subject_id
            where d.subject = 'receipt' and r.payment_id = p.id) as papers,
           (select count(*) from custody_drawerentry e where e.payment_id = p.id and e.kind = 'sale') as sales,
           (select count(*) from custody_drawerentry e where e.payment_id = p.id and e.kind = 'refund') as refunds,
           (select count(*) from orders_basketitem i where i.basket_id = b.id) as items,
           coalesce(s.orders, 0) as orders, coalesce(s.void_orders, 0) as void_orders, coalesce(s.renewals, 0) as renewals,
           coalesce(s.terms, 0) as terms, coalesce(s.cancelled_terms, 0) as cancelled_terms,
           coalesce(s.goods, 0) as goods, coalesce(s.handed_out, 0) as handed_out, coalesce(s.handed_back, 0) as handed_back,
           coalesce(s.deposits, 0) as deposits, coalesce(s.deposited, 0) as deposited, coalesce(s.taken_back, 0) as taken_back,
           coalesce(s.what, '[]') as what, coalesce(t.parts, 0) as parts, coalesce(t.means, '{}') as means,
           coalesce(c.used, 0) as used, coalesce(d.spent, 0) as spent, coalesce(d.put_back, 0) as put_back,
           (select count(*) from ledger_reversal v where v.payment_id = p.id) as reversals,
           (select count(*) from audit_auditentry a
            where a.subject = 'payment' and a.subject_id = p.id::text and a.action = 'payment.taken') as lines,
           (select count(*) from audit_auditentry a where a.subject = 'payment' and a.subject_id = p.id::text
            and a.action in ('sale.voided', 'sale.reversed')) as void_lines,
           (select count(*) from idempotency_intent i
            where i.key = p.intent and (i.result->>'payment_id')::bigint = p.id) as intents
    from orders_basket b
    left join ledger_payment p on p.basket_id = b.id
    left join sold s on s.basket = b.id
    left join tendered t on t.payment = p.id
    left join charged c on c.payment = p.id
    left join drawn d on d.payment = p.id
    where b.id >= %s or b.id = any(%s) or p.at > now() - interval '1 day'
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
_ONCE = {
    "payments": "", "papers": "", "lines": "", "intents": "", "sales": "parts", "orders": "items", "terms": "renewals",
    "handed_out": "goods", "deposited": "deposits",
}  # fmt: skip
"""What a sale writes once, or as often as it has parts, items and so on."""
_UNDONE = {
    "void_receipts": "", "void_lines": "", "refunds": "parts", "void_orders": "orders", "cancelled_terms": "renewals",
    "handed_back": "goods", "taken_back": "deposits", "put_back": "spent",
}  # fmt: skip
"""Likewise when it is undone."""

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


def rows(hall: Hall, sql: str, parameters: Sequence[Any] | None = None) -> list[dict[str, Any]]:
    """What the database says, asked as its owner."""
    url = hall.server.superuser_url().rsplit("/", 1)[0] + "/onehall"
    with psycopg.connect(url, row_factory=dict_row) as connection:
        return connection.execute(sql, parameters).fetchall()


def sessions(hall: Hall) -> int:
    """How many sign-ins the hall knows."""
    return int(rows(hall, "select count(*) as n from identity_session")[0]["n"])


def at_rest(hall: Hall) -> Iterator[str]:
    """Waits until announcements are out, the trail is sealed and no transaction stands open; what does not come to rest."""
    deadline = time.monotonic() + _REST_SECONDS
    while True:
        try:
            (row,) = rows(hall, _REST)
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
    found = {row["id"]: row for row in rows(hall, _BASKETS, [FIRST, [one.basket for one in told]])}
    for one in told:
        row = found.pop(one.basket, None)
        if row is None:
            yield f"basket {one.basket} is gone"
            continue
        for fault in (*half_done(row), *not_as_told(one, row)):
            yield f"counter {one.counter}, basket {one.basket}: {fault}; told {one}, found {row}"
    for row in found.values():
        if row["payment"] is not None:
            yield f"basket {row['id']} was paid and nobody had sold it"
    for row in rows(hall, _ORDER):
        yield f"receipt {row['number']} was written before the number in front of it"
    leaked = sessions(hall) - sessions_before
    if leaked:
        yield f"{leaked} sessions more than before"
    yield from _verified(hall)


def half_done(row: dict[str, Any]) -> Iterator[str]:
    """What of a sale is there and should not be, or the other way round."""
    sold = int(row["payment"] is not None)
    for name, each in _ONCE.items():
        wanted = sold * (row[each] if each else 1)
        if row[name] != wanted:
            yield f"{row[name]} {name} where there should be {wanted}"
    if (row["state"] == "settled") != bool(sold) or (sold and row["settled_fen"] != row["amount"]):
        yield f"basket {row['state']} over {row['settled_fen']}, paid {row['amount']}"
    if len(row["numbers"] or ()) != sold:
        yield f"receipts {row['numbers']}"
    for name, each in _UNDONE.items():
        if row[name] != row["reversals"] * (row[each] if each else 1):
            yield f"{row[name]} {name}, {row['reversals']} reversals"
    means = row["means"]
    elsewhere = sum(fen for name, fen in means.items() if name not in ("cash", "prepaid"))
    if (row["used"], row["spent"]) != (elsewhere, means.get("prepaid", 0)) or sum(means.values()) != (
        row["amount"] or 0
    ):
        yield f"charges over {row['used']} and {row['spent']} of the balance used, paid {means}"


def not_as_told(one: Told, row: dict[str, Any]) -> Iterator[str]:
    """Where the books say something else than the counter was told."""
    if one.paid and row["amount"] != one.fen:
        yield "the counter was told that it is paid"
    if one.paid and row["means"] != one.means:
        yield f"the counter was paid by {one.means}"
    if row["payment"] and sorted(map(tuple, row["what"])) != sorted(one.goods):
        yield f"the counter sold {one.goods}"
    if row["payment"] and row["deposits"] != int(bool(one.deposit)):
        yield f"the counter took {one.deposit} onto the balance"
    if one.number and row["numbers"] != [one.number]:
        yield f"the counter read receipt {one.number}"
    if one.payment and row["payment"] != one.payment:
        yield f"the counter read payment {one.payment}"
    if one.voided is not None and bool(row["reversals"]) != one.voided:
        yield f"the counter was told voided={one.voided}"
    if row["reversals"] and not one.asked_void:
        yield "nobody had asked to void it"


def shifts(hall: Hall, told: Sequence[ShiftTold], *, tills: int) -> Iterator[str]:
    """Where drawers, their confirmations and bags are not what the counters were told."""
    found = {row["id"]: row for row in rows(hall, _DRAWERS)}
    for one in told:
        yield from (
            f"drawer {one.drawer}: {fault}; told {one}" for fault in shift_faults(one, found.get(one.drawer))
        )
    sure = sum(one.opened is True for one in told)
    asked = sum(one.confirmed is True for one in told)
    if not sure <= len(found) - tills <= asked:
        yield f"{len(found) - tills} drawers were opened anew; {sure} were told so, {asked} may be"


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
