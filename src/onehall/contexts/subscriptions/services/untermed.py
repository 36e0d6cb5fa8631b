"""Lines without paid terms: telephone lines, which are charged from a balance (CAT-05)."""

from datetime import datetime

from onehall.contexts.subscriptions.contracts import EndingBooked, EndingKind
from onehall.contexts.subscriptions.models import Ending
from onehall.contexts.subscriptions.models import Subscription as SubscriptionRow
from onehall.contexts.subscriptions.services.rows import locked
from onehall.foundation.database import in_transaction
from onehall.foundation.scopes import Actor
from onehall.foundation.values.ids import OrderId, PartyId, PremisesId, SubscriptionId


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
def close_line(*, subscription_id: SubscriptionId, reason: str, by: Actor, at: datetime) -> None:
    """The line ends now. Raises EndingBooked where it has ended, NotFound."""
    row = locked(subscription_id=subscription_id)
    if row.ended_at is not None:
        raise EndingBooked(account=row.account_name)
    Ending.objects.create(
        subscription=row,
        kind=EndingKind.NOW,
        reason=reason,
        requested_at=at,
        effective_at=at,
        by_id=by.user_id,
    )
    SubscriptionRow.objects.filter(pk=row.pk).update(ended_at=at)
