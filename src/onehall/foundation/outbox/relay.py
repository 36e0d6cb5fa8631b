"""After the commit: waiting rows are taken, marked, and told to every process that serves live updates (WRK-11).

A business transaction never notifies by itself: NOTIFY holds a lock of the whole database until the commit is on disk,
and all counters would queue behind it.
"""

import json
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, Protocol

from onehall.foundation.database import fetch_all, fetch_one, transaction

CHANNEL = "onehall_live"
BATCH = 500
_NOTIFY_BYTES = 7900  # PostgreSQL refuses 8000 and more

_TAKE = """
    update outbox_outboxevent set taken_at = %(at)s
    where id in (select id from outbox_outboxevent where taken_at is null order by id limit %(batch)s
                 for update skip locked)
    returning id, topic, hall_id, payload
"""
_FORGET = """
    with gone as (delete from outbox_outboxevent where taken_at < %(before)s returning 1)
    select count(*) as rows from gone
"""


class Spread(Protocol):
    """What else an event leads to: written in the transaction that marks it as taken, so that it is never forgotten."""

    def __call__(self, *, events: Sequence[int], at: datetime) -> None: ...


def relay(
    *, at: datetime, spread: Spread | None = None, count: Callable[[str], None] = lambda topic: None
) -> int:
    """Takes what waits and announces it; how many rows. Several relays may run: a row is taken by one of them.

    `spread` stores what must not be lost, `count` is told each topic. Killed between taking and announcing, a hint is
    lost and no more: screens refresh whenever they reconnect.
    """
    with transaction():
        rows = fetch_all(_TAKE, {"at": at, "batch": BATCH})
        if rows and spread is not None:
            spread(events=[row["id"] for row in rows], at=at)
    for row in rows:
        count(row["topic"])
    if rows:
        messages = [_message(row) for row in sorted(rows, key=lambda row: row["id"])]
        fetch_all(
            "select pg_notify(%(channel)s, message) from unnest(%(messages)s::text[]) as message",
            {"channel": CHANNEL, "messages": messages},
        )
    return len(rows)


def forget(*, before: datetime) -> int:
    """Deletes rows taken before this moment; how many."""
    row = fetch_one(_FORGET, {"before": before})
    return row["rows"] if row else 0


def _message(row: dict[str, Any]) -> str:
    """What goes over the channel. A payload too long for it is left out: the screen asks for the page anyway."""
    payload = row["payload"]
    if isinstance(payload, str):
        payload = json.loads(payload)
    event = {"id": row["id"], "topic": row["topic"], "hall": row["hall_id"], "payload": payload}
    message = json.dumps(event, ensure_ascii=False, separators=(",", ":"))
    if len(message.encode()) <= _NOTIFY_BYTES:
        return message
    return json.dumps({**event, "payload": {}}, ensure_ascii=False, separators=(",", ":"))
