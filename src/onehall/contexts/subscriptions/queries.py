"""Reads of the subscriptions room. Subscriptions belong to the operator: any hall that has a purpose sees them (SEC-01)."""

from collections.abc import Iterable, Sequence

from django.db.models import Count, OuterRef, QuerySet, Subquery, Sum

from onehall.contexts.subscriptions.contracts import Subscription
from onehall.contexts.subscriptions.models import PointAddition, Suspension
from onehall.contexts.subscriptions.models import Subscription as SubscriptionRow
from onehall.foundation.scopes import NotFound, Scope
from onehall.foundation.values.ids import PartyId, PremisesId, SubscriptionId


def subscription(*, subscription_id: SubscriptionId, scope: Scope) -> Subscription:
    """One subscription by its id."""
    found = subscriptions(subscription_ids=[subscription_id], scope=scope)
    if not found:
        raise NotFound(what="这项业务", what_en="This subscription")
    return found[0]


def subscriptions(*, subscription_ids: Iterable[SubscriptionId], scope: Scope) -> tuple[Subscription, ...]:
    """Several at once, by id."""
    del scope  # operator-owned: a household is served by whichever hall it walks into
    return _read(SubscriptionRow.objects.filter(pk__in=list(subscription_ids)))


def subscriptions_of(*, party_id: PartyId, scope: Scope) -> tuple[Subscription, ...]:
    """Everything the customer has or had, live ones first."""
    del scope  # operator-owned
    found = _read(SubscriptionRow.objects.filter(party_id=party_id))
    return tuple(sorted(found, key=lambda s: (s.ended_at is not None, s.opened_at)))


def subscriptions_at(*, dwelling_id: PremisesId, scope: Scope) -> tuple[Subscription, ...]:
    """What is live at a dwelling, whoever has it."""
    del scope  # operator-owned
    return _read(SubscriptionRow.objects.filter(dwelling_id=dwelling_id, ended_at__isnull=True))


def live_by_dwelling(
    *, dwelling_ids: Sequence[PremisesId], kind: str, scope: Scope
) -> dict[PremisesId, Subscription]:
    """What of this kind is live at each of many dwellings, whoever has it: the first where there are several."""
    del scope  # operator-owned
    live = SubscriptionRow.objects.filter(dwelling_id__any_of=dwelling_ids, kind=kind, ended_at__isnull=True)
    return {one.dwelling_id: one for one in reversed(_read(live))}


def subscription_by_account(*, account_name: str, scope: Scope) -> Subscription | None:
    """The live subscription with this account name; former households of the same dwelling are found by id only."""
    del scope  # operator-owned
    rows = SubscriptionRow.objects.filter(account_name=account_name, ended_at__isnull=True)
    return next(iter(_read(rows)), None)


def additional_points(*, dwelling_id: PremisesId, scope: Scope) -> dict[str, int]:
    """Points opened at a dwelling beyond the included ones, by kind; a kind without one is left out (ADR-06)."""
    del scope  # operator-owned
    rows = PointAddition.objects.filter(dwelling_id=dwelling_id, void_at__isnull=True)
    return dict(rows.values_list("kind").annotate(Sum("quantity")).order_by("kind"))


def taken_serials(*, serials: Sequence[str], scope: Scope) -> frozenset[str]:
    """Those of the form serials that a subscription carries, ended or not (ORD-07)."""
    del scope  # operator-owned
    return frozenset(SubscriptionRow.objects.filter(serial__any_of=serials).values_list("serial", flat=True))


def live_accounts(*, accounts: Sequence[str], scope: Scope) -> frozenset[str]:
    """Those of the account names that a live subscription has (ADR-07)."""
    del scope  # operator-owned
    rows = SubscriptionRow.objects.filter(account_name__any_of=accounts, ended_at__isnull=True)
    return frozenset(rows.values_list("account_name", flat=True))


def lines_and_points(
    *, dwelling_ids: Sequence[PremisesId], kind: str, scope: Scope
) -> tuple[dict[int, int], dict[int, int]]:
    """By dwelling: how many live lines it has, and how many points beyond the included ones (ADR-06)."""
    del scope  # operator-owned
    live = SubscriptionRow.objects.filter(dwelling_id__any_of=dwelling_ids, kind=kind, ended_at__isnull=True)
    lines = live.values_list("dwelling_id").annotate(n=Count("pk"))
    added = PointAddition.objects.filter(dwelling_id__any_of=dwelling_ids, kind=kind, void_at__isnull=True)
    return dict(lines), dict(added.values_list("dwelling_id").annotate(n=Sum("quantity")))


def _read(rows: QuerySet[SubscriptionRow]) -> tuple[Subscription, ...]:
    kept = Suspension.objects.filter(subscription=OuterRef("pk"), void_at__isnull=True)
    rests = kept.order_by("-starts_at")
    asked = rows.annotate(
        rests_from=Subquery(rests.values("starts_at")[:1]), rests_until=Subquery(rests.values("ends_at")[:1])
    ).prefetch_related("terms", "endings", "endings__withdrawal")
    return tuple(row.as_contract() for row in asked.order_by("pk"))
