"""挽留成功 The customer meant to leave and stays: why, what was offered, and that it worked (CHG-07)."""

from datetime import datetime
from uuid import UUID

from onehall.contexts.subscriptions import api as subscriptions
from onehall.foundation.audit import record
from onehall.foundation.database import transaction
from onehall.foundation.idempotency import once
from onehall.foundation.scopes import Actor
from onehall.foundation.values.ids import SubscriptionId


def keep_customer(
    *, subscription_id: SubscriptionId, cause: str, reason: str, offer: str, intent: UUID, by: Actor, at: datetime
) -> None:  # fmt: skip
    """Nothing changes but the record. Raises TalkIncomplete; PortingNoTalk for whoever ports out."""
    with transaction():
        by.require("basket.edit")
        body = {"subscription": subscription_id, "cause": cause, "reason": reason, "offer": offer}
        attempt = once(key=intent, journey="keep_customer", by=by, body=body, at=at)
        if attempt.done:
            return
        talk = subscriptions.check_talk(cause=cause, words=reason, offer=offer)
        if talk.cause is subscriptions.Cause.PORTING:
            raise subscriptions.PortingNoTalk(field="cause")
        line = subscriptions.subscription(subscription_id=subscription_id, scope=by.scope)
        subscriptions.record_talk(
            subscription_id=line.id, talk=talk, outcome=subscriptions.Outcome.STAYED, by=by, at=at
        )
        attempt.finish({"subscription": line.id})
        record(
            action="subscription.retained", subject="subscription", subject_id=line.id, hall_id=by.hall_id, by=by, at=at,
            rule="CHG-07", details={"cause": talk.cause.value},
        )  # fmt: skip
