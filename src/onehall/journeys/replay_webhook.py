"""重推 Finished deliveries go out once more under their old ids: one, or all since a time (API-01)."""

from datetime import datetime

from onehall.foundation.audit import record
from onehall.foundation.database import transaction
from onehall.foundation.outbox import publish
from onehall.foundation.scopes import Actor, Scope
from onehall.foundation.webhooks import services


def replay_webhook(
    *,
    subscription_id: int,
    delivery_id: int | None = None,
    since: datetime | None = None,
    hall_id: int,
    by: Actor | None,
    at: datetime,
) -> int:
    """How many; `by` is None at the console, `hall_id` whose trail says it. Raises NotFound."""
    with transaction():
        if by is not None:
            by.require("webhook.manage")
        scope = by.scope if by is not None else Scope.operator()
        count = services.replay(
            subscription_id=subscription_id, delivery_id=delivery_id, since=since, scope=scope, at=at
        )
        record(
            action="webhook.replayed", subject="webhook", subject_id=subscription_id, hall_id=hall_id, by=by, at=at,
            rule="API-01",
            details={"count": count, "delivery": delivery_id, "since": since.isoformat() if since else None},
        )  # fmt: skip
        publish(topic="webhook.changed", hall_id=hall_id, at=at, payload={"subscription": subscription_id})
    return count
