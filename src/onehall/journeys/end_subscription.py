"""拆机、销号 End a household's broadband or telephone line: at once, or booked for the end of a term that binds (CHG-02); nothing is refunded."""

from dataclasses import asdict, dataclass
from datetime import datetime
from uuid import UUID

from onehall.contexts.customers import api as customers
from onehall.contexts.subscriptions import api as subscriptions
from onehall.foundation.audit import record
from onehall.foundation.database import transaction
from onehall.foundation.idempotency import once
from onehall.foundation.outbox import publish
from onehall.foundation.policy import PolicyBook
from onehall.foundation.policy.services import policy_book
from onehall.foundation.scopes import Actor
from onehall.foundation.values.ids import SubscriptionId
from onehall.steps.ending import close_talk, require_portable
from onehall.steps.telephone_ending import settle_rest


@dataclass(frozen=True, slots=True)
class SubscriptionEnded:
    """`kind` is now or at_expiry; `effective_at` in ISO format, when the service stops."""

    account: str
    kind: str
    effective_at: str


def end_subscription(
    *, subscription_id: SubscriptionId, reason: str, intent: UUID, by: Actor, at: datetime, cause: str = "other",
    offer: str = "", rest: str = "",
) -> SubscriptionEnded:  # fmt: skip
    """Ends it now or books the end, and keeps why and what was offered (CHG-07). The same intent answers the same again.

    `rest` says where what is left on a telephone line goes: another line's id, `balance`, or given up. Raises ChangedElsewhere, CallsWait, OwesStill, RestUndecided of one; TalkIncomplete, PortingNoTalk, NotPortable (LAW-14); EndingBooked if it has ended or will, LineChanged if it passes to another owner at this instant.
    """
    with transaction():
        by.require("basket.edit")
        body = {"subscription": subscription_id, "reason": reason, "cause": cause, "offer": offer}
        if rest:
            body["rest"] = rest
        attempt = once(key=intent, journey="end_subscription", by=by, body=body, at=at)
        if attempt.result is not None:
            return SubscriptionEnded(**attempt.result)
        talk = subscriptions.check_talk(cause=cause, words=reason, offer=offer)
        book = policy_book(hall_id=by.hall_id, at=at)
        line = subscriptions.subscription(subscription_id=subscription_id, scope=by.scope)
        line = subscriptions.line_in_hand(subscription_id=subscription_id, owner=line.party_id, by=by)
        customers.require_mandate(party_id=line.party_id, wanted=customers.Mandate.END, by=by, at=at)
        if talk.cause is subscriptions.Cause.PORTING:
            require_portable(line=line, book=book, at=at)
        settled = settle_rest(line, choice=rest, book=book, by=by, at=at)
        decision = subscriptions.end_subscription(
            subscription_id=subscription_id, reason=talk.words or subscriptions.CAUSES[talk.cause].zh, binding_months=book[subscriptions.BINDING_MONTHS],
            show_hint=book[subscriptions.NO_REFUND_HINT], by=by, at=at,
        )  # fmt: skip
        close_talk(line=line, talk=talk, kind=decision.kind, book=book, by=by, at=at)
        ended = SubscriptionEnded(line.account_name, decision.kind.value, decision.effective_at.isoformat())
        attempt.finish(asdict(ended))
        _announce(subscription_id, ended, settled, book, by, at)
    return ended


def _announce(
    subscription_id: SubscriptionId,
    ended: SubscriptionEnded,
    settled: dict[str, object],
    book: PolicyBook,
    by: Actor,
    at: datetime,
) -> None:
    record(
        action="subscription.ended", subject="subscription", subject_id=subscription_id, hall_id=by.hall_id, by=by, at=at,
        rule="CHG-02", policy_version=book.version, details={"kind": ended.kind, "effective_at": ended.effective_at, **settled},
    )  # fmt: skip
    publish(
        topic="subscription.changed", hall_id=by.hall_id, at=at, payload={"subscription": subscription_id}
    )
