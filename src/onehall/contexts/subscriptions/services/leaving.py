"""What was said before a line ended, or did not end (CHG-07)."""

from datetime import datetime

from onehall.contexts.subscriptions.models import Retention
from onehall.contexts.subscriptions.rules import Outcome, Talk
from onehall.foundation.database import in_transaction
from onehall.foundation.scopes import Actor
from onehall.foundation.values.ids import SubscriptionId


@in_transaction
def record_talk(
    *, subscription_id: SubscriptionId, talk: Talk, outcome: Outcome, by: Actor, at: datetime
) -> None:
    """Keeps why, what was offered and how it came out, in the hall where it was said."""
    Retention.objects.create(
        subscription_id=subscription_id, hall_id=by.hall_id, reason=talk.cause, words=talk.words, offer=talk.offer,
        outcome=outcome, at=at, by_id=by.user_id,
    )  # fmt: skip


@in_transaction
def record_change_of_mind(*, subscription_id: SubscriptionId, by: Actor, at: datetime) -> None:
    """The customer stays after all: the last talk came out well, for the reason that it was about."""
    last = Retention.objects.filter(subscription_id=subscription_id).order_by("-pk").first()
    if last is not None:
        Retention.objects.create(
            subscription_id=subscription_id, hall_id=by.hall_id, reason=last.reason, words=last.words, offer=last.offer,
            outcome=Outcome.STAYED, at=at, by_id=by.user_id,
        )  # fmt: skip
