"""开始受理 Begin to serve a customer: one open basket at this counter (ORD-01, ORD-12)."""

from datetime import datetime

from onehall.contexts.customers import api as customers
from onehall.contexts.orders import api as orders
from onehall.foundation.audit import record
from onehall.foundation.database import transaction
from onehall.foundation.outbox import publish
from onehall.foundation.policy.services import policy_book
from onehall.foundation.scopes import Actor, NotFound
from onehall.foundation.values.ids import PartyId


def open_basket(*, party_id: PartyId, by: Actor, at: datetime) -> orders.Basket:
    """The basket for this customer at the actor's counter, the one that stands or a new one."""
    with transaction():
        by.require("basket.edit")
        if by.counter_id is None:
            raise NotFound(what="您的台席（请在台席登录）", what_en="Your counter (sign in at a counter)")
        customers.card(party_id, scope=by.scope)
        book = policy_book(hall_id=by.hall_id, at=at)
        basket = orders.open_basket(
            hall_id=by.hall_id,
            counter_id=by.counter_id,
            party_id=party_id,
            policy_version=book.version,
            by=by,
            at=at,
        )
        if basket.opened_at == at:
            record(
                action="basket.opened",
                subject="basket",
                subject_id=basket.id,
                hall_id=by.hall_id,
                by=by,
                at=at,
                rule="ORD-01",
                details={"party": party_id, "counter": by.counter_id},
            )
            publish(topic="basket.changed", hall_id=by.hall_id, at=at, payload={"basket": basket.id})
    return basket
