"""试推送 A test delivery of no event, to a paused endpoint too (API-01)."""

from datetime import datetime

from onehall.foundation.audit import record
from onehall.foundation.database import transaction
from onehall.foundation.scopes import Actor
from onehall.foundation.webhooks import services


def ping_webhook(*, subscription_id: int, by: Actor, at: datetime) -> int:
    """The id of the delivery; the clock sends it. Raises NotFound."""
    with transaction():
        by.require("webhook.manage")
        delivery = services.ping(subscription_id=subscription_id, by=by, at=at)
        record(
            action="webhook.pinged", subject="webhook", subject_id=subscription_id, hall_id=by.hall_id, by=by, at=at,
            rule="API-01", details={"delivery": delivery},
        )  # fmt: skip
    return delivery
