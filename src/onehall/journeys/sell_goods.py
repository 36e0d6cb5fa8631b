"""代收、代售 Put a handset, a third party's service or money collected for somebody else into the basket at this counter (CAT-11, ORD-01)."""

from dataclasses import asdict
from datetime import datetime
from uuid import UUID

from onehall.contexts.customers import api as customers
from onehall.contexts.orders import api as orders
from onehall.foundation.audit import record
from onehall.foundation.database import transaction
from onehall.foundation.idempotency import once
from onehall.foundation.outbox import publish
from onehall.foundation.policy.services import policy_book
from onehall.foundation.scopes import Actor
from onehall.foundation.values.ids import BasketId, PartyId
from onehall.steps.at_counter import basket_here, check_business, served_here
from onehall.steps.basket import put_into_basket
from onehall.steps.goods import GoodsWanted, drafted_goods
from onehall.steps.written import moment_of, stamped


def sell_goods(
    *, party_id: PartyId, wanted: GoodsWanted, intent: UUID, by: Actor, at: datetime
) -> orders.Basket:
    """It is the customer's, and the principal's, once the basket is paid. The same intent again puts nothing in twice (ORD-13).

    Raises what `drafted_goods` raises, ItemRepeated, and CounterLacksCapability.
    """
    with transaction():
        by.require("goods.sell")
        body = {"party": party_id, **asdict(wanted), "amount": wanted.amount.fen}
        attempt = once(key=intent, journey="sell_goods", by=by, body=body, at=at)
        if attempt.result is not None:
            return orders.basket(basket_id=BasketId(attempt.result["basket"]), scope=by.scope)
        party_id = served_here(party_id, by=by, at=at, mandate=customers.Mandate.ORDER)
        version = policy_book(hall_id=by.hall_id, at=at).version
        basket = basket_here(party_id, policy_version=version, by=by, at=at)
        moment = moment_of(basket, by=by, at=at)
        draft = drafted_goods(wanted, party_id=party_id, book=moment.book, at=moment.at, scope=by.scope)
        check_business(draft.business, by=by)
        put_into_basket(basket_id=basket.id, draft=stamped(draft, moment), book=moment.book, by=by, at=at)
        _announce(basket, draft, moment.book.version, by, at)
        attempt.finish({"basket": basket.id})
        return orders.basket(basket_id=basket.id, scope=by.scope)


def _announce(basket: orders.Basket, draft: orders.ItemDraft, version: int, by: Actor, at: datetime) -> None:
    details = {
        "party": basket.party_id,
        "business": draft.business,
        "offering": draft.offering,
        "fen": draft.amount.fen,
    }
    record(
        action="basket.item_added", subject="basket", subject_id=basket.id, hall_id=basket.hall_id, by=by, at=at, rule="CAT-11",
        policy_version=version, details=details,
    )  # fmt: skip
    publish(topic="basket.changed", hall_id=basket.hall_id, at=at, payload={"basket": basket.id})
