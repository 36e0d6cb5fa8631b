"""拆机 End a household's broadband: at once, or booked for the end of a term that binds (CHG-02); nothing is refunded."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from onehall.contexts.subscriptions import api as subscriptions
from onehall.foundation.audit import record
from onehall.foundation.database import transaction
from onehall.foundation.idempotency import once
from onehall.foundation.outbox import publish
from onehall.foundation.policy import PolicyBook
from onehall.foundation.policy.services import policy_book
from onehall.foundation.refusals import Refusal
from onehall.foundation.scopes import Actor
from onehall.foundation.values.ids import SubscriptionId
from onehall.steps.ending import give_back


class EndingNeedsReason(Refusal):
    """Nobody wrote down why the customer leaves."""

    code = "ending.reason_needed"
    rule = "CHG-07"
    status = 400
    zh = "请写明客户为什么不用了。"
    en = "Say why the customer leaves."
    alternative_zh = "先问原因，能留则留；原因会上报。"
    alternative_en = "Ask first, and offer to keep the customer; the reason is reported."


@dataclass(frozen=True, slots=True)
class SubscriptionEnded:
    """`kind` is now or at_expiry; `effective_at` in ISO format, when the service stops."""

    account: str
    kind: str
    effective_at: str


def end_subscription(
    *, subscription_id: SubscriptionId, reason: str, intent: UUID, by: Actor, at: datetime
) -> SubscriptionEnded:
    """Ends it now or books the end. EndingBooked if it has ended or will; the same intent answers the same again."""
    with transaction():
        by.require("basket.edit")
        body = {"subscription": subscription_id, "reason": reason}
        attempt = once(key=intent, journey="end_subscription", by=by, body=body, at=at)
        if attempt.result is not None:
            return SubscriptionEnded(**attempt.result)
        if not reason.strip():
            raise EndingNeedsReason(field="reason")
        book = policy_book(hall_id=by.hall_id, at=at)
        line = subscriptions.subscription(subscription_id=subscription_id, scope=by.scope)
        decision = subscriptions.end_subscription(
            subscription_id=subscription_id, reason=reason.strip(), binding_months=book[subscriptions.BINDING_MONTHS],
            show_hint=book[subscriptions.NO_REFUND_HINT], by=by, at=at,
        )  # fmt: skip
        if decision.kind is subscriptions.EndingKind.NOW:
            give_back(account=line.account_name, book=book, by=by, at=at)
        ended = SubscriptionEnded(line.account_name, decision.kind.value, decision.effective_at.isoformat())
        attempt.finish({"account": ended.account, "kind": ended.kind, "effective_at": ended.effective_at})
        _announce(subscription_id, ended, book, by, at)
    return ended


def _announce(
    subscription_id: SubscriptionId, ended: SubscriptionEnded, book: PolicyBook, by: Actor, at: datetime
) -> None:
    record(
        action="subscription.ended", subject="subscription", subject_id=subscription_id, hall_id=by.hall_id, by=by, at=at,
        rule="CHG-02", policy_version=book.version, details={"kind": ended.kind, "effective_at": ended.effective_at},
    )  # fmt: skip
    publish(
        topic="subscription.changed", hall_id=by.hall_id, at=at, payload={"subscription": subscription_id}
    )
