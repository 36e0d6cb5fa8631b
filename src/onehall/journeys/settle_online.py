"""网上充值入帐 What was paid on the web is booked at the online counter: once, whoever notices first; or it is given up (PAY-03, LED-03)."""

from datetime import datetime
from uuid import NAMESPACE_OID, uuid5

from onehall.contexts.acquiring import api as acquiring
from onehall.contexts.orders import api as orders
from onehall.foundation.database import transaction
from onehall.foundation.policy.services import policy_book
from onehall.foundation.scopes import Actor, NotFound, Scope
from onehall.foundation.values.ids import BasketId
from onehall.foundation.values.money import Money
from onehall.steps.charging import held
from onehall.steps.online import counter_of, online_clerk, open_of_day
from onehall.steps.online_baskets import give_up, hold_lines, line_of, standing
from onehall.steps.taking import take, tell_taken

_NO_PAPER = 0  # structural: an electronic receipt has no copies to collect


def settle_online(*, basket_id: BasketId, at: datetime) -> bool:
    """Whether it was booked now. A basket that waits for its payment stays; one that nobody pays any more is given up.

    Money for a line that was closed meanwhile is not booked: it has no sale, and the manager gives it back. Raises NotFound for a
    basket of another counter.
    """
    with transaction():
        basket = orders.basket(basket_id=basket_id, scope=Scope.operator())
        clerk = online_clerk(basket.hall_id)
        if clerk is None or basket.counter_id != counter_of(clerk) or not basket.items:
            raise NotFound(what="这张网上受理单", what_en="This basket of the web")
        hold_lines(line_of(basket, at=at).subscription, at=at)
        basket = orders.keep_still(basket_id=basket_id, by=clerk)
        charges = standing(basket)
        if basket.state is not orders.BasketState.OPEN or any(one.open for one in charges):
            return False
        if not charges or line_of(basket, at=at).state.closed:
            give_up(basket, why="line_closed" if charges else "not_paid", clerk=clerk, at=at)
            return False
        _settle(basket, charges, clerk, at)
    return True


def _settle(basket: orders.Basket, charges: tuple[acquiring.Charge, ...], clerk: Actor, at: datetime) -> None:
    clerk.require("payment.take")
    book = policy_book(hall_id=basket.hall_id, at=at)
    open_of_day(clerk, at=at)
    settlement = orders.settle_basket(basket_id=basket.id, amount=basket.total, by=clerk, at=at)
    taken = take(
        settlement=settlement, charges=held([one.id for one in charges], basket.id), cash=Money.zero(), balance=Money.zero(),
        counter_id=counter_of(clerk), copies=_NO_PAPER, intent=uuid5(NAMESPACE_OID, f"online {basket.id}"), book=book, by=clerk,
        at=at,
    )  # fmt: skip
    tell_taken(taken, settlement, version=book.version, by=clerk, at=at)
