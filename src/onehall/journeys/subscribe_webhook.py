"""建推送 Subscribe another programme to what happens in the hall (API-01)."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from onehall.foundation.audit import record
from onehall.foundation.database import transaction
from onehall.foundation.idempotency import once
from onehall.foundation.outbox import publish
from onehall.foundation.policy.services import policy_book
from onehall.foundation.scopes import Actor
from onehall.foundation.webhooks import services
from onehall.foundation.webhooks.contracts import Made


def subscribe_webhook(
    *, intent: UUID, title: str, url: str, topics: Sequence[str], hall_id: int | None, by: Actor, at: datetime
) -> Made:
    """The subscription with its secret; the same intent again answers with the same. Raises as `services.subscribe` says."""
    with transaction():
        by.require("webhook.manage")
        body = {"title": title, "url": url, "topics": list(topics), "hall": hall_id}
        attempt = once(key=intent, journey="subscribe_webhook", by=by, body=body, at=at)
        if attempt.result is not None:
            made_before = attempt.result["subscription"]
            return Made(made_before, services.newest_secret(subscription_id=made_before, scope=by.scope))
        book = policy_book(hall_id=None, at=at)
        made = services.subscribe(
            title=title, url=url, topics=topics, hall_id=hall_id, book=book, by=by, at=at
        )
        hall = hall_id or by.hall_id
        record(
            action="webhook.made", subject="webhook", subject_id=made.subscription_id, hall_id=hall, by=by, at=at,
            rule="API-01", policy_version=book.version, details={"topics": list(topics), "for_hall": hall_id},
        )  # fmt: skip
        publish(topic="webhook.changed", hall_id=hall, at=at, payload={"subscription": made.subscription_id})
        attempt.finish({"subscription": made.subscription_id})
    return made
