"""Subscriptions."""

from typing import Annotated, Any

from pydantic import BeforeValidator

from onehall.contexts.customers import api as customers
from onehall.contexts.subscriptions import api as subscriptions
from onehall.entrances.api.shared.operation import Noun
from onehall.entrances.api.shared.schema import Amount, Given, Key, Moment, Number, Sentence, Shown, Word
from onehall.foundation.values.ids import PartyId, SubscriptionId
from onehall.foundation.values.period import Period
from onehall.foundation.values.text import Text
from onehall.foundation.web.requests import Request
from onehall.journeys.end_subscription import end_subscription
from onehall.journeys.keep_subscription import keep_subscription
from onehall.journeys.transfer_line import transfer_line

noun = Noun(Text("在用业务", "Subscriptions"))


class TermSpan(Shown):
    """From its start up to, not including, its end."""

    start: Moment
    end: Moment


def _span(value: Any) -> Any:
    return {"start": value.start, "end": value.end} if isinstance(value, Period) else value


class Term(Shown):
    """A paid term."""

    period: Annotated[TermSpan, BeforeValidator(_span)]
    months: int
    offering: str
    price: Amount


class Ending(Shown):
    """When it ends."""

    kind: subscriptions.EndingKind
    effective_at: Moment


class Subscription(Shown):
    """What a customer has at a dwelling."""

    id: int
    party_id: int
    dwelling_id: int
    kind: str
    account_name: str
    serial: str
    opened_at: Moment
    ended_at: Moment | None
    expires_at: Moment | None
    terms: list[Term]
    ending: Ending | None
    resting: Annotated[TermSpan | None, BeforeValidator(_span)]


class Subscriptions(Shown):
    """Living ones first."""

    items: list[Subscription]


class EndingGiven(Given):
    """Why the customer leaves, and what was offered; of porting out nothing but the cause is taken (LAW-05).

    `rest`: of a telephone line, where what is left goes: another line of the customer by its id, `balance`, or `given_up`.
    """

    reason: Sentence = ""
    cause: subscriptions.Cause = subscriptions.Cause.OTHER
    offer: Sentence = ""
    rest: Word = ""


class Ended(Shown):
    """Whether it ended now or will at its expiry."""

    account: str
    kind: str
    effective_at: Moment


class Kept(Shown):
    """Whether a booked end was withdrawn."""

    kept: bool


@noun.operation(
    "GET",
    "/customers/{int:party_id}/subscriptions",
    permission="customer.open",
    words=Text("客户的业务（须先说明目的）", "What a customer has, under a purpose"),
    shows=Subscriptions,
)
def of_customer(request: Request, party_id: int) -> Any:
    by = request.actor
    customers.record(party_id, user_id=by.user_id, at=request.at, scope=by.scope)
    return {"items": subscriptions.subscriptions_of(party_id=PartyId(party_id), scope=by.scope)}


@noun.operation(
    "POST",
    "/subscriptions/{int:subscription_id}/ending",
    permission="basket.edit",
    words=Text("拆机或登记到期拆机", "End it, or book its end"),
    shows=Ended,
    status=201,
)
def end(request: Request, subscription_id: int, given: EndingGiven, key: Key) -> Any:
    return end_subscription(
        subscription_id=SubscriptionId(subscription_id), reason=given.reason, cause=given.cause, offer=given.offer, rest=given.rest,
        intent=key, by=request.actor, at=request.at,
    )  # fmt: skip


@noun.operation(
    "DELETE",
    "/subscriptions/{int:subscription_id}/ending",
    permission="basket.edit",
    words=Text("撤销到期拆机", "The customer stays"),
    shows=Kept,
)
def keep(request: Request, subscription_id: int) -> Any:
    subscriptions.subscription(subscription_id=SubscriptionId(subscription_id), scope=request.actor.scope)
    kept = keep_subscription(subscription_id=SubscriptionId(subscription_id), by=request.actor, at=request.at)
    return {"kept": kept}


class TransferGiven(Given):
    """Who takes the line over."""

    owner: Number


class Transferred(Shown):
    """The baskets of the former and the new owner, each with a form to sign."""

    account: str
    given_basket: int
    taken_basket: int


@noun.operation(
    "POST",
    "/subscriptions/{int:subscription_id}/transfer",
    permission="line.transfer",
    words=Text("过户", "Pass the line to another owner"),
    shows=Transferred,
    status=201,
)
def transfer(request: Request, subscription_id: int, given: TransferGiven, key: Key) -> Any:
    return transfer_line(
        subscription_id=SubscriptionId(subscription_id), owner=PartyId(given.owner), intent=key, by=request.actor,
        at=request.at,
    )  # fmt: skip
