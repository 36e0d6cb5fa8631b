"""网上充值 A customer asks to recharge a line of theirs on the web: a basket at the online counter, and a charge to be shown as a code (PAY-03)."""

from datetime import datetime
from uuid import UUID

from onehall.contexts.acquiring import api as acquiring
from onehall.contexts.subscriptions import api as subscriptions
from onehall.contexts.voice import api as voice
from onehall.foundation.audit import record
from onehall.foundation.database import transaction
from onehall.foundation.idempotency import once
from onehall.foundation.identity.customers import CustomerPresence
from onehall.foundation.policy import PolicyBook
from onehall.foundation.scopes import Actor, Scope
from onehall.foundation.values.ids import SubscriptionId
from onehall.steps.chargeable import tell_asked
from onehall.steps.online import open_of_day
from onehall.steps.online_baskets import OnlineRecharge, charge_for, hold_lines, served, under_way
from onehall.steps.recharging import line_of_customer

_ALL = Scope.operator()


def recharge_online(
    *, asked: OnlineRecharge, who: CustomerPresence, intent: UUID, at: datetime
) -> tuple[acquiring.Charge, bool]:
    """The charge, and whether it is new: only then the provider is to be asked.

    One at a time: as long as a recharge of the customer may still be paid, or is being booked, that one is the answer.
    Raises NotFound for somebody else's line, NotOnline, AtTheHallOnly, TopUpRefused.
    """
    with transaction():
        own = subscriptions.subscription(
            subscription_id=SubscriptionId(who.subscription_id), scope=_ALL
        ).party_id
        line, subscription = line_of_customer(asked.line, own, at=at, scope=_ALL)
        hold_lines(who.subscription_id, at=at)
        clerk, book = served(line, subscription, asked.provider, at=at)
        body = {"line": line.id, "for": who.subscription_id, "fen": asked.amount.fen, "by": asked.provider}
        attempt = once(key=intent, journey="recharge_online", by=clerk, body=body, at=at)
        if attempt.result is not None:
            return acquiring.charge(attempt.result["charge"], scope=clerk.scope), False
        least, most = book[voice.LEAST_TOP_UP].fen, book[voice.MOST_TOP_UP].fen
        voice.check_top_up(line.state, amount=asked.amount, least=least, most=most)
        charge = under_way(own, clerk=clerk, at=at)
        new = charge is None
        if charge is None:
            open_of_day(clerk, at=at)
            charge = charge_for(asked, line, subscription, intent=intent, book=book, clerk=clerk, at=at)
            _tell(charge, who, asked, book, clerk, at)
        attempt.finish({"charge": charge.id})
    return charge, new


def _tell(
    charge: acquiring.Charge, who: CustomerPresence, asked: OnlineRecharge, book: PolicyBook, clerk: Actor, at: datetime
) -> None:  # fmt: skip
    record(
        action="portal.recharge_asked", subject="subscription", subject_id=who.subscription_id, hall_id=clerk.hall_id, by=None, at=at,
        rule="BIL-02", policy_version=book.version, details={"line": asked.line, "fen": asked.amount.fen, "charge": charge.id},
    )  # fmt: skip
    tell_asked(charge, book=book, by=clerk, at=at)
