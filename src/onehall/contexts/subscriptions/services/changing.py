"""Changes in a line's life: it rests, it is taken to another dwelling, and both may be taken back in their shift."""

from collections.abc import Collection, Sequence
from datetime import datetime

from onehall.contexts.subscriptions import rules
from onehall.contexts.subscriptions.contracts import LaterSaleDepends, Subscription
from onehall.contexts.subscriptions.models import Move, Suspension
from onehall.contexts.subscriptions.models import Subscription as SubscriptionRow
from onehall.contexts.subscriptions.models import Term as TermRow
from onehall.contexts.subscriptions.queries import subscription as read
from onehall.contexts.subscriptions.services.rows import locked, replace_terms
from onehall.foundation.database import in_transaction
from onehall.foundation.scopes import Actor
from onehall.foundation.values.ids import OrderId, PartyId, PremisesId, SubscriptionId
from onehall.foundation.values.period import Period


@in_transaction
def suspend(
    *, subscription_id: SubscriptionId, months: int, bundles: Collection[str], limits: rules.SuspensionLimits,
    order_id: OrderId, by: Actor, at: datetime,
) -> rules.Suspended:  # fmt: skip
    """The line rests from the next midnight and what is paid ends later by that time (CHG-03). Raises NotSuspendable."""
    row = locked(subscription_id=subscription_id)
    line = read(subscription_id=subscription_id, scope=by.scope)
    decision = rules.decide_suspension(
        account=line.account_name, terms=line.terms, bundles=bundles, ending=line.ending, resting=line.resting,
        months=months, limits=limits, at=at,
    )  # fmt: skip
    running = _running(row, at)
    Suspension.objects.create(
        subscription=row, starts_at=decision.pause.start, ends_at=decision.pause.end,
        anchors=[term.anchor_day for term in running], order_id=order_id, at=at, by_id=by.user_id,
    )  # fmt: skip
    return _dated(row, running, decision.terms, decision.pause, by, at)


@in_transaction
def undo_suspensions(*, order_ids: Sequence[OrderId], by: Actor, at: datetime) -> tuple[rules.Suspended, ...]:
    """Takes back what these orders suspended; what is paid ends as it did. LaterSaleDepends if a later sale builds on it."""
    found = Suspension.objects.filter(order_id__in=order_ids, void_at__isnull=True).order_by("-pk")
    undone = []
    for one in found:
        row = locked(subscription_id=SubscriptionId(one.subscription_id))
        running = [term for term in _running(row, one.at) if term.order_id not in order_ids]
        later = any(term.order_id and term.order_id > max(order_ids) for term in running)
        if later or len(running) != len(one.anchors) or row.ended_at or _ends(row):
            raise LaterSaleDepends(account=row.account_name)
        pause = Period(one.starts_at, one.ends_at)
        dates = rules.moved_back(
            terms=[term.as_contract() for term in running], pause=pause, anchors=one.anchors
        )
        Suspension.objects.filter(pk=one.pk).update(void_at=at)
        undone.append(_dated(row, running, dates, pause, by, at))
    return tuple(undone)


@in_transaction
def resume_due(*, at: datetime, limit: int) -> tuple[tuple[SubscriptionId, OrderId], ...]:
    """Marks suspensions whose end has come, at most `limit`; each line with the order that suspended it."""
    due = Suspension.objects.select_for_update(skip_locked=True).filter(
        ends_at__lte=at, void_at__isnull=True, resumed_at__isnull=True
    )
    found = list(due.order_by("ends_at", "pk")[:limit])
    Suspension.objects.filter(pk__in=[row.pk for row in found]).update(resumed_at=at)
    return tuple((SubscriptionId(row.subscription_id), OrderId(row.order_id)) for row in found)


@in_transaction
def move_line(
    *, subscription_id: SubscriptionId, from_account: str, to_dwelling: PremisesId, to_account: str, order_id: OrderId,
    by: Actor, at: datetime,
) -> None:  # fmt: skip
    """The line is at another dwelling under its name from now on (CHG-04). LineChanged if it is not what was chosen any more."""
    row = locked(subscription_id=subscription_id)
    if row.account_name != from_account or row.ended_at is not None or _ends(row):
        raise rules.LineChanged(account=from_account)
    Move.objects.create(
        subscription=row, from_dwelling_id=row.dwelling_id, from_account=from_account, to_dwelling_id=to_dwelling,
        to_account=to_account, order_id=order_id, at=at, by_id=by.user_id,
    )  # fmt: skip
    SubscriptionRow.objects.filter(pk=row.pk).update(dwelling_id=to_dwelling, account_name=to_account)


@in_transaction
def undo_moves(*, order_ids: Sequence[OrderId], at: datetime) -> tuple[tuple[str, str, PremisesId], ...]:
    """Takes back what these orders moved: for each the name it had there, its old name and old dwelling.

    LaterSaleDepends where the line was moved on, or ends, or where somebody has its old name.
    """
    undone = []
    for one in Move.objects.filter(order_id__in=order_ids, void_at__isnull=True).order_by("-pk"):
        row = locked(subscription_id=SubscriptionId(one.subscription_id))
        holders = SubscriptionRow.objects.filter(account_name=one.from_account, ended_at__isnull=True)
        others = holders.exclude(pk=row.pk)
        if row.account_name != one.to_account or row.ended_at or _ends(row) or others.exists():
            raise LaterSaleDepends(account=one.to_account)
        Move.objects.filter(pk=one.pk).update(void_at=at)
        SubscriptionRow.objects.filter(pk=row.pk).update(
            dwelling_id=one.from_dwelling_id, account_name=one.from_account
        )
        undone.append((one.to_account, one.from_account, PremisesId(one.from_dwelling_id)))
    return tuple(undone)


def _running(row: SubscriptionRow, at: datetime) -> list[TermRow]:
    live = TermRow.objects.filter(subscription=row, cancelled_at__isnull=True, expires_at__gt=at)
    return list(live.order_by("starts_at"))


def _ends(row: SubscriptionRow) -> bool:
    return bool(row.endings.filter(withdrawal__isnull=True).exists())


def _dated(
    row: SubscriptionRow, running: list[TermRow], dates: Sequence[rules.TermDates], pause: Period, by: Actor, at: datetime
) -> rules.Suspended:  # fmt: skip
    pairs = [(term.starts_at, new.period.start) for term, new in zip(running, dates, strict=True)]
    replace_terms(live=running, dates=dates, by=by, at=at)
    starts = {old: new for old, new in pairs if old != new}
    return rules.Suspended(SubscriptionId(row.pk), row.account_name, pause, starts, dates[-1].period.end)


@in_transaction
def line_in_hand(*, subscription_id: SubscriptionId, owner: PartyId, by: Actor) -> Subscription:
    """The line as it stands, ours until the transaction ends. Raises NotFound, LineChanged where it is not this owner's any more."""
    row = locked(subscription_id=subscription_id)
    if row.party_id != owner:
        raise rules.LineChanged(account=row.account_name)
    return read(subscription_id=subscription_id, scope=by.scope)


@in_transaction
def change_owner(*, subscription_id: SubscriptionId, owner: PartyId, by: Actor, at: datetime) -> None:
    """Account, serial and terms stay with the line; the orders of the two say who had it before (SEC-05)."""
    SubscriptionRow.objects.filter(pk=subscription_id).update(party_id=owner)
