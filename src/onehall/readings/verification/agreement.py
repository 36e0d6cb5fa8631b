"""Whether two sides agree, told from one pass over each table: a sum of keyed marks a side, and no row is joined to compare.

A row's mark is a 64-bit hash of what the other side must show too, under a key drawn for this run: two sides with the same sum
hold the same rows, but for one chance in 2^60, which nobody can seek who does not know the key. Where a batch or an account
is to sum up, its amounts are weighed with its mark instead, twice. What does not agree is then looked for row by row, so that
a false alarm costs time only.
"""

# ruff: noqa: S608 - statements of our own text; the key goes as a parameter
import secrets
from collections.abc import Mapping

from onehall.foundation.database import fetch_all
from onehall.foundation.scopes import Scope
from onehall.steps.basket import BRING_A_TERM

MOST_FEN = 2**32 - 1  # structural: a weight of 31 bits times this stays within 63 bits


def _mark(*numbers: str, text: tuple[str, ...] = ()) -> str:
    """SQL of the hash of whole numbers below 2^51 and of texts, each chained to the one before. NULL where one is NULL.

    By way of float8, whose hash takes in all bits; that of an integer folds its halves together. The half keeps zero away,
    which would leave the chain as it is.
    """
    chain = "%(key)s::bigint"
    for number in numbers:
        chain = f"hashfloat8extended(({number})::float8 + 0.5, {chain})"
    for one in text:
        chain = f"hashtextextended({one}, {chain})"
    return chain


def _marks(name: str, *numbers: str, text: tuple[str, ...] = (), where: str = "true") -> str:
    return f"coalesce(sum({_mark(*numbers, text=text)}) filter (where {where}), 0) as {name}"


def _weighed(name: str, amount: str, of: str, where: str = "true") -> str:
    """Two sums, of amounts times one and the other half of the mark."""
    within = f"({where}) and abs({amount}) <= {MOST_FEN}"
    halves = {"": f"({of} >> 33)", "2": f"(({of} << 31) >> 33)"}
    return ", ".join(
        f"coalesce(sum({half} * ({amount})) filter (where {within}), 0) as {name}{nth}"
        for nth, half in halves.items()
    )


_SOLD = f"o.kind in {BRING_A_TERM}"
_PASSES: Mapping[str, str] = {
    "leg": f"""
        select {_weighed("balance", "g.amount", _mark("g.batch_id"))},
               {_weighed("debit", "g.amount", _mark("g.batch_id"), "g.amount > 0 and x.id is null")},
               {_weighed("earned", "g.amount", _mark("g.batch_id", text=("g.account",)), "g.means = '' and x.id is null")},
               {_marks("moved", "g.batch_id", "g.amount", text=("g.means",), where="g.means <> '' and x.id is null")},
               count(*) filter (where abs(g.amount) > {MOST_FEN}) as huge
        from pub_ledger_leg g left join (select id from pub_ledger_batch where kind <> 'payment') x on x.id = g.batch_id""",
    "payment": f"""
        select {_weighed("debit", "p.amount", _mark("p.batch_id"))},
               {_marks("settled", "p.basket_id", "p.amount")},
               {_marks("standing", "p.id", "p.amount", where="p.reversal_id is null")},
               count(*) filter (where p.amount > {MOST_FEN}) as huge
        from pub_ledger_payment p""",
    "taken": f"""
        select {_marks("moved", "t.batch_id", "t.amount", text=("t.means",))},
               {_marks("passed", "t.payment_id", "t.tendered", "t.change", "t.hall_id", "t.counter_id", "t.by_id", text=("t.means",))}
        from pub_ledger_taken t""",
    "entry": f"""
        select {_marks("passed", "e.payment_id", "e.received", "e.given", "e.hall_id", "e.counter_id", "e.by_id", text=("e.means",))}
        from pub_custody_entry e where e.kind = 'sale'""",
    "receipt": f"""
        select {_marks("standing", "r.payment_id", "r.amount", where="r.voided_at is null and d.receipt_id is null")},
               {_marks("paper", "r.id", "r.amount", text=("r.number",))},
               coalesce(sum({_mark("r.book_id", text=("r.number",))}), 0) + (
                   select coalesce(sum({_mark("x.book_id", text=("x.number",))}), 0) from pub_invoicing_red x) + (
                   select coalesce(sum({_mark("y.book_id", text=("y.number",))}), 0) from pub_numbers_spoilt y
                   where y.kind = 'receipt') as drawn
        from pub_ledger_receipt r left join (select receipt_id from pub_invoicing_red) d on d.receipt_id = r.id""",
    "spoiled": """
        select count(*) as wrong from pub_ledger_receipt r join pub_ledger_payment p on p.id = r.payment_id
        where r.voided_at is not null and r.amount <> p.amount""",
    "book": f"""
        select {_marks("drawn", "b.id", text=("b.prefix || lpad(b.n::text, greatest(b.width, length(b.n::text)), '0')",))}
        from (select id, prefix, width, generate_series(first, next - 1) as n from pub_numbers_book where kind = 'receipt') b""",
    "document": f"""
        select {_marks("paper", "d.subject_id", "d.amount_fen", text=("d.serial",))}
        from pub_documents_document d where d.subject = 'receipt' and d.kind = 'receipt'""",
    "basket": f"""
        select {_marks("settled", "b.id", "b.settled_fen")}
        from pub_orders_basket b where b.state = 'settled' and b.settled_fen > 0""",
    "item": f"""
        select {_marks("sold", "i.basket_id", "i.amount_fen")}
        from pub_orders_item i left join (select id from pub_orders_basket where state <> 'settled') x on x.id = i.basket_id
        where x.id is null""",
    "sale": f"""
        select {_marks("sold", "o.basket_id", "o.amount_fen")},
               {_marks("term", "o.id", "coalesce(o.subscription, -1)", "o.amount_fen", "(o.void_at is not null)::int", where=_SOLD)},
               {_weighed("earned", "-o.amount_fen", _mark("p.batch_id", text=("o.revenue_account",)))},
               count(*) filter (where abs(o.amount_fen) > {MOST_FEN}) as huge,
               count(*) filter (where o.subscription is not null and s.serial is distinct from o.serial) as strange
        from pub_orders_order o left join pub_ledger_payment p on p.basket_id = o.basket_id
        left join pub_subscriptions_line s on s.id = o.subscription""",
    "term": f"""
        select {_marks("term", "t.order_id", "t.subscription_id", "t.price_fen", "(t.cancelled_at is not null)::int")}
        from pub_subscriptions_term t where t.order_id is not null""",
}  # fmt: skip
# What holds where each pair of sums is the same, by the name that a check asks for; "" is nothing at all.
_AGREEMENTS: Mapping[str, tuple[tuple[str, str], ...]] = {
    "balance": (("leg.balance", ""), ("leg.balance2", ""), ("leg.huge", "")),
    "posted": (("leg.debit", "payment.debit"), ("leg.debit2", "payment.debit2"), ("leg.huge", ""), ("payment.huge", "")),
    "moved": (("leg.moved", "taken.moved"),),
    "earned": (("leg.earned", "sale.earned"), ("leg.earned2", "sale.earned2"), ("leg.huge", ""), ("sale.huge", "")),
    "settled": (("payment.settled", "basket.settled"),),
    "standing": (("payment.standing", "receipt.standing"),),
    "amount": (("payment.standing", "receipt.standing"), ("spoiled.wrong", "")),
    "passed": (("taken.passed", "entry.passed"),),
    "drawn": (("receipt.drawn", "book.drawn"),),
    "paper": (("receipt.paper", "document.paper"),),
    "sold": (("item.sold", "sale.sold"),),
    "line": (("sale.strange", ""),),
    "term": (("sale.term", "term.term"),),
}  # fmt: skip
NAMES = frozenset(_AGREEMENTS)
STATEMENT = " union all ".join(
    f"select '{name}' as side, to_jsonb(one) as sums from ({text}) as one" for name, text in _PASSES.items()
)
"""One statement, hence one moment for all sides: a hall that goes on selling raises no alarm. Parameter `key`."""


def agreeing(*, scope: Scope) -> frozenset[str]:
    """Names of the agreements that hold over all halls; none for who sees some of them only."""
    if scope.hall_list is not None:
        return frozenset()
    rows = fetch_all(STATEMENT, {"key": secrets.randbits(62)})
    sums = {f"{row['side']}.{name}": value for row in rows for name, value in row["sums"].items()} | {"": 0}
    return frozenset(
        name for name, pairs in _AGREEMENTS.items() if all(sums[one] == sums[other] for one, other in pairs)
    )
