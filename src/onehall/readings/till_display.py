"""What a counter shows its customer: the basket in service, or the payment just taken. No name, no account, no address."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from onehall.foundation.database import fetch_all, fetch_one
from onehall.foundation.scopes import Scope
from onehall.foundation.values.money import Money
from onehall.foundation.values.text import Text

_PAID = """
    select p.id, p.amount, sum(t.tendered)::bigint as tendered, sum(t.change)::bigint as change from pub_ledger_payment p
    join pub_ledger_tender t on t.payment_id = p.id
    where p.counter_id = %(counter)s and p.at > %(since)s and p.reversed_at is null
      and (%(halls)s::bigint[] is null or p.hall_id = any(%(halls)s))
    group by p.id, p.amount, p.at order by p.at desc, p.id desc limit 1
"""
_DUE = """
    select i.name_zh, i.name_en, i.quantity, i.amount_fen, i.basket_id from pub_orders_item i
    where i.basket_id = (
        select b.id from pub_orders_basket b
        where b.counter_id = %(counter)s and b.state = 'open'
          and (%(halls)s::bigint[] is null or b.hall_id = any(%(halls)s))
          and exists (select 1 from pub_orders_item x where x.basket_id = b.id)
        order by b.opened_at desc, b.id desc limit 1)
    order by i.line
"""


_CHARGED = """
    select coalesce(sum(amount), 0)::bigint as fen from pub_acquiring_charge
    where basket_id = %(basket)s and state = 'succeeded' and unsold
"""


@dataclass(frozen=True, slots=True)
class Shown:
    """One line of what is being bought."""

    name: Text
    quantity: int
    amount: Money


@dataclass(frozen=True, slots=True)
class TillDisplay:
    """`lines` while a basket is in service, `charged` of them by telephone already and `due` still to pay; `tendered` and
    `change` right after it was paid; neither: the greeting."""

    lines: tuple[Shown, ...]
    due: Money
    tendered: Money | None
    change: Money | None
    charged: Money


def till_display(*, counter_id: int, at: datetime, seconds: int, scope: Scope) -> TillDisplay:
    """The payment of the last `seconds` wins over an open basket, so that nobody misses their change."""
    facts = {"counter": counter_id, "since": at - timedelta(seconds=seconds), "halls": scope.hall_list}
    paid = fetch_one(_PAID, facts)
    if paid is not None:
        return TillDisplay(
            (), Money(paid["amount"]), Money(paid["tendered"]), Money(paid["change"]), Money.zero()
        )
    rows = fetch_all(_DUE, facts)
    lines = tuple(
        Shown(Text(row["name_zh"], row["name_en"]), row["quantity"], Money(row["amount_fen"])) for row in rows
    )
    charged = Money.zero()
    if rows and (heard := fetch_one(_CHARGED, {"basket": rows[0]["basket_id"]})):
        charged = Money(heard["fen"])
    return TillDisplay(lines, Money.total(line.amount for line in lines) - charged, None, None, charged)
