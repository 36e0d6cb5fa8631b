"""出受理单 Issue the one acceptance form of a basket, before or after it is paid; asked again, the same paper (ORD-02, ORD-14)."""

from datetime import datetime

from onehall.contexts.orders import api as orders
from onehall.foundation.database import transaction
from onehall.foundation.documents.contracts import Document
from onehall.foundation.scopes import Actor
from onehall.foundation.values.ids import BasketId
from onehall.steps.signing import form_of


def issue_acceptance_form(*, basket_id: BasketId, by: Actor, at: datetime) -> Document:
    """The stored form. Before payment it is made anew while the basket still changes; once paid or signed it stands."""
    with transaction():
        by.require("document.print")
        basket = orders.basket(basket_id=basket_id, scope=by.scope)
        return form_of(basket, by=by, at=at)
