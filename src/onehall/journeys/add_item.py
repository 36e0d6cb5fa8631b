"""加入受理单 Put a service into the basket, priced and judged by the rules in force (ORD-01, ORD-05)."""

from datetime import datetime

from onehall.contexts.catalogue import api as catalogue
from onehall.contexts.orders import api as orders
from onehall.contexts.organisation import api as organisation
from onehall.foundation.audit import record
from onehall.foundation.database import transaction
from onehall.foundation.outbox import publish
from onehall.foundation.policy.services import policy_book
from onehall.foundation.scopes import Actor
from onehall.foundation.values.ids import BasketId, PremisesId
from onehall.steps import basket as baskets
from onehall.steps.household import read_situation


def add_item(
    *,
    basket_id: BasketId,
    dwelling_id: PremisesId,
    offering: str,
    business: str,
    quantity: int,
    by: Actor,
    at: datetime,
) -> orders.Item:
    """Adds the offering for this dwelling. Raises whatever rule refuses it, with its source and an alternative."""
    with transaction():
        by.require("basket.edit")
        basket = orders.basket(basket_id=basket_id, scope=by.scope)
        organisation.require_capability(basket.counter_id, business=[business], scope=by.scope)
        book = policy_book(hall_id=by.hall_id, at=at)
        situation = read_situation(
            party_id=basket.party_id, dwelling_id=dwelling_id, basket=basket, book=book, at=at, scope=by.scope
        )
        draft = baskets.price(
            situation=situation,
            offering=catalogue.offering_on_sale(offering, at=at, scope=by.scope),
            business=business,
            quantity=quantity,
        )
        item = baskets.put_into_basket(basket_id=basket_id, draft=draft, book=book, by=by, at=at)
        record(
            action="basket.item_added",
            subject="basket",
            subject_id=basket_id,
            hall_id=basket.hall_id,
            by=by,
            at=at,
            rule=draft.rules[0] if draft.rules else "",
            policy_version=book.version,
            details={
                "business": business,
                "offering": offering,
                "fen": draft.amount.fen,
                "quantity": quantity,
            },
        )
        publish(topic="basket.changed", hall_id=basket.hall_id, at=at, payload={"basket": basket_id})
    return item
