"""From an event to an answer: spread after commit, take with a lease, note what came back (API-01).

Nothing here waits for a network: a delivery is taken and committed, sent, and its answer noted in a transaction of its own.
Killed in between, it is sent again under the same id when its lease ends.
"""

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from onehall.foundation.database import fetch_all, fetch_one, in_transaction
from onehall.foundation.policy import PolicyBook
from onehall.foundation.webhooks import policies
from onehall.foundation.webhooks.contracts import Answer, Letter
from onehall.foundation.webhooks.models import Delivery, Secret, Subscription
from onehall.foundation.webhooks.rules import Patience, Verdict, is_dead, judge, pause
from onehall.foundation.webhooks.topics import PING, TOPICS

_LEASE_BEYOND_TIMEOUT = timedelta(minutes=1)
_CLOCKS_APART = timedelta(minutes=1)
"""What was planned further ahead than this was planned before the clock was set back."""

_SPREAD = """
    insert into webhooks_delivery (message_id, subscription_id, event_id, topic, hall_id, payload, happened_at, made_at,
                                   state, attempts, planned_at, next_at, last_failure)
    select gen_random_uuid(), s.id, e.id, e.topic, e.hall_id, e.payload, e.created_at, %(at)s,
           'waiting', 0, %(at)s, %(at)s, ''
    from outbox_outboxevent e
    join webhooks_subscription s on s.state <> 'ended' and (s.hall_id is null or s.hall_id = e.hall_id)
                                and (cardinality(s.topics) = 0 or e.topic = any(s.topics))
    where e.id = any(%(events)s) and e.topic = any(%(offered)s)
    on conflict do nothing
"""
_TAKE = """
    update webhooks_delivery d
    set attempts = d.attempts + 1, planned_at = %(at)s, next_at = %(lease)s, last_at = %(at)s
    from webhooks_subscription s
    cross join lateral (
        select w.id from webhooks_delivery w
        where w.subscription_id = s.id and w.state = 'waiting' and (w.next_at <= %(at)s or w.planned_at > %(ahead)s)
          and (w.topic = %(ping)s
               or s.state = 'active'
                  and (s.broken_until is null or s.broken_until <= %(at)s or s.broken_at > %(ahead)s))
        order by w.next_at, w.id
        limit greatest(0, case when s.failures >= %(breaker)s then 1 else %(at_once)s end
                          - coalesce((%(flying)s::jsonb ->> s.id::text)::int, 0))
        for update skip locked) due
    where d.id = due.id and s.state <> 'ended'
    returning d.id, d.subscription_id, d.message_id, s.url, d.topic, d.hall_id, d.event_id, d.payload, d.happened_at,
              d.attempts, d.made_at
"""


def spread(*, events: Sequence[int], at: datetime) -> None:
    """A delivery for each of these outbox events and each subscription that asked for it. For the relay's transaction."""
    fetch_all(_SPREAD, {"events": list(events), "offered": list(TOPICS), "at": at})


@in_transaction
def take(*, flying: Mapping[int, int], book: PolicyBook, at: datetime) -> list[Letter]:
    """What is due, leased, in turn for each endpoint; `flying` counts what is on its way by subscription already."""
    seconds = book[policies.TIMEOUT]
    rows = fetch_all(
        _TAKE,
        {
            "at": at,
            "ahead": at + _CLOCKS_APART,
            "lease": at + timedelta(seconds=seconds) + _LEASE_BEYOND_TIMEOUT,
            "breaker": book[policies.BREAKER_FAILURES],
            "ping": PING,
            "at_once": book[policies.AT_ONCE],
            "flying": json.dumps({str(key): count for key, count in flying.items()}),
        },
    )
    secrets = _secrets({row["subscription_id"] for row in rows}, at)
    return [
        Letter(
            delivery_id=row.pop("id"), secrets=secrets[row["subscription_id"]], at=at, seconds=seconds,
            networks=book[policies.PRIVATE_NETWORKS], **row,
        )
        for row in rows
    ]  # fmt: skip


def _secrets(subscriptions: set[int], at: datetime) -> dict[int, tuple[str, ...]]:
    """Those that sign now, the newest first."""
    found: dict[int, list[str]] = defaultdict(list)
    for secret in Secret.objects.filter(subscription_id__in=subscriptions).order_by("-id"):
        if secret.ends_at is None or secret.ends_at > at:
            found[secret.subscription_id].append(str(secret.value))
    return {subscription: tuple(found[subscription]) for subscription in subscriptions}


@in_transaction
def note(*, letter: Letter, answer: Answer, chance: float, book: PolicyBook, at: datetime) -> str:
    """What an attempt led to; why the endpoint is paused by it (gone, dead), else nothing. `chance` spreads retries."""
    patience = patience_of(book)
    verdict = judge(answer, attempts=letter.attempts, age=at - letter.made_at, patience=patience)
    facts = {"last_status": answer.status, "last_failure": answer.failure}
    waiting = Delivery.objects.filter(pk=letter.delivery_id, state="waiting")
    if verdict in (Verdict.DELIVERED, Verdict.GIVEN_UP):
        waiting.update(state=verdict.value, done_at=at, **facts)
    else:
        rest = pause(attempts=letter.attempts, patience=patience, chance=chance, asked=answer.retry_after)
        waiting.update(planned_at=at, next_at=at + rest, **facts)
    endpoint = Subscription.objects.select_for_update().get(pk=letter.subscription_id)
    if verdict is Verdict.DELIVERED:
        return _succeeded(endpoint, at)
    return _failed(endpoint, gone=verdict is Verdict.GONE, book=book, at=at)


def _succeeded(endpoint: Subscription, at: datetime) -> str:
    Subscription.objects.filter(pk=endpoint.pk).update(
        failures=0, failing_since=None, broken_at=None, broken_until=None, delivered_at=at
    )
    return ""


def _failed(endpoint: Subscription, *, gone: bool, book: PolicyBook, at: datetime) -> str:
    """Counts; holds the endpoint back after several in a row, pauses one that is gone or has long been dead."""
    failures = endpoint.failures + 1
    facts: dict[str, object] = {"failures": failures, "failing_since": endpoint.failing_since or at}
    if failures >= book[policies.BREAKER_FAILURES]:
        held = timedelta(seconds=book[policies.BREAKER_PAUSE])
        facts |= {"broken_at": at, "broken_until": at + held}
    dead = is_dead(endpoint.failing_since, at=at, after=timedelta(hours=book[policies.DEAD_AFTER]))
    why = "gone" if gone else "dead" if dead else ""
    if why and endpoint.state == "active":
        facts |= {"state": "paused", "paused_why": why, "paused_at": at}
    else:
        why = ""
    Subscription.objects.filter(pk=endpoint.pk).update(**facts)
    return why


def patience_of(book: PolicyBook) -> Patience:
    """The policy's patience."""
    return Patience(
        attempts=book[policies.ATTEMPTS],
        first_pause=timedelta(seconds=book[policies.FIRST_PAUSE]),
        longest_pause=timedelta(seconds=book[policies.LONGEST_PAUSE]),
        give_up=timedelta(hours=book[policies.GIVE_UP]),
    )


@in_transaction
def tidy(*, book: PolicyBook, at: datetime) -> tuple[int, int]:
    """Gives up what has waited too long, at paused endpoints too; deletes what was finished long ago. How many of each."""
    late = at - timedelta(hours=book[policies.GIVE_UP])
    given_up = Delivery.objects.filter(state="waiting", made_at__lt=late).update(state="given_up", done_at=at)
    old = at - timedelta(days=book[policies.KEPT_DAYS])
    row = fetch_one(
        "with gone as (delete from webhooks_delivery where state <> 'waiting' and done_at < %(old)s returning 1)"
        " select count(*) as rows from gone",
        {"old": old},
    )
    return given_up, row["rows"] if row else 0
