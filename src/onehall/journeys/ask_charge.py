"""收单 Write down that a customer is to pay part of a basket by telephone; the provider is asked after the commit (PAY-03)."""

from datetime import datetime
from uuid import UUID

from onehall.contexts.acquiring import api as acquiring
from onehall.contexts.custody import api as custody
from onehall.contexts.ledger import api as ledger
from onehall.contexts.orders import api as orders
from onehall.foundation.audit import record
from onehall.foundation.database import transaction
from onehall.foundation.idempotency import once
from onehall.foundation.outbox import publish
from onehall.foundation.policy import PolicyBook
from onehall.foundation.policy.services import policy_book
from onehall.foundation.scopes import Actor
from onehall.foundation.values.ids import BasketId, CounterId
from onehall.foundation.values.money import Money
from onehall.steps.papers_due import check_complete


def ask_charge(
    *, basket_id: BasketId, provider: acquiring.Provider, way: acquiring.Way, amount: Money | None, intent: UUID, by: Actor,
    at: datetime,
) -> tuple[acquiring.Charge, bool]:  # fmt: skip
    """The charge, and whether it is new: only then the provider is to be asked. Without an `amount` over all that is left.

    Nothing is asked of a customer that could not be settled: the basket is open and complete, a drawer is open, the means is
    taken here. Raises NoOpenDrawer, BasketNotOpen, PapersDue, MeansNotOpen, ChargeRefused.
    """
    with transaction():
        by.require("payment.take")
        body = {"basket": basket_id, "provider": provider, "way": way, "fen": amount.fen if amount else None}
        attempt = once(key=intent, journey="ask_charge", by=by, body=body, at=at)
        if attempt.result is not None:
            return acquiring.charge(attempt.result["charge"], scope=by.scope), False
        book = policy_book(hall_id=by.hall_id, at=at, version=by.policy_version)
        counter, basket = _checked(basket_id, provider, book, by)
        charge = acquiring.ask_charge(
            basket=basket_id, due=basket.total, counter=counter, provider=provider, way=way, amount=amount, intent=intent,
            book=book, by=by, at=at,
        )  # fmt: skip
        attempt.finish({"charge": charge.id})
        _announce(charge, book, by, at)
    return charge, True


def _checked(
    basket_id: BasketId, provider: acquiring.Provider, book: PolicyBook, by: Actor
) -> tuple[CounterId, orders.Basket]:
    """The counter where the money will lie, and the basket, which could be settled now."""
    means = book[ledger.OPEN_MEANS]
    ledger.check_open(ledger.Means(provider.value), means)
    counter = _own_counter(by)
    basket = orders.basket(basket_id=basket_id, scope=by.scope)
    if basket.state is not orders.BasketState.OPEN:
        raise orders.BasketNotOpen(state=basket.state)
    check_complete([item.draft for item in basket.items], scope=by.scope)
    return counter, basket


def _announce(charge: acquiring.Charge, book: PolicyBook, by: Actor, at: datetime) -> None:
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
