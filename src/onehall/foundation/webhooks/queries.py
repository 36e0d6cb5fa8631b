"""What the board and the console show of webhooks."""

from datetime import datetime

from onehall.foundation.database import fetch_all
from onehall.foundation.scopes import NotFound, Scope
from onehall.foundation.webhooks.contracts import DeliveryLine, SubscriptionCard

_CARDS = """
    select s.id, s.title, s.url, s.topics, s.hall_id, s.state, s.paused_why, s.paused_at, s.failures, s.failing_since,
           s.broken_until, s.delivered_at,
           (select count(*) from webhooks_delivery d where d.subscription_id = s.id and d.state = 'waiting') as waiting,
           (select count(*) from webhooks_delivery d where d.subscription_id = s.id and d.state = 'given_up') as given_up,
           (select count(*) from webhooks_secret k where k.subscription_id = s.id
                                                     and (k.ends_at is null or k.ends_at > %(at)s)) as secrets
    from webhooks_subscription s
    where s.state <> 'ended' and (%(halls)s::bigint[] is null or s.hall_id = any(%(halls)s))
      and (%(id)s::bigint is null or s.id = %(id)s)
    order by s.id
"""
_LINES = """
    select id, message_id, topic, hall_id, happened_at, state, attempts, next_at, last_at, last_status, last_failure
    from webhooks_delivery
    where subscription_id = %(subscription)s and (%(state)s = '' or state = %(state)s)
      and (%(before)s::bigint is null or id < %(before)s)
    order by id desc limit %(limit)s
"""


def subscriptions(*, scope: Scope, at: datetime) -> list[SubscriptionCard]:
    """Those of the caller's halls; those for every hall where the caller sees every hall."""
    return _cards(None, scope, at)


def subscription(*, subscription_id: int, scope: Scope, at: datetime) -> SubscriptionCard:
    """One; another hall's answers NotFound."""
    found = _cards(subscription_id, scope, at)
    if not found:
        raise NotFound(what="这个推送", what_en="This webhook")
    return found[0]


def deliveries(
    *,
    subscription_id: int,
    scope: Scope,
    at: datetime,
    limit: int,
    state: str = "",
    before: int | None = None,
) -> list[DeliveryLine]:
    """The newest first; `before` is the id to go on from. Another hall's answers NotFound."""
    subscription(subscription_id=subscription_id, scope=scope, at=at)
    rows = fetch_all(
        _LINES, {"subscription": subscription_id, "state": state, "before": before, "limit": limit}
    )
    return [DeliveryLine(**row) for row in rows]


def _cards(subscription_id: int | None, scope: Scope, at: datetime) -> list[SubscriptionCard]:
    rows = fetch_all(_CARDS, {"id": subscription_id, "halls": scope.hall_list, "at": at})
    return [SubscriptionCard(**{**row, "topics": tuple(row["topics"])}) for row in rows]
