"""Baskets of online counters that nobody is about to pay any more: paid ones are to be booked, others given up (decision 0063)."""

from onehall.foundation.database import fetch_all
from onehall.foundation.scopes import Scope
from onehall.foundation.values.ids import BasketId

_READY = """
    select b.id from pub_organisation_online_counter o join pub_orders_basket b on b.counter_id = o.counter_id and b.state = 'open'
    where (%(halls)s::bigint[] is null or o.hall_id = any(%(halls)s)) and not exists (
        select from pub_acquiring_charge c where c.basket_id = b.id and c.state in ('asked', 'waiting'))
    order by b.id limit %(limit)s
"""


def baskets_to_settle(*, limit: int, scope: Scope) -> tuple[BasketId, ...]:
    """The oldest first."""
    return tuple(BasketId(row["id"]) for row in fetch_all(_READY, {"halls": scope.hall_list, "limit": limit}))
