"""Goods in stories: 王建国 buys a handset, orders a film service, pays his water bill."""

from datetime import date
from uuid import UUID, uuid4

from onehall.contexts.goods import api as goods
from onehall.contexts.orders import api as orders
from onehall.contexts.subscriptions import api as subscriptions
from onehall.foundation.scopes import Actor, Scope
from onehall.foundation.values.ids import PartyId
from onehall.foundation.values.money import Money
from onehall.journeys.sell_goods import sell_goods
from onehall.journeys.settle_principal import Paid, settle_principal
from onehall.steps.goods import GoodsWanted
from tests.cast import Cast, dwelling

ALL = Scope.operator()
IMEI = "490154203237518"
OTHER_IMEI = "356938035643809"
NOVEMBER = date(2026, 11, 1)


def handset(serial: str = IMEI, offering: str = "handset-elder") -> GoodsWanted:
    return GoodsWanted(offering, serial=serial)


def water(amount: str = "86.40", number: str = "0301-2287", offering: str = "water-bill") -> GoodsWanted:
    return GoodsWanted(offering, number, amount=Money.yuan(amount))


def video(line: subscriptions.Subscription, months: int = 2) -> GoodsWanted:
    return GoodsWanted("video-member", months=months, subscription=line.id)


def line_at(room: str = "502") -> subscriptions.Subscription:
    (line,) = subscriptions.subscriptions_at(dwelling_id=dwelling("dw", "1", "2", room), scope=ALL)
    return line


def chosen(
    cast: Cast, clerk: Actor, party: PartyId, *wanted: GoodsWanted, intent: UUID | None = None
) -> orders.Basket:
    """The basket with these goods in it."""
    for one in wanted:
        basket = sell_goods(party_id=party, wanted=one, intent=intent or uuid4(), by=clerk, at=cast.now)
    return basket


def settled(
    cast: Cast, by: Actor, shown: str, code: str = "water", month: date = NOVEMBER, intent: UUID | None = None
) -> goods.Settlement:
    paid = Paid(by.hall_id, month, Money.yuan(shown), "转 6601")
    return settle_principal(code=code, paid=paid, intent=intent or uuid4(), by=by, at=cast.now)


def month(by: Actor, code: str = "water", month: date = NOVEMBER) -> goods.Statement:
    principal = goods.principal(code, scope=ALL)
    return goods.statement(principal=principal, hall=by.hall_id, month=month, scope=by.scope)
