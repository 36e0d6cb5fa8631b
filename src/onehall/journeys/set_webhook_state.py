"""停、恢复、结束推送 Pause a webhook, let it go on, or end it for good (API-01)."""

from datetime import datetime

from onehall.foundation.audit import record
from onehall.foundation.database import transaction
from onehall.foundation.outbox import publish
from onehall.foundation.scopes import Actor
from onehall.foundation.webhooks import services


def set_webhook_state(*, subscription_id: int, state: str, by: Actor, at: datetime) -> None:
    """`state`: active, paused or ended. What waits is kept through a pause. Raises NotFound."""
    with transaction():
        by.require("webhook.manage")
        services.set_state(subscription_id=subscription_id, state=state, scope=by.scope, at=at)
        record(
            action="webhook.state_set", subject="webhook", subject_id=subscription_id, hall_id=by.hall_id, by=by, at=at,
            rule="API-01", details={"state": state},
        )  # fmt: skip
        publish(topic="webhook.changed", hall_id=by.hall_id, at=at, payload={"subscription": subscription_id})
