"""What the charging side is told of a telephone line when something is sold, changed, taken back or ended (CAT-03 … CAT-06)."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial

from onehall.contexts.catalogue import api as catalogue
from onehall.contexts.numbers import api as numbers
from onehall.contexts.orders import api as orders
from onehall.contexts.provisioning import api as provisioning
from onehall.contexts.subscriptions import api as subscriptions
from onehall.contexts.voice import api as voice
from onehall.foundation.policy import PolicyBook
from onehall.foundation.scopes import Actor, Scope
from onehall.foundation.values.ids import OrderId, PremisesId, SubscriptionId
from onehall.foundation.values.money import Money
from onehall.foundation.values.period import local, month_of
from onehall.steps.drafts import WITH_PHONES
from onehall.steps.household import BROADBAND, FIXED_LINE
from onehall.steps.telephone import NEW_FIXED_LINE

_UNITS = 100  # structural: a fen is a hundred units of 1/10000 yuan
_SOURCE = "order"
_MOMENT = timedelta(microseconds=1)  # structural: a paid term ends before its expiry


@dataclass(frozen=True, slots=True)
class Opened:
    """A telephone line that an order opened."""

    order_id: OrderId
    subscription_id: SubscriptionId
    serial: str


def open_lines(
    *, sold: Sequence[orders.Order], book: PolicyBook, by: Actor, at: datetime
) -> dict[OrderId, Opened]:
    """Number, form serial, line and its charging state of each new telephone line; what was opened, by order."""
    if not sold:
        return {}
    claims = [_claim(order) for order in sold]
    numbers.claim_numbers(claims=claims, basket_id=sold[0].basket_id, by=by, at=at)
    prefixes = [order.details["serial_prefix"] for order in sold]
    serials = numbers.next_form_serials(prefixes=prefixes, day=local(at).date())
    parts = catalogue.telephones(scope=by.scope)
    opened = {}
    for order, claim, serial in zip(sold, claims, serials, strict=True):
        if claim.dwelling_id is None:
            raise ValueError(f"order {order.id} has no dwelling")
        line = subscriptions.open_line(
            party_id=order.party_id, dwelling_id=claim.dwelling_id, kind=FIXED_LINE, account_name=claim.number,
            serial=serial, order_id=order.id, by=by, at=at,
        )  # fmt: skip
        terms = line_terms_at(
            parts[order.offering], dwelling=claim.dwelling_id, book=book, at=at, scope=by.scope
        )
        say(_new_state(order, line, claim.source, terms), book=book, by=by, at=at)
        _pay_in(order, claim.number, at, by.scope)
        opened[order.id] = Opened(order.id, line, serial)
    return opened


def _pay_in(order: orders.Order, number: str, at: datetime, scope: Scope) -> None:
    """What is paid with a new line is its first call credit, once, under its order's number (ORD-08)."""
    if order.amount > Money.zero():
        held = voice.line(number, at=at, scope=scope)
        voice.top_up(line=held.id, source=_SOURCE, reference=str(order.id), amount=order.amount, at=at)


def take_back_credit(*, voided: Iterable[orders.Order], at: datetime, scope: Scope) -> None:
    """The first call credit goes back with its sale. Raises TopUpRefused where calls have used some of it."""
    for order in voided:
        if order.business == NEW_FIXED_LINE and order.amount > Money.zero():
            held = voice.line(order.details["account"], at=at, scope=scope)
            voice.check_take_back(left=voice.balance(held.id, scope=scope), amount=order.amount)
            voice.take_back_top_up(source=_SOURCE, reference=str(order.id), at=at)


def _claim(order: orders.Order) -> numbers.NumberClaim:
    details, kind = order.details, numbers.NumberKind.TELEPHONE
    return numbers.NumberClaim(kind, details["account"], details["source"], order.dwelling_id)


def _new_state(
    order: orders.Order, line: SubscriptionId, source: str, terms: catalogue.LineTerms
) -> voice.LineState:
    return with_terms(
        voice.LineState(
            number=order.details["account"], subscription_id=line, plan=terms.plan,
            features=tuple(order.details["features"]), rent_free=False, monthly_credit=0, annual_credit=0,
            annual_credit_until=None, alarm_threshold=order.details["alarm_fen"] * _UNITS,
            partner="" if source == numbers.OWN else source, suspended=False, closed=False,
        ),
        terms,
    )  # fmt: skip


def with_terms(state: voice.LineState, terms: catalogue.LineTerms) -> voice.LineState:
    """The line on these terms; its number, features and threshold stay."""
    return replace(
        state, plan=terms.plan, rent_free=terms.rent_free, monthly_credit=terms.monthly_credit.fen * _UNITS,
        annual_credit=terms.annual_credit.fen * _UNITS, annual_credit_until=terms.annual_until,
    )  # fmt: skip


def say(state: voice.LineState, *, book: PolicyBook, by: Actor, at: datetime) -> None:
    """The line is to be so from now on: as it is charged, and as its network is to have it (NET-03, CAT-06)."""
    voice.set_line(line=state, by=by, at=at)
    state_network(state, book=book, at=at)


def state_network(state: voice.LineState, *, book: PolicyBook, at: datetime) -> None:
    """The network is to have the line so (VOI-01)."""
    provisioning.state_telephone(
        wish=wish_of(state, book), initial=book[provisioning.INITIAL_SERVICE_PASSWORD], rounds=book[provisioning.HASH_ROUNDS], at=at
    )  # fmt: skip


def wish_of(state: voice.LineState, book: PolicyBook) -> provisioning.TelephoneWish:
    """What the network is to do with a line; some partners' have no international calls, neither in nor out (CAT-06)."""
    return provisioning.wish(
        number=state.number, subscription_id=state.subscription_id, features=state.features, suspended=state.suspended,
        stopped=state.stopped, closed=state.closed, restricted=state.partner in book[catalogue.RESTRICTED_SOURCES],
    )  # fmt: skip


def line_terms_at(
    own: catalogue.Telephone, *, dwelling: PremisesId, book: PolicyBook, at: datetime, scope: Scope
) -> catalogue.LineTerms:
    """What the line costs beside what is paid for broadband at its dwelling (CAT-03, CAT-04)."""
    parts = catalogue.telephones(scope=scope)
    live = subscriptions.live_by_dwelling(dwelling_ids=[dwelling], kind=BROADBAND, scope=scope)
    return line_terms_beside(own, live.get(dwelling), parts=parts, book=book, at=at)


def line_terms_beside(
    own: catalogue.Telephone,
    live: subscriptions.Subscription | None,
    *,
    parts: Mapping[str, catalogue.Telephone],
    book: PolicyBook,
    at: datetime,
) -> catalogue.LineTerms:
    """What the line costs beside this broadband; `parts` are the telephone parts of offerings."""
    until, package = None, None
    if live is not None and live.expires_at is not None and live.expires_at > at:
        until = local(live.expires_at - _MOMENT).date()
        term = live.term_at(at)
        package = parts.get(term.offering) if term else None
    return catalogue.line_terms(
        own, broadband_until=until, package=package, stand_alone=book[catalogue.STAND_ALONE_PLAN]
    )


def retell(*, dwelling_id: PremisesId, book: PolicyBook, by: Actor, at: datetime) -> tuple[str, ...]:
    """Says anew on what terms the rent-free lines of a dwelling run, after its broadband changed; the numbers that changed.

    Without broadband they fall to the stand-alone plan from `at` on (CAT-03, CHG-05).
    """
    found = subscriptions.subscriptions_at(dwelling_id=dwelling_id, scope=by.scope)
    phones = [one for one in found if one.kind == FIXED_LINE]
    changed: list[str] = []
    for phone in phones:
        change = partial(_beside, dwelling=dwelling_id, book=book, at=at, scope=by.scope)
        if restate(phone.account_name, change, book=book, by=by, at=at):
            changed.append(phone.account_name)
    return tuple(changed)


def _beside(
    state: voice.LineState, *, dwelling: PremisesId, book: PolicyBook, at: datetime, scope: Scope
) -> voice.LineState:
    """A line without rent on the terms of what is paid beside it; one with rent stays as it is."""
    if not state.rent_free:
        return state
    own = catalogue.Telephone(state.plan, Money.zero(), Money.zero(), bundled=True, half_month=False)
    return with_terms(state, line_terms_at(own, dwelling=dwelling, book=book, at=at, scope=scope))


def restate(
    number: str,
    change: Callable[[voice.LineState], voice.LineState],
    *,
    book: PolicyBook,
    by: Actor,
    at: datetime,
) -> bool:
    """Changes the line's state from `at` on, and what is booked for the next month likewise; whether anything changed."""
    next_month = month_of(local(at).date()).end
    now = voice.line(number, at=at, scope=by.scope).state
    then = voice.line(number, at=next_month, scope=by.scope).state
    if (change(now), change(then)) == (now, then):
        return False
    say(change(now), book=book, by=by, at=at)
    if then != now:
        voice.set_line(line=change(then), by=by, at=next_month)
    return True


def plan_ahead(
    state: voice.LineState,
    change: Callable[[voice.LineState], voice.LineState],
    *,
    begins: datetime,
    by: Actor,
    at: datetime,
) -> None:
    """The line is to be otherwise from a later moment on; what the network does with it stays."""
    voice.set_line(line=state, by=by, at=at)
    voice.set_line(line=change(state), by=by, at=begins)


def close_number(*, number: str, quarantine_days: int, book: PolicyBook, by: Actor, at: datetime) -> None:
    """The line is charged no more, and its number rests before it is given again (LAW-13)."""
    state = voice.line(number, at=at, scope=by.scope).state
    say(replace(state, closed=True), book=book, by=by, at=at)
    numbers.release_number(
        kind=numbers.NumberKind.TELEPHONE, number=number, quarantine_days=quarantine_days, by=by, at=at
    )


def told_again(*, sold: Iterable[orders.Order], book: PolicyBook, by: Actor, at: datetime) -> None:
    """After what was paid for the broadband of dwellings with telephone lines: credit runs to the new expiry (CAT-04)."""
    for dwelling in {
        order.dwelling_id for order in sold if order.details.get(WITH_PHONES) and order.dwelling_id
    }:
        retell(dwelling_id=dwelling, book=book, by=by, at=at)
