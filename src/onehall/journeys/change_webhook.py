"""改推送 Another title, address or choice of topics (API-01)."""

from collections.abc import Sequence
from datetime import datetime

from onehall.foundation.audit import record
from onehall.foundation.database import transaction
from onehall.foundation.outbox import publish
from onehall.foundation.policy.services import policy_book
from onehall.foundation.scopes import Actor
from onehall.foundation.webhooks import services


def change_webhook(
    *, subscription_id: int, title: str, url: str, topics: Sequence[str], by: Actor, at: datetime
) -> None:
    """Raises BadAddress, BadTopic, NoTitle, NotFound."""
    with transaction():
        by.require("webhook.manage")
        book = policy_book(hall_id=None, at=at)
        services.change(
            subscription_id=subscription_id, title=title, url=url, topics=topics, book=book, scope=by.scope
        )
        record(
            action="webhook.changed", subject="webhook", subject_id=subscription_id, hall_id=by.hall_id, by=by, at=at,
            rule="API-01", policy_version=book.version, details={"topics": list(topics)},
        )  # fmt: skip
        publish(topic="webhook.changed", hall_id=by.hall_id, at=at, payload={"subscription": subscription_id})
