"""What paid changes of a line bring about in the other rooms, and how they are taken back (CHG-03, CHG-04)."""

from collections.abc import Sequence
from datetime import datetime

from onehall.contexts.numbers import api as numbers
from onehall.contexts.orders import api as orders
from onehall.contexts.provisioning import api as provisioning
from onehall.contexts.subscriptions import api as subscriptions
from onehall.foundation.audit import record
from onehall.foundation.outbox import publish
from onehall.foundation.policy import PolicyBook
from onehall.foundation.scopes import Actor
from onehall.foundation.values.ids import OrderId, PremisesId, SubscriptionId
from onehall.foundation.values.period import Period
from onehall.steps.basket import account_claim
from onehall.steps.changes import suspension_limits
from onehall.steps.telephone_changing import move_along
from onehall.steps.written import accepted_at


def suspend_lines(
    *, sold: Sequence[orders.Order], book: PolicyBook, by: Actor, at: datetime
) -> dict[OrderId, Period]:
    """Each line rests from the next midnight; the network refuses it then, and lets it on again, by itself. When, by order."""
    rests = {}
    for order in sold:
        rested = subscriptions.suspend(
            subscription_id=_line(order), months=order.details["months"], bundles=order.details["bundles"],
            limits=suspension_limits(book), order_id=order.id, by=by, at=accepted_at([order], at),
        )  # fmt: skip
        provisioning.pause_access(
            account=rested.account_name, pause=rested.pause, starts=rested.starts, valid_until=rested.expires_at, at=at
        )  # fmt: skip
        rests[order.id] = rested.pause
        span = {"from": rested.pause.start.isoformat(), "until": rested.pause.end.isoformat()}
        _announce(order, "subscription.suspended", "CHG-03", span, book, by, at)
    return rests


def move_lines(*, sold: Sequence[orders.Order], book: PolicyBook, by: Actor, at: datetime) -> None:
    """The line has the new dwelling's name; the old one is free when its password is nobody's and its sessions are cut."""
    for order in sold:
        old, new = order.details["account"], order.details["to_account"]
        subscriptions.move_line(
            subscription_id=_line(order), from_account=old, to_dwelling=PremisesId(order.details["to"]),
            to_account=new, order_id=order.id, by=by, at=at,
        )  # fmt: skip
        claim = account_claim(order)
        claims = [claim] if claim else []
        numbers.claim_numbers(claims=claims, basket_id=order.basket_id, by=by, at=at)
        _rename(old, new, book, by, at)
        move_along(order=order, to=PremisesId(order.details["to"]), by=by, at=at)
        _announce(order, "subscription.moved", "CHG-04", {"from": old, "to": new}, book, by, at)


def take_back_changes(*, voided: Sequence[orders.Order], book: PolicyBook, by: Actor, at: datetime) -> None:
    """The lines are where they were and rest no more. LaterSaleDepends, NumberTaken where something builds on it."""
    ids = [order.id for order in voided]
    source = {order.details.get("to_account"): order.details.get("source") for order in voided}
    for new, old, home in subscriptions.undo_moves(order_ids=ids, at=at):
        if new == old:  # a telephone line that went along
            continue
        claim = numbers.NumberClaim(numbers.NumberKind.ACCOUNT, old, source[new] or numbers.OWN, home)
        numbers.claim_numbers(claims=[claim], basket_id=None, by=by, at=at)
        _rename(new, old, book, by, at)
    for back in subscriptions.undo_suspensions(order_ids=ids, by=by, at=at):
        provisioning.pause_access(
            account=back.account_name, pause=None, starts=back.starts, valid_until=back.expires_at, at=at
        )  # fmt: skip


def _rename(account: str, to: str, book: PolicyBook, by: Actor, at: datetime) -> None:
    policy = provisioning.secret_policy(book)
    provisioning.rename_access(account=account, to=to, policy=policy, at=at)
    numbers.release_number(
        kind=numbers.NumberKind.ACCOUNT, number=account, quarantine_days=book[numbers.QUARANTINE], by=by, at=at
    )  # fmt: skip


def _line(order: orders.Order) -> SubscriptionId:
    if order.subscription_id is None:
        raise ValueError(f"order {order.id} ({order.business}) is about no line")
    return order.subscription_id


def _announce(
    order: orders.Order,
    action: str,
    rule: str,
    details: dict[str, str],
    book: PolicyBook,
    by: Actor,
    at: datetime,
) -> None:
    record(
        action=action, subject="subscription", subject_id=_line(order), hall_id=order.hall_id, by=by, at=at, rule=rule,
        policy_version=book.version, details={"order": order.id, **details},
    )  # fmt: skip
    publish(
        topic="subscription.changed", hall_id=order.hall_id, at=at, payload={"subscription": _line(order)}
    )
