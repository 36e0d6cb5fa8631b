"""预存 Put a deposit on the customer's own balance into the basket at this counter (PAY-03, ORD-01)."""

from datetime import datetime
from uuid import UUID

from onehall.contexts.balances import api as balances
from onehall.contexts.catalogue import api as catalogue
from onehall.contexts.ledger import api as ledger
from onehall.contexts.orders import api as orders
from onehall.foundation.audit import record
from onehall.foundation.database import transaction
from onehall.foundation.idempotency import once
from onehall.foundation.outbox import publish
from onehall.foundation.policy import PolicyBook
from onehall.foundation.policy.services import policy_book
from onehall.foundation.scopes import Actor
from onehall.foundation.values.ids import BasketId, PartyId
from onehall.foundation.values.money import Money
from onehall.steps.at_counter import basket_here, check_business, served_here
from onehall.steps.basket import put_into_basket
from onehall.steps.prepaying import DEPOSIT, OFFERING, drafted_deposit


def deposit_balance(
    *, party_id: PartyId, amount: Money, intent: UUID, by: Actor, at: datetime
) -> orders.Basket:
    """It counts when the basket is paid. The same intent again puts nothing in twice (ORD-13).

    Raises MeansNotOpen where no balances are kept here, BalanceRefused beyond the policy's limits, CounterLacksCapability.
    """
    with transaction():
        by.require("basket.edit")
        body = {"party": party_id, "fen": amount.fen}
        attempt = once(key=intent, journey="deposit_balance", by=by, body=body, at=at)
        if attempt.result is not None:
            return orders.basket(basket_id=BasketId(attempt.result["basket"]), scope=by.scope)
        party_id = served_here(party_id, by=by, at=at)
        book = policy_book(hall_id=by.hall_id, at=at)
        means = book[ledger.OPEN_MEANS]
        ledger.check_open(ledger.Means.PREPAID, means)
        balances.check_deposit(amount, least=book[balances.LEAST_DEPOSIT], most=book[balances.MOST_DEPOSIT])
        check_business(DEPOSIT, by=by)
        basket = basket_here(party_id, policy_version=book.version, by=by, at=at)
        offering = catalogue.offering_on_sale(OFFERING, at=at, scope=by.scope)
        put_into_basket(basket_id=basket.id, draft=drafted_deposit(amount, offering), book=book, by=by, at=at)
        _announce(basket, amount, book, by, at)
        attempt.finish({"basket": basket.id})
        return orders.basket(basket_id=basket.id, scope=by.scope)


def _announce(basket: orders.Basket, amount: Money, book: PolicyBook, by: Actor, at: datetime) -> None:
    record(
        action="basket.item_added", subject="basket", subject_id=basket.id, hall_id=basket.hall_id, by=by, at=at, rule="PAY-03",
        policy_version=book.version, details={"party": basket.party_id, "business": DEPOSIT, "fen": amount.fen},
    )  # fmt: skip
    publish(topic="basket.changed", hall_id=basket.hall_id, at=at, payload={"basket": basket.id})
