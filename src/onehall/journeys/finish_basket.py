"""办结 Finish a basket that costs nothing: orders, changes and work orders, all or nothing; no payment, no receipt (ORD-01, RCP-01)."""

from datetime import datetime
from uuid import UUID

from onehall.contexts.orders import api as orders
from onehall.foundation.audit import record
from onehall.foundation.database import transaction
from onehall.foundation.idempotency import once
from onehall.foundation.outbox import publish
from onehall.foundation.policy.services import policy_book
from onehall.foundation.scopes import Actor, NotFound
from onehall.foundation.values.ids import BasketId
from onehall.foundation.values.money import Money
from onehall.steps import papers_due
from onehall.steps.settlement import deliver
from onehall.steps.signing import check_signed
from onehall.steps.work import issue_work


def finish_basket(*, basket_id: BasketId, intent: UUID, by: Actor, at: datetime) -> orders.Basket:
    """The basket, settled for nothing. AmountDiffers where something is to be paid; the same intent again changes nothing (ORD-13).

    A payment may be signed for afterwards; here nothing else says what the customer wanted, so that SignatureDue comes first (ORD-02).

    Raises also what the services in it refuse, BasketSettled, BasketNotOpen, PapersDue.
    """
    with transaction():
        by.require("basket.edit")
        attempt = once(key=intent, journey="finish_basket", by=by, body={"basket": basket_id}, at=at)
        if attempt.result is not None:
            return orders.basket(basket_id=basket_id, scope=by.scope)
        if by.counter_id is None:
            raise NotFound(what="您的台席（请在台席登录）", what_en="Your counter (sign in at a counter)")
        book = policy_book(hall_id=by.hall_id, at=at, version=by.policy_version)
        settlement = orders.settle_basket(basket_id=basket_id, amount=Money.zero(), by=by, at=at)
        papers_due.check_complete(settlement.orders, scope=by.scope)
        check_signed(basket_id, scope=by.scope)
        delivered = deliver(settlement=settlement, book=book, by=by, at=at)
        issue_work(party_id=settlement.party_id, work=delivered.work, book=book, by=by, at=at)
        attempt.finish({"basket": basket_id})
        record(
            action="basket.finished", subject="basket", subject_id=basket_id, hall_id=by.hall_id, by=by, at=at, rule="ORD-01",
            policy_version=book.version, details={"orders": [order.id for order in settlement.orders]},
        )  # fmt: skip
        publish(topic="basket.changed", hall_id=by.hall_id, at=at, payload={"basket": basket_id})
        return orders.basket(basket_id=basket_id, scope=by.scope)
