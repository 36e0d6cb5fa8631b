"""A telephone recharge's way from the basket to the line, and back when its sale is undone (BIL-02, LED-03)."""

from collections.abc import Sequence
from datetime import datetime

from onehall.contexts.catalogue import api as catalogue
from onehall.contexts.customers import api as customers
from onehall.contexts.orders import api as orders
from onehall.contexts.subscriptions import api as subscriptions
from onehall.contexts.voice import api as voice
from onehall.foundation.policy import PolicyBook
from onehall.foundation.scopes import Actor, NotFound, Scope
from onehall.foundation.values.ids import PartyId, SubscriptionId
from onehall.foundation.values.money import Money
from onehall.foundation.values.text import Text
from onehall.steps.telephone_stops import stop_or_resume

RECHARGE = "recharge"
"""The kind of business."""
OFFERING = "telephone-recharge"
_SOURCE = "order"
_ALL = Scope.operator()


def drafted_recharge(
    line: voice.Line, subscription: subscriptions.Subscription, amount: Money, offering: catalogue.Offering
) -> orders.ItemDraft:
    """The recharge as it stands in a basket: any sum, on the account that prepaid balances are kept on."""
    number = line.state.number
    name = Text(f"{offering.name.zh} {number}", f"{offering.name.en} {number}")
    return orders.ItemDraft(
        business=RECHARGE, offering=OFFERING, price_version=0, name=name, quantity=1, amount=amount,
        revenue_account=offering.revenue_account, dwelling_id=subscription.dwelling_id, subscription_id=subscription.id,
        rules=("BIL-02",), details={"line": line.id, "serial": subscription.serial},
    )  # fmt: skip


def line_of_customer(
    line_id: int, party_id: PartyId, *, at: datetime, scope: Scope
) -> tuple[voice.Line, subscriptions.Subscription]:
    """A line that belongs to this customer, and its subscription. Raises NotFound for anybody else's."""
    line = voice.line_by_id(line_id, at=at, scope=scope)
    subscription = subscriptions.subscription(subscription_id=line.subscription, scope=scope)
    if customers.root(subscription.party_id, scope=scope) != customers.root(party_id, scope=scope):
        raise NotFound(what="这位客户的这个号码", what_en="This number of this customer")
    return line, subscription


def recharge_lines(*, sold: Sequence[orders.Order], book: PolicyBook, by: Actor, at: datetime) -> None:
    """Each paid recharge counts on its line, once, under its order's number; a line that was stopped works again at once (BIL-02).

    Raises TopUpRefused for a line that was closed since the recharge was put into the basket.
    """
    for order in _of(sold):
        line = order.details["line"]
        voice.hold_line(line=line)
        voice.check_in_use(voice.line_by_id(line, at=at, scope=_ALL).state)
        voice.top_up(line=line, source=_SOURCE, reference=str(order.id), amount=order.amount, at=at)
        stop_or_resume(line, stop=False, book=book, by=by, at=at)


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
