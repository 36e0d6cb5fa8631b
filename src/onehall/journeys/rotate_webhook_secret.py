"""换推送密钥 A new secret, shown once; for the policy's hours the old one signs beside it (API-01)."""

from datetime import datetime

from onehall.foundation.audit import record
from onehall.foundation.database import transaction
from onehall.foundation.policy.services import policy_book
from onehall.foundation.scopes import Actor
from onehall.foundation.webhooks import services


def rotate_webhook_secret(*, subscription_id: int, by: Actor, at: datetime) -> str:
    """The new secret. Raises NotFound."""
    with transaction():
        by.require("webhook.manage")
        book = policy_book(hall_id=None, at=at)
        secret = services.rotate(subscription_id=subscription_id, book=book, scope=by.scope, at=at)
        record(
            action="webhook.rotated", subject="webhook", subject_id=subscription_id, hall_id=by.hall_id, by=by, at=at,
            rule="API-01", policy_version=book.version,
        )  # fmt: skip
    return secret
