"""What the database tells about its own work in one small query: backlogs and open sessions."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from onehall.foundation.database import fetch_one

_STATE = """
    select (select count(*) from outbox_outboxevent where taken_at is null) as outbox,
           (select created_at from outbox_outboxevent where taken_at is null order by id limit 1) as outbox_since,
           (select count(*) from audit_unsealed) as unsealed,
           (select count(*) from identity_session where ended_at is null and seen_at > %(awake)s) as sessions,
           (select count(*) from webhooks_delivery where state = 'waiting') as deliveries,
           (select count(*) from webhooks_subscription where state <> 'active') as paused,
           (select count(*) from pg_stat_activity where datname = current_database()) as connections,
           current_setting('max_connections')::int as most_connections
"""
_AWAKE = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class State:
    """`outbox_lag` is the age of the oldest waiting event in seconds."""

    outbox: int
    outbox_lag: float
    unsealed: int
    sessions: int
    deliveries: int
    paused: int
    connections: int
    most_connections: int

    def figures(self) -> Iterator[tuple[str, str, float]]:
        """Name, words and value of each."""
        yield "outbox_waiting", "Events not yet announced", self.outbox
        yield "outbox_lag_seconds", "Age of the oldest event not yet announced", self.outbox_lag
        yield "webhook_backlog", "Webhook deliveries that wait", self.deliveries
        yield "webhook_paused", "Webhook subscriptions that are paused", self.paused
        yield "audit_unsealed", "Audit lines not yet sealed", self.unsealed
        yield "sessions_open", "Sessions used in the last half hour", self.sessions
        yield "database_connections", "Connections to this database", self.connections
        yield "database_connections_limit", "Connections that the server allows", self.most_connections


def state(*, at: datetime) -> State:
    """As it stands; an age below nothing, after the clock was set back, is nothing."""
    row = fetch_one(_STATE, {"awake": at - _AWAKE})
    assert row is not None  # noqa: S101 - a select without from has one row
    since = row.pop("outbox_since")
    lag = max(0.0, (at - since).total_seconds()) if since else 0.0
    return State(outbox_lag=lag, **row)
