"""撤销拆机 The customer stays: an ending that was booked and has not come is withdrawn (CHG-02, CHG-07)."""

from datetime import datetime

from onehall.contexts.subscriptions import api as subscriptions
from onehall.foundation.audit import record
from onehall.foundation.database import transaction
from onehall.foundation.outbox import publish
from onehall.foundation.scopes import Actor
from onehall.foundation.values.ids import SubscriptionId


def keep_subscription(*, subscription_id: SubscriptionId, by: Actor, at: datetime) -> bool:
    """Whether an ending was withdrawn; where none stands nothing happens."""
    with transaction():
        by.require("basket.edit")
        kept = subscriptions.withdraw_ending(subscription_id=subscription_id, by=by, at=at)
        if kept is None:
            return False
        subscriptions.record_change_of_mind(subscription_id=subscription_id, by=by, at=at)
        record(
            action="subscription.kept", subject="subscription", subject_id=subscription_id, hall_id=by.hall_id, by=by, at=at,
            rule="CHG-07", details={"effective_at": kept.effective_at.isoformat()},
        )  # fmt: skip
        publish(
            topic="subscription.changed",
            hall_id=by.hall_id,
            at=at,
            payload={"subscription": subscription_id},
        )
    return True
