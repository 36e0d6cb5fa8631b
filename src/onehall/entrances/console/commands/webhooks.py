"""`onehall webhooks list`: who is told what, and how it goes. `onehall webhooks replay ID`: sends again (API-01)."""

import argparse
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from onehall.contexts.organisation import api as organisation
from onehall.entrances.console import home, schema
from onehall.entrances.console.words import both, say
from onehall.foundation.scopes import Scope
from onehall.foundation.values.period import CHINA
from onehall.foundation.webhooks.queries import subscription, subscriptions
from onehall.journeys.replay_webhook import replay_webhook


def add(subparsers: Any) -> None:
    """Registers the command."""
    parser = subparsers.add_parser("webhooks", help=both("事件推送：查看、重推", "webhooks: list, replay"))
    parser.add_argument("what", choices=("list", "replay"))
    parser.add_argument("id", nargs="?", type=int, help=both("推送编号", "number of the webhook"))
    parser.add_argument("--delivery", type=int, help=both("只重推这一条", "this delivery only"))
    parser.add_argument(
        "--since",
        type=_moment,
        help=both("从何时起，如 2026-11-25T08:00", "since when, such as 2026-11-25T08:00"),
    )
    parser.set_defaults(run=run)


def _moment(text: str) -> datetime:
    """A time of the hall unless it names its own zone."""
    given = datetime.fromisoformat(text)
    return given if given.tzinfo else given.replace(tzinfo=CHINA)


def run(arguments: argparse.Namespace) -> int:
    """0; 2 where a replay names no webhook. Raises NotFound, SchemaBehind."""
    if arguments.what == "replay" and arguments.id is None:
        say("请写推送编号", "name the number of the webhook")
        return 2
    home.establish()
    with home.database():
        schema.require_current()
        return _list() if arguments.what == "list" else _replay(arguments)


def _list() -> int:
    """The host alone: the rest of an address may be as good as a password."""
    found = subscriptions(scope=Scope.operator(), at=datetime.now(UTC))
    for one in found:
        last = f"{one.delivered_at:%Y-%m-%d %H:%M}" if one.delivered_at else "—"
        state = f"{one.state} {one.paused_why}".strip()
        print(
            f"{one.id}  {one.title}  {urlsplit(one.url).hostname}  {state}  waiting={one.waiting} "
            f"failures={one.failures} given_up={one.given_up} last={last}"
        )
    say(f"共 {len(found)} 个", f"{len(found)} webhooks")
    return 0


def _replay(arguments: argparse.Namespace) -> int:
    everywhere, now = Scope.operator(), datetime.now(UTC)
    one = subscription(subscription_id=arguments.id, scope=everywhere, at=now)
    count = replay_webhook(
        subscription_id=one.id,
        delivery_id=arguments.delivery,
        since=arguments.since,
        hall_id=one.hall_id or organisation.halls(scope=everywhere)[0].id,
        by=None,
        at=now,
    )
    say(f"{count} 条将重推", f"{count} deliveries go out again")
    return 0
