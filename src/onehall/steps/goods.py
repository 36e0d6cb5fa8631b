"""Goods and money of others: from the basket to the customer's hands, and back when the sale is undone (CAT-11)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from onehall.contexts.catalogue import api as catalogue
from onehall.contexts.customers import api as customers
from onehall.contexts.goods import api as goods
from onehall.contexts.orders import api as orders
from onehall.contexts.subscriptions import api as subscriptions
from onehall.foundation.policy import PolicyBook
from onehall.foundation.scopes import NotFound, Scope
from onehall.foundation.values.ids import OrderId, PartyId, SubscriptionId
from onehall.foundation.values.money import Money
from onehall.foundation.values.period import Period
from onehall.foundation.values.text import Text

CATEGORIES = {
    goods.Business.VALUE_ADDED: Text("增值业务", "Third-party service"),
    goods.Business.HANDSET: Text("手机", "Handset"),
    goods.Business.COLLECTION: Text("代收", "Collected for others"),
}
"""What each kind is called on papers and screens."""
RETURNABLE_UNTIL = "returnable_until"
"""Where the order of a handset carries until when it may be given back, by the rule of the day it was sold."""
_PRINCIPAL, _REFERENCE = "principal", "reference"
_ALL = Scope.operator()
_NOTHING = Money.zero()


@dataclass(frozen=True, slots=True)
class GoodsWanted:
    """What a customer wants: the offering; a handset's serial; the number with a principal and the sum that is collected; months of
    a service and the line it is for.
    """

    offering: str
    reference: str = ""
    serial: str = ""
    amount: Money = _NOTHING
    months: int = 1
    subscription: SubscriptionId | None = None


def offered(*, at: datetime, scope: Scope) -> tuple[catalogue.Offering, ...]:
    """Everything of these kinds that is on sale."""
    return tuple(one for one in catalogue.offerings(at=at, scope=scope) if one.kind in list(goods.Business))


def lines_of(party_id: PartyId, *, scope: Scope) -> tuple[subscriptions.Subscription, ...]:
    """The customer's lines in use, whichever record of theirs they stand under."""
    root = customers.root(party_id, scope=scope)
    members = customers.groups([root], scope=scope)[root]
    held = [one for member in members for one in subscriptions.subscriptions_of(party_id=member, scope=scope)]
    return tuple(one for one in held if one.ended_at is None)


def drafted_goods(
    wanted: GoodsWanted, *, party_id: PartyId, book: PolicyBook, at: datetime, scope: Scope
) -> orders.ItemDraft:
    """The priced item. Raises NotFound for what is not such an offering or not the customer's line, NotEligible, GoodsRefused,
    SerialSold.
    """
    offering = catalogue.offering_on_sale(wanted.offering, at=at, scope=scope)
    if offering.kind not in list(goods.Business):
        raise NotFound(what="这种商品", what_en="Such goods")
    business = goods.Business(offering.kind)
    line = _line(wanted, party_id, scope) if business is goods.Business.VALUE_ADDED else None
    _judge(offering, business, party_id, line, at, scope)
    price, details = _WHAT[business](wanted, offering, book, at)
    principal = goods.principal_of(offering.revenue_account, scope=scope)
    details |= {_PRINCIPAL: principal.code} if principal else {}
    details |= {"serial": line.serial, "account": line.account_name} if line else {}
    return orders.ItemDraft(
        business=business, offering=offering.code, price_version=offering.price_version,
        name=_named(offering, business, principal, details.get(_REFERENCE, "")), quantity=details.get("months", 1), amount=price,
        revenue_account=offering.revenue_account, dwelling_id=line.dwelling_id if line else None,
        subscription_id=line.id if line else None, rules=("CAT-11",), details=details,
    )  # fmt: skip


def _judge(
    offering: catalogue.Offering, business: str, party_id: PartyId, line: subscriptions.Subscription | None, at: datetime, scope: Scope
) -> None:  # fmt: skip
    """By the rules about who the customer is and where the line lies (CAT-10)."""
    compound = customers.premises(line.dwelling_id, scope=scope).compound if line else ""
    here = catalogue.Circumstances(
        party_kind=customers.card(party_id, scope=scope).kind, compound=compound, source="", at=at
    )
    verdict = catalogue.judge(offering, business, here)
    if isinstance(verdict, catalogue.Denied):
        raise catalogue.NotEligible.because(verdict, field="offering")


def _line(wanted: GoodsWanted, party_id: PartyId, scope: Scope) -> subscriptions.Subscription:
    for one in lines_of(party_id, scope=scope):
        if one.id == wanted.subscription:
            return one
    raise NotFound(what="这位客户的这条线路", what_en="This line of this customer")


def _service(
    wanted: GoodsWanted, offering: catalogue.Offering, book: PolicyBook, at: datetime
) -> tuple[Money, dict[str, Any]]:
    goods.check_months(wanted.months, most=book[goods.MOST_MONTHS])
    months = {"months": wanted.months, "term_months": offering.term_months, _REFERENCE: ""}
    return catalogue.unit_price(offering, book) * wanted.months, months


def _handset(
    wanted: GoodsWanted, offering: catalogue.Offering, book: PolicyBook, at: datetime
) -> tuple[Money, dict[str, Any]]:
    serial = goods.serial_kept(wanted.serial)
    if goods.handset_standing(serial, scope=_ALL):
        raise goods.SerialSold(field="serial", serial=serial)
    until = goods.returnable_until(at, days=book[goods.RETURN_DAYS])
    return catalogue.unit_price(offering, book), {_REFERENCE: serial, RETURNABLE_UNTIL: until.isoformat()}


def _collection(
    wanted: GoodsWanted, offering: catalogue.Offering, book: PolicyBook, at: datetime
) -> tuple[Money, dict[str, Any]]:
    goods.check_sum(wanted.amount, least=book[goods.LEAST_COLLECTED], most=book[goods.MOST_COLLECTED])
    return wanted.amount, {_REFERENCE: goods.reference_kept(wanted.reference)}


_WHAT = {
    goods.Business.VALUE_ADDED: _service, goods.Business.HANDSET: _handset, goods.Business.COLLECTION: _collection,
}  # fmt: skip


def _named(
    offering: catalogue.Offering, business: goods.Business, principal: goods.Principal | None, reference: str
) -> Text:
    """The category first, for whom it is collected, and the number that tells one from another: so it stands on the receipt."""
    category = CATEGORIES[business]
    whom = principal.name if principal else Text("", "")
    zh = [f"{category.zh}（{whom.zh}）" if principal else category.zh, offering.name.zh, reference]
    en = [f"{category.en} ({whom.en})" if principal else category.en, offering.name.en, reference]
    return Text(" ".join(filter(None, zh)), " ".join(filter(None, en)))


def is_goods(order: orders.Order) -> bool:
    """Whether an order is of one of these kinds."""
    return order.business in list(goods.Business)


def hand_out(*, sold: Sequence[orders.Order], at: datetime) -> dict[OrderId, Period]:
    """What was paid leaves the desk, runs on its line or is owed to its principal; the periods of services. Raises SerialSold.

    A service begins when what was paid for it before ends.
    """
    return {
        order.id: period
        for order in sold
        if is_goods(order)
        for period in [_hand_out(order, at)]
        if period is not None
    }


def _hand_out(order: orders.Order, at: datetime) -> Period | None:
    if _PRINCIPAL in order.details:
        principal = goods.principal(order.details[_PRINCIPAL], scope=_ALL)
        number = order.details[_REFERENCE] or order.details.get("account", "")
        goods.collect(
            order=order.id,
            principal=principal,
            hall=order.hall_id,
            reference=number,
            amount=order.amount,
            at=at,
        )
    if order.business == goods.Business.HANDSET:
        serial = order.details[_REFERENCE]
        goods.hand_out_handset(
            order=order.id, hall=order.hall_id, offering=order.offering, serial=serial, at=at
        )
    return _start(order, at) if order.business == goods.Business.VALUE_ADDED else None


def _start(order: orders.Order, at: datetime) -> Period:
    if order.subscription_id is None:
        raise ValueError(f"order {order.id} has no line")
    line = order.subscription_id
    before = [one for one in goods.add_ons([line], scope=_ALL) if one.offering == order.offering]
    period = goods.next_period(before, months=order.quantity * order.details["term_months"], at=at)
    goods.start_add_on(
        order=order.id, hall=order.hall_id, subscription=line, offering=order.offering, period=period
    )
    return period


def take_back_goods(*, voided: Sequence[orders.Order], at: datetime) -> None:
    """The handset is back, the service ends, the money is no longer owed. Raises GoodsRefused for what the principal has."""
    for order in filter(is_goods, voided):
        goods.give_back(order=order.id, at=at)
        goods.take_back_add_on(order=order.id, at=at)
        goods.take_back_handset(order=order.id, at=at)


def begins_at(order: orders.Order, *, scope: Scope) -> datetime | None:
    """When the third-party service of an order began; None for anything else."""
    if order.business != goods.Business.VALUE_ADDED or order.subscription_id is None:
        return None
    found = goods.add_ons([order.subscription_id], scope=scope)
    return next((one.period.start for one in found if one.order == order.id), None)


def returnable_until(order: orders.Order) -> datetime | None:
    """Until when the handset of an order may be given back; None for anything else."""
    until = order.details.get(RETURNABLE_UNTIL)
    return datetime.fromisoformat(until) if until else None


def is_paid_over(order: orders.Order, *, scope: Scope) -> bool:
    """Whether the money of an order is with its principal already."""
    if _PRINCIPAL not in order.details:
        return False
    found = goods.collected([order.id], scope=scope).get(order.id)
    return found is not None and found.settlement is not None
