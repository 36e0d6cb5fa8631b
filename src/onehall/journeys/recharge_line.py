"""电话充值 Put a recharge of any sum for the customer's telephone line into the basket at this counter (BIL-02, ORD-01)."""

from datetime import datetime
from uuid import UUID

from onehall.contexts.catalogue import api as catalogue
from onehall.contexts.orders import api as orders
from onehall.contexts.voice import api as voice
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
from onehall.steps.recharging import OFFERING, RECHARGE, drafted_recharge, line_of_customer


def recharge_line(
    *, party_id: PartyId, line_id: int, amount: Money, intent: UUID, by: Actor, at: datetime
) -> orders.Basket:
    """It counts on the line when the basket is paid. The same intent again puts nothing in twice (ORD-13).

    Raises TopUpRefused for a closed line or a sum beyond the limits, NotFound for somebody else's line, CounterLacksCapability.
    """
    with transaction():
        by.require("telephone.recharge")
        body = {"party": party_id, "line": line_id, "fen": amount.fen}
        attempt = once(key=intent, journey="recharge_line", by=by, body=body, at=at)
        if attempt.result is not None:
            return orders.basket(basket_id=BasketId(attempt.result["basket"]), scope=by.scope)
        party_id = served_here(party_id, by=by, at=at)
        book = policy_book(hall_id=by.hall_id, at=at)
        line, subscription = line_of_customer(line_id, party_id, at=at, scope=by.scope)
        voice.check_top_up(
            line.state, amount=amount, least=book[voice.LEAST_TOP_UP].fen, most=book[voice.MOST_TOP_UP].fen
        )
        check_business(RECHARGE, by=by)
        basket = basket_here(party_id, policy_version=book.version, by=by, at=at)
        offering = catalogue.offering_on_sale(OFFERING, at=at, scope=by.scope)
        draft = drafted_recharge(line, subscription, amount, offering)
        put_into_basket(basket_id=basket.id, draft=draft, book=book, by=by, at=at)
        _announce(basket, line, amount, book, by, at)
        attempt.finish({"basket": basket.id})
        return orders.basket(basket_id=basket.id, scope=by.scope)


def _announce(
    basket: orders.Basket, line: voice.Line, amount: Money, book: PolicyBook, by: Actor, at: datetime
) -> None:
    record(
        action="basket.item_added", subject="basket", subject_id=basket.id, hall_id=basket.hall_id, by=by, at=at, rule="BIL-02",
        policy_version=book.version, details={"party": basket.party_id, "business": RECHARGE, "line": line.id, "fen": amount.fen},
    )  # fmt: skip
    publish(topic="basket.changed", hall_id=basket.hall_id, at=at, payload={"basket": basket.id})
