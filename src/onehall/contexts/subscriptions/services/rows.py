"""What the room's verbs share: a line's row under lock, and terms whose dates move."""

from collections.abc import Sequence
from datetime import datetime

from onehall.contexts.subscriptions import rules
from onehall.contexts.subscriptions.models import Subscription, Term
from onehall.foundation.database import in_transaction
from onehall.foundation.scopes import Actor, NotFound
from onehall.foundation.values.ids import SubscriptionId


@in_transaction
def locked(*, subscription_id: SubscriptionId) -> Subscription:
    """The line's row, ours until the transaction ends. Raises NotFound."""
    row = Subscription.objects.select_for_update().filter(pk=subscription_id).first()
    if row is None:
        raise NotFound(what="这项业务", what_en="This subscription")
    return row


@in_transaction
def replace_terms(*, live: list[Term], dates: Sequence[rules.TermDates], by: Actor, at: datetime) -> None:
    """What was sold stays as it was sold: the terms are cancelled, and new ones with these dates stand in their place."""
    stamp = {"cancelled_at": at, "cancelled_by_id": by.user_id, "replaced": True}
    Term.objects.filter(pk__in=[term.pk for term in live]).update(**stamp)
    for term, moved in zip(live, dates, strict=True):
        term.pk, term.anchor_day = None, moved.anchor_day
        term.starts_at, term.expires_at = moved.period.start, moved.period.end
    Term.objects.bulk_create(live)
