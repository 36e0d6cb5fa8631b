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
    _keep(subscription_id, talk.cause, talk.words, talk.offer, outcome, by, at)


@in_transaction
def record_change_of_mind(*, subscription_id: SubscriptionId, by: Actor, at: datetime) -> None:
    """The customer stays after all: the last talk came out well, for the reason that it was about."""
    last = Retention.objects.filter(subscription_id=subscription_id).order_by("-pk").first()
    if last is not None:
        _keep(subscription_id, last.reason, last.words, last.offer, Outcome.STAYED, by, at)


def _keep(line: SubscriptionId, reason: str, words: str, offer: str, outcome: Outcome, by: Actor, at: datetime) -> None:  # fmt: skip
    said = {"reason": reason, "words": words, "offer": offer, "outcome": outcome}
    Retention.objects.create(subscription_id=line, hall_id=by.hall_id, at=at, by_id=by.user_id, **said)
