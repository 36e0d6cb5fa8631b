"""Whether a customer may be asked to pay by telephone or card now, and how it is announced (PAY-03)."""

from datetime import datetime

from onehall.contexts.acquiring import api as acquiring
from onehall.contexts.custody import api as custody
from onehall.contexts.ledger import api as ledger
from onehall.contexts.orders import api as orders
from onehall.foundation.audit import record
from onehall.foundation.outbox import publish
from onehall.foundation.policy import PolicyBook
from onehall.foundation.scopes import Actor
from onehall.foundation.values.ids import BasketId, CounterId
from onehall.steps.papers_due import check_complete


def check_chargeable(
    basket_id: BasketId, provider: acquiring.Provider, way: acquiring.Way, *, book: PolicyBook, by: Actor
) -> tuple[CounterId, orders.Basket]:
    """The counter where the money will lie, and the basket, which could be settled now.

    Raises NoOpenDrawer, BasketNotOpen, PapersDue, MeansNotOpen, ChargeRefused.
    """
    means, ways = book[ledger.OPEN_MEANS], book[acquiring.CARD_WAYS_OPEN]
    ledger.check_open(ledger.Means(provider.value), means)
    acquiring.check_way(way, open_ways=ways)
    counter = _own_counter(by)
    basket = orders.basket(basket_id=basket_id, scope=by.scope)
    if basket.state is not orders.BasketState.OPEN:
        raise orders.BasketNotOpen(state=basket.state)
    check_complete([item.draft for item in basket.items], scope=by.scope)
    return counter, basket


def tell_asked(charge: acquiring.Charge, *, book: PolicyBook, by: Actor, at: datetime) -> None:
    """On record, and announced."""
    record(
        action="charge.asked", subject="charge", subject_id=charge.id, hall_id=charge.hall, by=by, at=at, rule="PAY-03",
        policy_version=book.version,
        details={
            "number": charge.number, "fen": charge.amount.fen, "provider": charge.provider, "way": charge.way, "basket": charge.basket,
        },
    )  # fmt: skip
    publish(topic="charge.changed", hall_id=charge.hall, at=at, payload={"charge": charge.id})


def _own_counter(by: Actor) -> CounterId:
    """Where the clerk's own drawer is open (CSH-01)."""
    drawer = custody.drawer_of_clerk(by.user_id, scope=by.scope)
    if drawer is None or drawer.handed_in_at is not None or drawer.counter != by.counter_id:
        raise custody.NoOpenDrawer()
    return drawer.counter
