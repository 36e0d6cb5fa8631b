"""加入受理单 Put a service into the customer's basket at this counter, priced and judged by the rules in force (ORD-01, ORD-05)."""

from datetime import datetime
from uuid import UUID

from onehall.contexts.customers import api as customers
from onehall.contexts.orders import api as orders
from onehall.foundation.audit import record
from onehall.foundation.database import transaction
from onehall.foundation.idempotency import once
from onehall.foundation.outbox import publish
from onehall.foundation.policy import PolicyBook
from onehall.foundation.policy.services import policy_book
from onehall.foundation.scopes import Actor
from onehall.foundation.values.ids import BasketId, PartyId, PremisesId
from onehall.steps import basket as baskets
from onehall.steps import papers_due
from onehall.steps.at_counter import basket_here, check_business, served_here
from onehall.steps.household import LineChange, LineWanted
from onehall.steps.written import Wanted, priced


def add_item(
    *, party_id: PartyId, dwelling_id: PremisesId, offering: str, business: str, quantity: int, by: Actor, at: datetime,
    intent: UUID | None = None, to: PremisesId | None = None, line: LineWanted | None = None,
    change: LineChange | None = None,
) -> orders.Basket:  # fmt: skip
    """The basket with the item in it; the first item opens the basket. Of a paper form the day it was written counts.
    The same intent again puts nothing in twice (ORD-13). `to` is where a move takes the line (CHG-04), `line` the telephone line that is sold (ORD-08)
    or the number wanted instead, `change` what is to be changed of a telephone line (CHG-06).

    Raises whatever rule refuses it, with its source and an alternative; CounterLacksCapability names the right counter.
    """
    with transaction():
        by.require("basket.edit")
        wanted = Wanted(dwelling_id, offering, business, quantity, to, line, change)
        body = {"party": party_id, **wanted.told()}
        attempt = once(key=intent, journey="add_item", by=by, body=body, at=at) if intent else None
        if attempt is not None and attempt.result is not None:
            return orders.basket(basket_id=BasketId(attempt.result["basket"]), scope=by.scope)
        party_id = served_here(party_id, by=by, at=at, mandate=customers.Mandate.ORDER)
        book = policy_book(hall_id=by.hall_id, at=at)
        check_business(business, by=by)
        basket = basket_here(party_id, policy_version=book.version, by=by, at=at)
        draft = priced(wanted, basket=basket, by=by, at=at)
        draft = papers_due.marked(
            draft, party_id=party_id, basket_id=basket.id, book=book, at=at, scope=by.scope
        )
        baskets.put_into_basket(basket_id=basket.id, draft=draft, book=book, by=by, at=at)
        _announce(basket, draft, book, by, at)
        if attempt is not None:
            attempt.finish({"basket": basket.id})
        return orders.basket(basket_id=basket.id, scope=by.scope)


def _announce(
    basket: orders.Basket, draft: orders.ItemDraft, book: PolicyBook, by: Actor, at: datetime
) -> None:
    given = {"party": basket.party_id, "business": draft.business, "offering": draft.offering}
    record(
        action="basket.item_added", subject="basket", subject_id=basket.id, hall_id=basket.hall_id, by=by, at=at,
        rule=draft.rules[0] if draft.rules else "ORD-01", policy_version=book.version,
        details={**given, "fen": draft.amount.fen, "quantity": draft.quantity},
    )  # fmt: skip
    publish(topic="basket.changed", hall_id=basket.hall_id, at=at, payload={"basket": basket.id})
