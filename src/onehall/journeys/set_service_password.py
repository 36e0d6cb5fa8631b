"""固话服务密码 The service password of a telephone line: back to the first one, or as the customer presses it at the counter (ADR-05, LAW-03).

The customer has shown who they are to whoever sets it (SEC-05): the first password of a hall is the same for everybody.
"""

from datetime import datetime
from uuid import UUID

from onehall.contexts.customers import api as customers
from onehall.contexts.provisioning import api as provisioning
from onehall.contexts.subscriptions import api as subscriptions
from onehall.foundation.audit import record
from onehall.foundation.database import transaction
from onehall.foundation.idempotency import once
from onehall.foundation.policy import PolicyBook
from onehall.foundation.policy.services import policy_book
from onehall.foundation.refusals import Refusal
from onehall.foundation.scopes import Actor
from onehall.foundation.values.ids import SubscriptionId


class OwnerNotVerified(Refusal):
    """Nobody saw that it is the customer who asks."""

    code = "telephone.service_password_unverified"
    rule = "SEC-05"
    status = 403
    zh = "固话服务密码只给机主本人办：要由您核验过证件。"
    en = "A service password is set for the owner in person, whose document you have verified."
    alternative_zh = "请返回客户页，以“本人到厅”说明事由并核验，再办。"
    alternative_en = "Go back to the customer, state that they are present and verify them, then do it."


def set_service_password(
    *, subscription_id: SubscriptionId, new: str, intent: UUID, by: Actor, at: datetime
) -> bool:
    """Whether it must be changed: an empty `new` gives the first password again. The same intent again changes nothing.

    Raises OwnerNotVerified, SecretTooEasy, NoServicePassword for what is no telephone line in use.
    """
    with transaction():
        by.require("network.reset_password")
        body = {"subscription": subscription_id, "first": not new}
        attempt = once(key=intent, journey="set_service_password", by=by, body=body, at=at)
        if attempt.done:
            return not new
        line = subscriptions.subscription(subscription_id=subscription_id, scope=by.scope)
        purpose = _verification(line, by, at)
        book = policy_book(hall_id=by.hall_id, at=at)
        _put(line.account_name, new, book, at)
        attempt.finish({"subscription": subscription_id})
        record(
            action="telephone.service_password", subject="subscription", subject_id=subscription_id, hall_id=by.hall_id, by=by,
            at=at, rule="ADR-05", policy_version=book.version, details={"first": not new, "purpose_id": purpose.id},
        )  # fmt: skip
        return not new


def _verification(line: subscriptions.Subscription, by: Actor, at: datetime) -> customers.Purpose:
    root = customers.root(line.party_id, scope=by.scope)
    purpose = customers.verification_in_force(root, user_id=by.user_id, at=at, scope=by.scope)
    if purpose is None:
        raise OwnerNotVerified()
    return purpose


def _put(number: str, new: str, book: PolicyBook, at: datetime) -> None:
    initial = book[provisioning.INITIAL_SERVICE_PASSWORD]
    if new:
        least = book[provisioning.SERVICE_PASSWORD_LENGTH]
        provisioning.check_service_password(new, number=number, initial=initial, least=least)
    provisioning.set_service_password(
        number=number,
        secret=new or initial,
        must_change=not new,
        rounds=book[provisioning.HASH_ROUNDS],
        at=at,
    )
