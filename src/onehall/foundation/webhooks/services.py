"""What managers do: subscribe, change, rotate, pause, resume, test, replay."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import uuid4

from onehall.foundation.database import in_transaction
from onehall.foundation.policy import PolicyBook
from onehall.foundation.scopes import Actor, NotFound, NotPermitted, Scope
from onehall.foundation.webhooks import policies
from onehall.foundation.webhooks.contracts import BadAddress, BadTopic, Made, NoTitle, TooMany
from onehall.foundation.webhooks.models import Delivery, Secret, Subscription
from onehall.foundation.webhooks.rules import new_secret, url_fault
from onehall.foundation.webhooks.topics import PING, TOPICS


@in_transaction
def subscribe(
    *,
    title: str,
    url: str,
    topics: Sequence[str],
    hall_id: int | None,
    book: PolicyBook,
    by: Actor,
    at: datetime,
) -> Made:
    """A new endpoint; `hall_id` None hears every hall, which takes a role in every hall. Raises BadAddress, BadTopic,
    TooMany, NotPermitted, NotFound."""
    _check(title, url, topics, book)
    if hall_id is None and by.halls is not None:
        raise NotPermitted(permission="webhook.manage *")
    if hall_id is not None:
        by.scope.require(hall_id)
    most = book[policies.ENDPOINTS]
    if Subscription.objects.exclude(state="ended").count() >= most:
        raise TooMany(most=most)
    made = Subscription.objects.create(
        title=title, url=url, topics=sorted(set(topics)), hall_id=hall_id, state="active", made_at=at, made_by=by.user_id
    )  # fmt: skip
    return Made(made.pk, _give_secret(made.pk, at))


@in_transaction
def change(
    *, subscription_id: int, title: str, url: str, topics: Sequence[str], book: PolicyBook, scope: Scope
) -> None:
    """Another title, address or choice of topics; what waits already goes to the new address."""
    _check(title, url, topics, book)
    _one(subscription_id, scope)
    facts = {"title": title, "url": url, "topics": sorted(set(topics))}
    Subscription.objects.filter(pk=subscription_id).update(**facts)


@in_transaction
def rotate(*, subscription_id: int, book: PolicyBook, scope: Scope, at: datetime) -> str:
    """A new secret, shown once. The old one signs beside it for the policy's hours, so that receivers can follow."""
    _one(subscription_id, scope)
    ends = at + timedelta(hours=book[policies.SECRET_OVERLAP])
    Secret.objects.filter(subscription_id=subscription_id, ends_at=None).update(ends_at=ends)
    return _give_secret(subscription_id, at)


@in_transaction
def newest_secret(*, subscription_id: int, scope: Scope) -> str:
    """For the answer to a form that was sent twice."""
    _one(subscription_id, scope)
    return str(Secret.objects.filter(subscription_id=subscription_id).latest("id").value)


@in_transaction
def set_state(*, subscription_id: int, state: str, scope: Scope, at: datetime) -> int | None:
    """active, paused or ended; its hall. What waits is kept while it is paused, and given up with the end."""
    endpoint = _one(subscription_id, scope)
    facts: dict[str, object] = {"state": state, "paused_why": "", "paused_at": None}
    if state == "active":
        facts |= {"failures": 0, "failing_since": None, "broken_at": None, "broken_until": None}
        Delivery.objects.filter(subscription_id=subscription_id, state="waiting").update(
            planned_at=at, next_at=at
        )
    elif state == "paused":
        facts |= {"paused_why": "manager", "paused_at": at}
    else:
        Delivery.objects.filter(subscription_id=subscription_id, state="waiting").update(
            state="given_up", done_at=at
        )
    Subscription.objects.filter(pk=subscription_id).update(**facts)
    return endpoint.hall_id


@in_transaction
def ping(*, subscription_id: int, by: Actor, at: datetime) -> int:
    """A test delivery of no event; its id."""
    endpoint = _one(subscription_id, by.scope)
    return Delivery.objects.create(
        message_id=uuid4(), subscription_id=endpoint.pk, topic=PING, hall_id=endpoint.hall_id or by.hall_id,
        payload={"subscription": endpoint.pk}, happened_at=at, made_at=at, state="waiting", planned_at=at, next_at=at,
    ).pk  # fmt: skip


@in_transaction
def replay(
    *, subscription_id: int, delivery_id: int | None, since: datetime | None, scope: Scope, at: datetime
) -> int:
    """Sends finished deliveries once more under their old ids: one, or all whose event happened at `since` or later."""
    _one(subscription_id, scope)
    finished = Delivery.objects.filter(subscription_id=subscription_id).exclude(state="waiting")
    if delivery_id is not None:
        finished = finished.filter(pk=delivery_id)
        if not Delivery.objects.filter(pk=delivery_id, subscription_id=subscription_id).exists():
            raise NotFound(what="这次推送", what_en="This delivery")
    elif since is not None:
        finished = finished.filter(happened_at__gte=since)
    return finished.update(state="waiting", attempts=0, made_at=at, planned_at=at, next_at=at, done_at=None)


def _check(title: str, url: str, topics: Sequence[str], book: PolicyBook) -> None:
    if not title.strip():
        raise NoTitle(field="title")
    allowed = book[policies.PRIVATE_NETWORKS]
    fault = url_fault(url, allowed)
    if fault is not None:
        raise BadAddress(field="url", why=fault.zh, why_en=fault.en)
    for topic in topics:
        if topic not in TOPICS:
            raise BadTopic(field="topics", topic=topic)


def _one(subscription_id: int, scope: Scope) -> Subscription:
    """Locked. Another hall's, and an ended one, answer 404; one for every hall is managed from headquarters."""
    found = Subscription.objects.select_for_update().filter(pk=subscription_id).exclude(state="ended").first()
    if found is None or (scope.halls is not None and found.hall_id not in scope.halls):
        raise NotFound(what="这个推送", what_en="This webhook")
    return found


def _give_secret(subscription_id: int, at: datetime) -> str:
    secret = new_secret()
    Secret.objects.create(subscription_id=subscription_id, value=secret, made_at=at)
    return secret
