"""A service that costs nothing and is done while the customer stands there: its order is made at once (SEC-05)."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from onehall.contexts.orders.contracts import BasketState, ItemDraft, Order, OrderState
from onehall.contexts.orders.models import Basket, BasketItem, ServiceOrder
from onehall.foundation.database import in_transaction
from onehall.foundation.scopes import Actor, NotFound
from onehall.foundation.values.ids import PartyId, PremisesId, SubscriptionId
from onehall.foundation.values.money import Money
from onehall.foundation.values.text import Text


@in_transaction
def order_for_nothing(
    *, party_id: PartyId, business: str, name: Text, rule: str, details: Mapping[str, Any], policy_version: int, by: Actor,
    at: datetime, dwelling_id: PremisesId | None = None, subscription_id: SubscriptionId | None = None, serial: str = "",
) -> Order:  # fmt: skip
    """A basket of its own with this one line, settled for 0: it gets a form and a signature like any other (ORD-02).

    A basket that is open for the customer meanwhile stays open. NotFound away from a counter.
    """
    if by.counter_id is None:
        raise NotFound(what="您的台席（请在台席登录）", what_en="Your counter (sign in at a counter)")
    draft = ItemDraft(
        business=business, offering=business, price_version=0, name=name, quantity=1, amount=Money.zero(),
        revenue_account="", dwelling_id=dwelling_id, subscription_id=subscription_id, rules=(rule,), details=dict(details),
    )  # fmt: skip
    basket = Basket.objects.create(
        hall_id=by.hall_id, counter_id=by.counter_id, party_id=party_id, by_id=by.user_id, state=BasketState.SETTLED,
        policy_version=policy_version, opened_at=at, settled_at=at, settled_by_id=by.user_id, settled_fen=0,
    )  # fmt: skip
    columns = BasketItem.columns_of(draft)
    BasketItem.objects.create(basket=basket, line=1, put_at=at, by_id=by.user_id, **columns)
    for only_of_items in ("period_start", "period_end", "rules"):
        columns.pop(only_of_items)
    order = ServiceOrder.objects.create(
        hall_id=by.hall_id, basket=basket, line=1, party_id=party_id, serial=serial, policy_version=policy_version,
        accepted_at=at, by_id=by.user_id, **columns,
    )  # fmt: skip
    return order.as_contract(OrderState.ACCEPTED)
