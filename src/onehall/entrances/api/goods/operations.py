"""Handsets, third-party services and bills into the basket; cancelling a service; principals' statements and paying them (CAT-11)."""

from typing import Any

from onehall.contexts.goods import api as goods
from onehall.entrances.api.baskets.schemas import Basket
from onehall.entrances.api.shared.operation import Noun
from onehall.entrances.api.shared.schema import Count, Day, Fen, Given, Id, Key, Moment, Shown, Word
from onehall.foundation.values.ids import HallId, PartyId, SubscriptionId
from onehall.foundation.values.money import Money
from onehall.foundation.values.text import Text
from onehall.foundation.web.requests import Request
from onehall.journeys.cancel_add_on import cancel_add_on
from onehall.journeys.sell_goods import sell_goods
from onehall.journeys.settle_principal import Paid, settle_principal
from onehall.steps.goods import GoodsWanted

noun = Noun(Text("代收代售", "Goods and money of others"))


class GoodsGiven(Given):
    """One of them: a handset's serial or the number with a principal, the sum of a bill, months of a service and its line."""

    offering: Word
    reference: Word = ""
    serial: Word = ""
    fen: Fen = 0
    months: Count = 1
    subscription: Id | None = None


class AddOnShown(Shown):
    """A third party's service on a line."""

    id: int
    subscription: int
    offering: str
    starts_at: Moment
    ends_at: Moment
    ended_at: Moment | None


class PrincipalShown(Shown):
    """Somebody for whom money is collected, and what the reader's halls owe now."""

    code: str
    name: str
    account: str
    owed_fen: int


class StatementShown(Shown):
    """A principal's month in one hall; `due_fen` is what is to be paid over now."""

    hall: int
    month: Day
    opening_fen: int
    collected_fen: int
    given_back_fen: int
    settled_fen: int
    closing_fen: int
    due_fen: int


class SettlementGiven(Given):
    """Which month (any day of it) is paid over, at which sum, and the reference of the bank's transfer."""

    hall: Id
    month: Day
    fen: Fen
    transfer: Word


class SettlementShown(Shown):
    """What was paid over."""

    id: int
    month: Day
    fen: int
    transfer: str
    at: Moment


@noun.operation(
    "POST", "/customers/{int:party_id}/goods", words=Text("代收代售放入受理单", "Put goods into the basket"), shows=Basket, status=201,
    permission="goods.sell",
)  # fmt: skip
def sell(request: Request, party_id: int, given: GoodsGiven, key: Key) -> Any:
    """Paid with the basket; the same key again puts nothing in twice."""
    line = SubscriptionId(given.subscription) if given.subscription else None
    wanted = GoodsWanted(given.offering, given.reference, given.serial, Money(given.fen), given.months, line)
    return Basket.of(
        sell_goods(party_id=PartyId(party_id), wanted=wanted, intent=key, by=request.actor, at=request.at)
    )


@noun.operation(
    "POST", "/add-ons/{int:add_on_id}/cancellation", words=Text("退订增值业务", "Cancel a third party's service"), shows=AddOnShown,
    permission="goods.sell",
)  # fmt: skip
def cancel(request: Request, add_on_id: int, key: Key) -> Any:
    """It ends now, under a purpose in force for its customer; months paid are not given back."""
    ended = cancel_add_on(add_on_id=add_on_id, intent=key, by=request.actor, at=request.at)
    return {
        "id": ended.id, "subscription": ended.subscription, "offering": ended.offering, "starts_at": ended.period.start,
        "ends_at": ended.period.end, "ended_at": ended.ended_at,
    }  # fmt: skip


@noun.operation(
    "GET", "/principals", words=Text("委托单位和欠付的款", "Principals and what is owed"), shows=list[PrincipalShown],
    permission="principal.view",
)  # fmt: skip
def principals(request: Request) -> Any:
    """Everybody for whom money is collected."""
    scope = request.actor.scope
    owed = goods.owed(scope=scope)
    return [
        {"code": one.code, "name": one.name.zh, "account": one.account, "owed_fen": owed[one.id].fen if one.id in owed else 0}
        for one in goods.principals(scope=scope)
    ]  # fmt: skip


@noun.operation(
    "GET", "/principals/{str:principal}/statements", words=Text("委托单位对帐单", "A principal's statements"),
    shows=list[StatementShown], permission="principal.view",
)  # fmt: skip
def statements(request: Request, principal: str, month: Day) -> Any:
    """Of a month (by any day of it), hall by hall in the reader's scope."""
    scope = request.actor.scope
    whose = goods.principal(principal, scope=scope)
    found = [
        goods.statement(principal=whose, hall=hall, month=month, scope=scope)
        for hall in goods.halls_of(principal=whose, scope=scope)
    ]
    return [
        {
            "hall": one.hall, "month": one.month, "opening_fen": one.opening.fen, "collected_fen": one.collected.fen,
            "given_back_fen": one.given_back.fen, "settled_fen": one.settled.fen, "closing_fen": one.closing.fen, "due_fen": one.due.fen,
        }
        for one in found
    ]  # fmt: skip


@noun.operation(
    "POST", "/principals/{str:principal}/settlements", words=Text("结算代收款", "Pay a principal"), shows=SettlementShown, status=201,
    permission="principal.settle",
)  # fmt: skip
def settle(request: Request, principal: str, given: SettlementGiven, key: Key) -> Any:
    """Books what the bank paid over: all that is due of the month, once."""
    paid = Paid(HallId(given.hall), given.month.replace(day=1), Money(given.fen), given.transfer)
    done = settle_principal(code=principal, paid=paid, intent=key, by=request.actor, at=request.at)
    return {
        "id": done.id,
        "month": done.month,
        "fen": done.amount.fen,
        "transfer": done.transfer,
        "at": done.at,
    }
