"""A telephone recharge's way from the basket to the line, and back when its sale is undone (BIL-02, LED-03)."""

from collections.abc import Sequence
from datetime import datetime

from onehall.contexts.customers import api as customers
from onehall.contexts.orders import api as orders
from onehall.contexts.subscriptions import api as subscriptions
from onehall.contexts.voice import api as voice
from onehall.foundation.scopes import Scope
from onehall.foundation.values.ids import SubscriptionId

RECHARGE = "recharge"
"""The kind of business."""
OFFERING = "telephone-recharge"
_SOURCE = "order"
_ALL = Scope.operator()


def recharge_lines(*, sold: Sequence[orders.Order], at: datetime) -> None:
    """Each paid recharge counts on its line, once, under its order's number."""
    for order in _of(sold):
        voice.top_up(
            line=order.details["line"], source=_SOURCE, reference=str(order.id), amount=order.amount, at=at
        )


def take_back_recharges(*, voided: Sequence[orders.Order], at: datetime, scope: Scope) -> None:
    """What was not used yet goes back with its sale. Raises TopUpRefused where calls have used some of it."""
    for order in _of(voided):
        voice.check_take_back(left=voice.balance(order.details["line"], scope=scope), amount=order.amount)
        voice.take_back_top_up(source=_SOURCE, reference=str(order.id), at=at)


def _of(some: Sequence[orders.Order]) -> list[orders.Order]:
    return [order for order in some if order.business == RECHARGE]


def lines_of_customer(subscription_id: int, *, at: datetime) -> tuple[voice.Line, ...]:
    """The telephone lines in use of whoever has this subscription, whichever record of theirs they stand under."""
    known = subscriptions.subscription(subscription_id=SubscriptionId(subscription_id), scope=_ALL)
    root = customers.root(known.party_id, scope=_ALL)
    held = [
        int(one.id)
        for member in customers.groups([root], scope=_ALL)[root]
        for one in subscriptions.subscriptions_of(party_id=member, scope=_ALL)
    ]
    return tuple(line for line in voice.lines_of(held, at=at, scope=_ALL) if not line.state.closed)
