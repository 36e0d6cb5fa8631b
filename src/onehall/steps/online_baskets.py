"""The basket of an online recharge: which line it is for, whether somebody still pays it, and giving it up (decision 0063)."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from onehall.contexts.acquiring import api as acquiring
from onehall.contexts.catalogue import api as catalogue
from onehall.contexts.customers import api as customers
from onehall.contexts.orders import api as orders
from onehall.contexts.subscriptions import api as subscriptions
from onehall.contexts.voice import api as voice
from onehall.foundation.audit import record
from onehall.foundation.outbox import publish
from onehall.foundation.policy import PolicyBook
from onehall.foundation.policy.services import policy_book
from onehall.foundation.scopes import Actor, Scope
from onehall.foundation.values.ids import PartyId
from onehall.foundation.values.money import Money
from onehall.steps.basket import put_into_basket
from onehall.steps.online import NotOnline, check_served_online, counter_of, hall_of, online_clerk
from onehall.steps.recharging import OFFERING, drafted_recharge, lines_of_customer

_ALL = Scope.operator()


def hold_lines(subscription_id: int, *, at: datetime) -> None:
    """Until the transaction ends nobody else recharges a line of this customer: two windows ask once."""
    for line in sorted(line.id for line in lines_of_customer(subscription_id, at=at)):
        voice.hold_line(line=line)


def line_of(basket: orders.Basket, *, at: datetime) -> voice.Line:
    """The telephone line that the basket recharges, as it stands."""
    return voice.line_by_id(basket.items[0].draft.details["line"], at=at, scope=_ALL)


def standing(basket: orders.Basket) -> tuple[acquiring.Charge, ...]:
    """Charges of the basket that are paid and have no sale, or may still be paid."""
    found = acquiring.charges_of_basket(basket.id, scope=_ALL)
    return tuple(one for one in found if one.open or one.usable)


def give_up(basket: orders.Basket, *, why: str, clerk: Actor, at: datetime) -> None:
    """Nobody pays it any more, or what it is for is gone: what came for it waits for the manager as money without a sale."""
    orders.abandon_basket(basket_id=basket.id, by=clerk, at=at)
    record(
        action="basket.abandoned", subject="basket", subject_id=basket.id, hall_id=basket.hall_id, by=clerk, at=at, rule="PAY-03",
        details={"items": len(basket.items), "why": why},
    )  # fmt: skip
    publish(topic="basket.changed", hall_id=basket.hall_id, at=at, payload={"basket": basket.id})


@dataclass(frozen=True, slots=True)
class OnlineRecharge:
    """Which line, how much, by whom it is paid."""

    line: int
    amount: Money
    provider: acquiring.Provider


def served(
    line: voice.Line, subscription: subscriptions.Subscription, provider: acquiring.Provider, *, at: datetime
) -> tuple[Actor, PolicyBook]:
    """Who takes it, and by whose policies. Raises NotOnline, AtTheHallOnly."""
    hall = hall_of(subscription)
    book = policy_book(hall_id=hall.id if hall else line.hall, at=at)
    clerk, providers = check_served_online(line, online_clerk(hall.id) if hall else None, book=book)
    if provider not in providers:
        raise NotOnline(
            field="provider", why="这种付款方式没有开通", why_en="This means of payment is not open"
        )
    clerk.require("telephone.recharge")
    return clerk, book


def under_way(party: PartyId, *, clerk: Actor, at: datetime) -> acquiring.Charge | None:
    """The customer's recharge that may still be paid, or is being booked; one that nobody pays any more makes room."""
    basket = orders.open_basket_of(counter_id=counter_of(clerk), party_id=root(party), scope=clerk.scope)
    if basket is None:
        return None
    if found := standing(basket):
        return found[0]
    give_up(basket, why="not_paid", clerk=clerk, at=at)
    return None


def charge_for(
    asked: OnlineRecharge, line: voice.Line, subscription: subscriptions.Subscription, *, intent: UUID, book: PolicyBook,
    clerk: Actor, at: datetime,
) -> acquiring.Charge:  # fmt: skip
    """A basket with this recharge alone, and the charge that pays it."""
    offering = catalogue.offering_on_sale(OFFERING, at=at, scope=clerk.scope)
    counter = counter_of(clerk)
    basket = orders.open_basket(
        hall_id=clerk.hall_id, counter_id=counter, party_id=root(subscription.party_id), policy_version=book.version, by=clerk, at=at
    )  # fmt: skip
    draft = drafted_recharge(line, subscription, asked.amount, offering)
    put_into_basket(basket_id=basket.id, draft=draft, book=book, by=clerk, at=at)
    return acquiring.ask_charge(
        basket=basket.id, due=asked.amount, counter=counter, provider=asked.provider, way=acquiring.Way.SHOWN, amount=None,
        intent=intent, book=book, by=clerk, at=at,
    )  # fmt: skip


def root(party: int) -> PartyId:
    """The record as which the customer is known now."""
    return customers.root(party, scope=_ALL)
