"""重置上网密码 A new password for an account, handed out once on a slip; sessions that know the old one are cut (LAW-03).

The customer has shown who they are to whoever resets it (SEC-05): the first password of a hall may be the same for everybody.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from onehall.contexts.customers import api as customers
from onehall.contexts.provisioning import api as provisioning
from onehall.contexts.subscriptions import api as subscriptions
from onehall.foundation.audit import record
from onehall.foundation.database import transaction
from onehall.foundation.idempotency import once
from onehall.foundation.outbox import publish
from onehall.foundation.policy.services import policy_book
from onehall.foundation.refusals import Refusal
from onehall.foundation.scopes import Actor


class CustomerNotVerified(Refusal):
    """Nobody saw that it is the customer who asks."""

    code = "network.customer_not_verified"
    rule = "SEC-05"
    status = 403
    zh = "重置上网密码要客户本人，并由您核验过证件或服务密码。"
    en = "A network password is reset for the customer in person, whom you have verified."
    alternative_zh = "请返回客户页，以“本人到厅”说明事由并核验，再重置。"
    alternative_en = "Go back to the customer, state that they are present and verify them, then reset it."


@dataclass(frozen=True, slots=True)
class PasswordReset:
    """`secret` is for the slip and kept nowhere: "" when the same intent comes again. `pending`: devices are being told."""

    account: str
    secret: str
    pending: bool = True


def reset_network_password(*, account: str, intent: UUID, by: Actor, at: datetime) -> PasswordReset:
    """The customer must change it at the first sign-in to the customer page (ADR-04). Raises CustomerNotVerified, AccountUnknown."""
    with transaction():
        by.require("network.reset_password")
        attempt = once(key=intent, journey="reset_network_password", by=by, body={"account": account}, at=at)
        if attempt.done:
            return PasswordReset(account, "")
        purpose = _verification(account, by, at)
        book = policy_book(hall_id=by.hall_id, at=at)
        policy = provisioning.secret_policy(book)
        secret = provisioning.reset_secret(account=account, policy=policy, by=by, at=at)
        attempt.finish({"account": account})
        record(
            action="access.password_reset", subject="account", subject_id=account, hall_id=by.hall_id, by=by, at=at,
            rule="LAW-03", policy_version=book.version,
            details={"purpose_id": purpose.id, "verification": purpose.verification},
        )  # fmt: skip
        publish(topic="access.changed", hall_id=by.hall_id, at=at, payload={"account": account})
    return PasswordReset(account, secret)


def _verification(account: str, by: Actor, at: datetime) -> customers.Purpose:
    access = provisioning.access(account=account, at=at, scope=by.scope)
    if access is None:
        raise provisioning.AccountUnknown(account=account)
    line = subscriptions.subscription(subscription_id=access.subscription_id, scope=by.scope)
    root = customers.root(line.party_id, scope=by.scope)
    purpose = customers.verification_in_force(root, user_id=by.user_id, at=at, scope=by.scope)
    if purpose is None:
        raise CustomerNotVerified()
    return purpose
