"""What is sold and what becomes of it: terms, points, endings."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q

from onehall.contexts.subscriptions import rules

from onehall.contexts.subscriptions.contracts import (  # isort: skip - packed: the shelf has a limit
    AccountInUse, Bought, Ending, EndingBooked, EndingKind, Extension, LaterSaleDepends, NewSubscription, NotRenewable,
    SerialTaken, Subscription, TermSold, Withdrawn,
)  # fmt: skip
from onehall.contexts.subscriptions.models import Ending as EndingRow
from onehall.contexts.subscriptions.models import EndingWithdrawal, PointAddition
from onehall.contexts.subscriptions.models import Subscription as SubscriptionRow
from onehall.contexts.subscriptions.models import Term as TermRow
from onehall.contexts.subscriptions.queries import subscription as read
from onehall.contexts.subscriptions.services.rows import locked, replace_terms
from onehall.foundation.database import Asking, asks, call_all, function, in_transaction
from onehall.foundation.scopes import Actor, NotFound
from onehall.foundation.values.ids import OrderId, PartyId, PremisesId, SubscriptionId, TermId
from onehall.foundation.values.period import CHINA, Period, local


@in_transaction
def open_subscriptions(
    *, new: Sequence[NewSubscription], by: Actor | None, at: datetime
) -> tuple[TermSold, ...]:
    """★ Opens subscriptions with their first terms, in the order given, in one call. Raises AccountInUse, SerialTaken."""
    items = [
        {
            "party": one.party_id, "dwelling": one.dwelling_id, "kind": one.kind, "account": one.account_name,
            "serial": one.serial, "starts_at": one.starts_at, "expires_at": one.expires_at, **_bought(one.bought),
        }
        for one in new
    ]  # fmt: skip
    facts = {"p_by": by.user_id if by else None, "p_at": at, "p_zone": str(CHINA)}
    rows = call_all("subscriptions_open", p_items=_json(items), **facts)
    for row in rows:
        if row["outcome"] == "account":
            raise AccountInUse(field="account", account=row["account"])
        if row["outcome"] == "serial":
            raise SerialTaken(field="serial", serial=row["serial"])
    sold = {row["account"]: _sold(row) for row in rows}
    return tuple(sold[one.account_name] for one in new)


@in_transaction
def open_line(
    *, party_id: PartyId, dwelling_id: PremisesId, kind: str, account_name: str, serial: str, order_id: OrderId, by: Actor, at: datetime,
) -> SubscriptionId:  # fmt: skip
    """A line that lasts until it is ended. The caller has claimed its number and serial; else IntegrityError."""
    row = SubscriptionRow.objects.create(
        party_id=party_id, dwelling_id=dwelling_id, kind=kind, account_name=account_name, serial=serial,
        order_id=order_id, opened_at=at, by_id=by.user_id,
    )  # fmt: skip
    return SubscriptionId(row.pk)


@in_transaction
@asks
def extend_terms(*, extensions: Sequence[Extension], paid_at: datetime) -> Asking[tuple[TermSold, ...]]:
    """★ Books renewals by CHG-01, in the order given, in one call. Raises NotRenewable, NotFound."""
    items = [{"subscription": one.subscription_id, **_bought(one.bought)} for one in extensions]
    rows = yield function("subscriptions_extend", p_items=_json(items), p_paid_at=paid_at, p_zone=str(CHINA))
    for row in rows:
        if row["outcome"] == "missing":
            raise NotFound(what="这项业务", what_en="This subscription")
        if row["outcome"] != "extended":
            ends_at, ended = local(row["ends_at"]) if row["ends_at"] else None, row["outcome"] == "ended"
            raise NotRenewable.because(account=row["account"], ends_at=ends_at, ended=ended)
    sold = {(row["subscription"], row["order"]): _sold(row) for row in rows}
    return tuple(sold[one.subscription_id, one.bought.order_id] for one in extensions)


@in_transaction
def add_points(
    *, subscription_id: SubscriptionId, dwelling_id: PremisesId, kind: str, quantity: int, order_id: OrderId | None,
    by: Actor, at: datetime,
) -> None:  # fmt: skip
    """Opens further points at a dwelling (ADR-06)."""
    PointAddition.objects.create(
        subscription_id=subscription_id, dwelling_id=dwelling_id, kind=kind, quantity=quantity, order_id=order_id,
        at=at, by_id=by.user_id,
    )  # fmt: skip


@in_transaction
def cancel_sales(*, order_ids: Sequence[OrderId], by: Actor, at: datetime) -> tuple[Withdrawn, ...]:
    """Takes back what these orders sold: terms, points, and subscriptions that they opened.

    LaterSaleDepends if another sale, or a booked ending, builds on one of them.
    """
    ours = Q(terms__order_id__in=order_ids) | Q(order_id__in=order_ids)
    sold = SubscriptionRow.objects.filter(ours).values("pk")
    rows = list(SubscriptionRow.objects.select_for_update().filter(pk__in=sold).order_by("pk"))
    withdrawn = [_cancel(row, order_ids, by, at) for row in rows]
    PointAddition.objects.filter(order_id__in=order_ids, void_at__isnull=True).update(void_at=at)
    return tuple(withdrawn)


@in_transaction
def move_start(
    *,
    subscription_id: SubscriptionId,
    order_id: OrderId,
    finished: datetime,
    rule: str,
    by: Actor,
    at: datetime,
) -> tuple[tuple[Period, Period], ...]:
    """Moves the terms that `order_id` opened to where the policy wants them (ORD-09): each as booked and as it is now.

    Nothing moves, and () is the answer, where the rule leaves the start, the order opened no line, or its end is booked.
    What was sold stays as it was sold: the old terms are cancelled and new ones stand in their place.
    """
    row = locked(subscription_id=subscription_id)
    live = list(TermRow.objects.filter(subscription=row, cancelled_at__isnull=True).order_by("starts_at"))
    if row.ended_at is not None or _standing_ending(row) or not live or live[0].order_id != order_id:
        return ()
    start = rules.start_after_installation(booked=live[0].starts_at, finished=finished, rule=rule)
    if start == live[0].starts_at:
        return ()
    booked = [term.as_contract() for term in live]
    moved = rules.moved_terms(booked, start=start)
    replace_terms(live=live, dates=moved, by=by, at=at)
    return tuple((old.period, new.period) for old, new in zip(booked, moved, strict=True))


def _cancel(row: SubscriptionRow, order_ids: Sequence[OrderId], by: Actor, at: datetime) -> Withdrawn:
    live = list(TermRow.objects.filter(subscription=row, cancelled_at__isnull=True).order_by("starts_at"))
    ours = [term for term in live if term.order_id in order_ids]
    others = [term for term in live if term.order_id not in order_ids]
    opened_here = row.order_id in order_ids
    points = row.points.filter(void_at__isnull=True).exclude(order_id__in=order_ids)
    later = _changed(row, order_ids) or any(o.starts_at >= t.starts_at for t in ours for o in others)
    if later or row.ended_at is not None or _standing_ending(row) or (opened_here and points.exists()):
        raise LaterSaleDepends(account=row.account_name)
    TermRow.objects.filter(pk__in=[term.pk for term in ours]).update(
        cancelled_at=at, cancelled_by_id=by.user_id
    )
    if opened_here:
        stamp = {"requested_at": at, "effective_at": at, "by_id": by.user_id}
        EndingRow.objects.create(subscription=row, kind=EndingKind.VOID, reason="void", **stamp)
        SubscriptionRow.objects.filter(pk=row.pk).update(ended_at=at)
    expires_at = None if opened_here or not others else others[-1].expires_at
    return Withdrawn(SubscriptionId(row.pk), row.kind, row.account_name, expires_at)


def _changed(row: SubscriptionRow, order_ids: Sequence[OrderId]) -> bool:
    """Whether a later sale moved or suspended the line; what this one changed was taken back before."""
    later = {"void_at__isnull": True, "order_id__gt": max(order_ids)}
    return row.moves.filter(**later).exists() or row.suspensions.filter(**later).exists()


@in_transaction
def end_subscription(
    *,
    subscription_id: SubscriptionId,
    reason: str,
    binding_months: int,
    show_hint: bool,
    by: Actor,
    at: datetime,
) -> rules.EndingDecision:
    """Ends it now or books its end at the expiry of a binding term (CHG-02). EndingBooked if it is ending already."""
    row = locked(subscription_id=subscription_id)
    if row.ended_at is not None or _standing_ending(row):
        raise EndingBooked(account=row.account_name)
    terms = read(subscription_id=subscription_id, scope=by.scope).terms
    decision = rules.decide_ending(terms=terms, binding_months=binding_months, at=at, show_hint=show_hint)
    EndingRow.objects.create(
        subscription=row, kind=decision.kind, reason=reason, requested_at=at, effective_at=decision.effective_at,
        by_id=by.user_id,
    )  # fmt: skip
    if decision.kind == EndingKind.NOW:
        SubscriptionRow.objects.filter(pk=row.pk).update(ended_at=at)
    return decision


@in_transaction
def withdraw_ending(*, subscription_id: SubscriptionId, by: Actor, at: datetime) -> Ending | None:
    """The customer stays: a booked ending that has not come into effect is withdrawn; None if there was none."""
    row = locked(subscription_id=subscription_id)
    ending = _standing_ending(row) if row.ended_at is None else None
    if ending is None:
        return None
    EndingWithdrawal.objects.create(ending=ending, at=at, by_id=by.user_id)
    return ending.as_contract()


@in_transaction
def apply_due_endings(*, at: datetime, limit: int) -> tuple[Subscription, ...]:
    """Ends what was booked to end by now, at most `limit` of them; what ended, for its number to be given back."""
    kept = ~Exists(EndingWithdrawal.objects.filter(ending=OuterRef("pk")))
    stands = EndingRow.objects.filter(kept, subscription=OuterRef("pk"), effective_at__lte=at)
    free = SubscriptionRow.objects.select_for_update(skip_locked=True)
    due = free.filter(Exists(stands), ended_at__isnull=True)
    ids = [row.pk for row in due.order_by("pk")[:limit]]
    for row in SubscriptionRow.objects.filter(pk__in=ids):
        ending = _standing_ending(row)
        SubscriptionRow.objects.filter(pk=row.pk).update(ended_at=ending.effective_at if ending else at)
    rows = SubscriptionRow.objects.filter(pk__in=ids)
    return tuple(
        row.as_contract() for row in rows.prefetch_related("terms", "endings", "endings__withdrawal")
    )


def _standing_ending(row: SubscriptionRow) -> EndingRow | None:
    return row.endings.filter(withdrawal__isnull=True).order_by("-pk").first()


def _bought(bought: Bought) -> dict[str, Any]:
    return {
        "order": bought.order_id, "offering": bought.offering, "price_version": bought.price_version,
        "price_fen": bought.price.fen, "months": bought.months, "policy_version": bought.policy_version,
    }  # fmt: skip


def _json(items: list[dict[str, Any]]) -> str:
    return json.dumps(items, default=datetime.isoformat)


def _sold(row: dict[str, Any]) -> TermSold:
    return TermSold(
        id=TermId(row["term"]), order_id=row["order"], subscription_id=SubscriptionId(row["subscription"]),
        account_name=row["account"], serial=row["serial"], period=Period(row["starts_at"], row["expires_at"]),
    )  # fmt: skip
