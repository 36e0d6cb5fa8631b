"""改数量 Another quantity of a service in the basket, priced anew by the rules in force (ORD-01, FEE-02)."""

from datetime import datetime

from onehall.contexts.orders import api as orders
from onehall.foundation.audit import record
from onehall.foundation.database import transaction
from onehall.foundation.outbox import publish
from onehall.foundation.policy import PolicyBook
from onehall.foundation.policy.services import policy_book
from onehall.foundation.scopes import Actor, NotFound
from onehall.foundation.values.ids import BasketId, ItemId
from onehall.steps import basket as baskets
from onehall.steps.written import Wanted, priced


def change_quantity(
    *, basket_id: BasketId, item_id: ItemId, quantity: int, by: Actor, at: datetime
) -> orders.Basket:
    """The basket with the item priced for `quantity`. NotFound where the item is gone or is not sold by number."""
    with transaction():
        by.require("basket.edit")
        book = policy_book(hall_id=by.hall_id, at=at)
        item = _item(orders.basket(basket_id=basket_id, scope=by.scope), item_id)
        dwelling = item.draft.dwelling_id
        if item.draft.business not in baskets.BY_NUMBER or dwelling is None:
            raise NotFound(what="可以改数量的项目", what_en="An item sold by number")
        rest = baskets.take_out_of_basket(basket_id=basket_id, item_id=item_id, by=by, at=at)
        wanted = Wanted(dwelling, item.draft.offering, item.draft.business, max(1, quantity))
        draft = priced(wanted, basket=rest, by=by, at=at)
        baskets.put_into_basket(basket_id=basket_id, draft=draft, book=book, by=by, at=at)
        _announce(rest, draft, book, by, at)
        return orders.basket(basket_id=basket_id, scope=by.scope)


def _announce(
    basket: orders.Basket, draft: orders.ItemDraft, book: PolicyBook, by: Actor, at: datetime
) -> None:
    record(
        action="basket.quantity_changed", subject="basket", subject_id=basket.id, hall_id=basket.hall_id, by=by, at=at,
        rule="FEE-02", policy_version=book.version,
        details={"business": draft.business, "quantity": draft.quantity, "fen": draft.amount.fen},
    )  # fmt: skip
    publish(topic="basket.changed", hall_id=basket.hall_id, at=at, payload={"basket": basket.id})


def _item(basket: orders.Basket, item_id: ItemId) -> orders.Item:
    found = next((item for item in basket.items if item.id == item_id), None)
    if found is None:
        raise NotFound(what="受理单里的这一项", what_en="This item of the basket")
    return found
