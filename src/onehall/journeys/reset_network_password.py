"""重置上网密码 A new password for an account, handed out once on a slip; sessions that know the old one are cut (LAW-03)."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from onehall.contexts.provisioning import api as provisioning
from onehall.foundation.audit import record
from onehall.foundation.database import transaction
from onehall.foundation.idempotency import once
from onehall.foundation.outbox import publish
from onehall.foundation.policy.services import policy_book
from onehall.foundation.scopes import Actor


@dataclass(frozen=True, slots=True)
class PasswordReset:
    """`secret` is for the slip and kept nowhere: "" when the same intent comes again. `pending`: devices are being told."""

    account: str
    secret: str
    pending: bool = True


def reset_network_password(*, account: str, intent: UUID, by: Actor, at: datetime) -> PasswordReset:
    """The customer must change it at the first sign-in to the customer page (ADR-04). Raises AccountUnknown."""
    with transaction():
        by.require("network.reset_password")
        attempt = once(key=intent, journey="reset_network_password", by=by, body={"account": account}, at=at)
        if attempt.done:
            return PasswordReset(account, "")
        book = policy_book(hall_id=by.hall_id, at=at)
        policy = provisioning.secret_policy(book)
        secret = provisioning.reset_secret(account=account, policy=policy, by=by, at=at)
        attempt.finish({"account": account})
        record(
            action="access.password_reset", subject="account", subject_id=account, hall_id=by.hall_id, by=by, at=at,
            rule="LAW-03", policy_version=book.version,
        )  # fmt: skip
        publish(topic="access.changed", hall_id=by.hall_id, at=at, payload={"account": account})
    return PasswordReset(account, secret)
