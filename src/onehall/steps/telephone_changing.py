"""What paid changes of a telephone line bring about in the other rooms, and how they are taken back (CHG-06, FEE-01, BIL-02)."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial

from onehall.contexts.catalogue import api as catalogue
from onehall.contexts.numbers import api as numbers
from onehall.contexts.orders import api as orders
from onehall.contexts.provisioning import api as provisioning
from onehall.contexts.subscriptions import api as subscriptions
from onehall.contexts.voice import api as voice
from onehall.foundation.audit import record
from onehall.foundation.outbox import publish
from onehall.foundation.policy import PolicyBook
from onehall.foundation.scopes import Actor, Scope
from onehall.foundation.values.ids import PremisesId, SubscriptionId
from onehall.steps.household import LINE_MOVE
from onehall.steps.line_states import line_terms_at, plan_ahead, restate, with_terms
from onehall.steps.telephone_changes import (
    LINE_CHANGES,
    LINE_FEATURES,
    LINE_NUMBER,
    LINE_PLAN,
    LINE_RESUMPTION,
    LINE_SUSPENSION,
    new_number_claim,
)

_TELEPHONE = numbers.NumberKind.TELEPHONE


def change_telephones(*, sold: Sequence[orders.Order], book: PolicyBook, by: Actor, at: datetime) -> None:
    """Each change on the line that was chosen. LineChanged where the line is not that any more, NumberTaken; then nothing was sold."""
    for order in _in_turn(sold):
        state = _still(order, at, by.scope)
        _DONE[order.business](order, state, book, by, at)
        _announce(order, book, by, at)


def _in_turn(some: Sequence[orders.Order]) -> list[orders.Order]:
    """Another number comes last: what else was chosen is about the line under the number that it has."""
    changes = [order for order in some if order.business in LINE_CHANGES]
    return sorted(changes, key=lambda order: (order.business == LINE_NUMBER, order.id))


def _still(order: orders.Order, at: datetime, scope: Scope) -> voice.LineState:
    """The line as it stands. Raises LineChanged where it has another number or was ended since it was chosen."""
    held = subscriptions.subscription(subscription_id=_subscription(order), scope=scope)
    state = voice.line_by_id(order.details["line"], at=at, scope=scope).state
    if held.account_name != order.details["account"] or held.ended_at is not None or state.closed:
        raise subscriptions.LineChanged(account=order.details["account"])
    return state


def _plan(order: orders.Order, state: voice.LineState, book: PolicyBook, by: Actor, at: datetime) -> None:
    if state.rent_free or order.dwelling_id is None:
        raise subscriptions.LineChanged(account=state.number)
    own = catalogue.telephones(scope=by.scope)[order.details["plan"]]
    terms = line_terms_at(own, dwelling=order.dwelling_id, book=book, at=at, scope=by.scope)
    begins = datetime.fromisoformat(order.details["begins"])
    plan_ahead(state, partial(with_terms, terms=terms), begins=max(begins, at), by=by, at=at)


def _features(order: orders.Order, state: voice.LineState, book: PolicyBook, by: Actor, at: datetime) -> None:
    wanted = {"features": tuple(order.details["features"]), "alarm_threshold": order.details["alarm"]}
    restate(state.number, lambda line: replace(line, **wanted), book=book, by=by, at=at)


def _number(order: orders.Order, state: voice.LineState, book: PolicyBook, by: Actor, at: datetime) -> None:
    claim = new_number_claim(order)
    if claim is None or claim.dwelling_id is None:
        raise ValueError(f"order {order.id} has no number")
    subscriptions.move_line(
        subscription_id=_subscription(order), from_account=state.number, to_dwelling=claim.dwelling_id, to_account=claim.number,
        order_id=order.id, by=by, at=at,
    )  # fmt: skip
    numbers.claim_numbers(claims=[claim], basket_id=order.basket_id, by=by, at=at)
    numbers.release_number(
        kind=_TELEPHONE, number=state.number, quarantine_days=book[numbers.QUARANTINE], by=by, at=at
    )
    voice.rename_line(line=order.details["line"], number=claim.number, by=by, at=at)
    provisioning.rename_telephone(number=state.number, to=claim.number, at=at)


def _move(order: orders.Order, state: voice.LineState, book: PolicyBook, by: Actor, at: datetime) -> None:
    if state.rent_free:
        raise subscriptions.LineChanged(account=state.number)
    subscriptions.move_line(
        subscription_id=_subscription(order), from_account=state.number, to_dwelling=PremisesId(order.details["to"]),
        to_account=state.number, order_id=order.id, by=by, at=at,
    )  # fmt: skip


def _suspended(
    order: orders.Order, state: voice.LineState, book: PolicyBook, by: Actor, at: datetime
) -> None:
    rests = order.business == LINE_SUSPENSION
    if state.suspended == rests:
        raise subscriptions.LineChanged(account=state.number)
    restate(state.number, lambda line: replace(line, suspended=rests), book=book, by=by, at=at)


_Change = Callable[[orders.Order, voice.LineState, PolicyBook, Actor, datetime], None]
_DONE: Mapping[str, _Change] = {
    LINE_PLAN: _plan, LINE_FEATURES: _features, LINE_NUMBER: _number, LINE_MOVE: _move, LINE_SUSPENSION: _suspended,
    LINE_RESUMPTION: _suspended,
}  # fmt: skip


def move_along(*, order: orders.Order, to: PremisesId, by: Actor, at: datetime) -> None:
    """The rent-free lines beside a broadband that moves go along by the same order, under their numbers (CAT-03, CHG-04)."""
    if order.dwelling_id is None:
        return
    lives = subscriptions.subscriptions_at(dwelling_id=order.dwelling_id, scope=by.scope)
    lines = voice.lines_of([int(one.id) for one in lives], at=at, scope=by.scope)
    along = {line.subscription for line in lines if line.state.rent_free and not line.state.closed}
    for phone in (one for one in lives if one.id in along):
        subscriptions.move_line(
            subscription_id=phone.id, from_account=phone.account_name, to_dwelling=to, to_account=phone.account_name,
            order_id=order.id, by=by, at=at,
        )  # fmt: skip


def take_back_telephones(
    *, voided: Sequence[orders.Order], book: PolicyBook, by: Actor, at: datetime
) -> None:
    """The lines are as they were. LaterSaleDepends where something was changed on top, or a plan has begun."""
    for order in reversed(_in_turn(voided)):
        _UNDONE[order.business](order, book, by, at)


def _plan_back(order: orders.Order, book: PolicyBook, by: Actor, at: datetime) -> None:
    state = voice.line_by_id(order.details["line"], at=at, scope=by.scope).state
    begins = datetime.fromisoformat(order.details["begins"])
    own = catalogue.telephones(scope=by.scope)[order.details["plan"]]
    then = voice.line_by_id(order.details["line"], at=begins, scope=by.scope).state
    if begins <= at or then.plan != own.plan:
        raise subscriptions.LaterSaleDepends(account=state.number)
    voice.set_line(line=state, by=by, at=at)


def _features_back(order: orders.Order, book: PolicyBook, by: Actor, at: datetime) -> None:
    state, was = voice.line_by_id(order.details["line"], at=at, scope=by.scope).state, order.details["was"]
    done = (sorted(order.details["features"]), order.details["alarm"])
    if (sorted(state.features), state.alarm_threshold) != done:
        raise subscriptions.LaterSaleDepends(account=state.number)
    before = {"features": tuple(was["features"]), "alarm_threshold": was["alarm"]}
    restate(state.number, lambda line: replace(line, **before), book=book, by=by, at=at)


def _number_back(order: orders.Order, book: PolicyBook, by: Actor, at: datetime) -> None:
    """The old number has rested since; nobody can have taken it."""
    for new, old, home in subscriptions.undo_moves(order_ids=[order.id], at=at):
        numbers.release_number(kind=_TELEPHONE, number=new, quarantine_days=0, by=by, at=at)
        numbers.use_again(kind=_TELEPHONE, number=old, dwelling_id=home, by=by, at=at)
        voice.rename_line(line=order.details["line"], number=old, by=by, at=at)
        provisioning.rename_telephone(number=new, to=old, at=at)


def _move_back(order: orders.Order, book: PolicyBook, by: Actor, at: datetime) -> None:
    subscriptions.undo_moves(order_ids=[order.id], at=at)


def _suspended_back(order: orders.Order, book: PolicyBook, by: Actor, at: datetime) -> None:
    state = voice.line_by_id(order.details["line"], at=at, scope=by.scope).state
    rests = order.business == LINE_SUSPENSION
    if state.suspended != rests:
        raise subscriptions.LaterSaleDepends(account=state.number)
    restate(state.number, lambda line: replace(line, suspended=not rests), book=book, by=by, at=at)


_UNDONE: Mapping[str, Callable[[orders.Order, PolicyBook, Actor, datetime], None]] = {
    LINE_PLAN: _plan_back, LINE_FEATURES: _features_back, LINE_NUMBER: _number_back, LINE_MOVE: _move_back,
    LINE_SUSPENSION: _suspended_back, LINE_RESUMPTION: _suspended_back,
}  # fmt: skip


def _subscription(order: orders.Order) -> SubscriptionId:
    if order.subscription_id is None:
        raise ValueError(f"order {order.id} ({order.business}) is about no line")
    return order.subscription_id


def _announce(order: orders.Order, book: PolicyBook, by: Actor, at: datetime) -> None:
    details = {
        name: order.details[name]
        for name in ("account", "plan", "features", "to_number", "to")
        if name in order.details
    }
    record(
        action="telephone.changed", subject="subscription", subject_id=_subscription(order), hall_id=order.hall_id, by=by, at=at,
        rule="CHG-06", policy_version=book.version, details={"order": order.id, "business": order.business, **details},
    )  # fmt: skip
    publish(
        topic="subscription.changed",
        hall_id=order.hall_id,
        at=at,
        payload={"subscription": _subscription(order)},
    )
