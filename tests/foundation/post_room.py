"""The hall's post room for stories of webhooks: a real receiver, and a clock that the story moves."""

import json
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest

from onehall.adapters.webhook.codec import signature
from onehall.adapters.webhook.plug import http_sender
from onehall.foundation.database import fetch_all, transaction
from onehall.foundation.outbox.relay import relay
from onehall.foundation.policy.services import establish_value, policy_book
from onehall.foundation.scopes import Actor
from onehall.foundation.webhooks import services
from onehall.foundation.webhooks.contracts import (
    DeliveryLine,
    Made,
    SubscriptionCard,
)
from onehall.foundation.webhooks.queries import deliveries, subscription
from onehall.foundation.webhooks.sending import spread
from onehall.runs.send_webhooks import Flying, send_webhooks
from tests.adapters.receiver import Heard, Receiver, receiver
from tests.cast import Cast

SENDER = http_sender()
POLICIES = {
    "webhooks.private_networks": ["127.0.0.0/8"],
    "webhooks.timeout": 1,
    "webhooks.breaker_failures": 3,
}


@dataclass
class Post:
    """The hall's post room: a clock of its own, and what is on its way."""

    cast: Cast
    manager: Actor
    there: Receiver
    flying: Flying = field(default_factory=dict)

    def subscribed(self, path: str = "/ok", **more: Any) -> Made:
        facts = {"title": "仓库", "topics": (), "hall_id": self.manager.hall_id, **more}
        with transaction():
            book = policy_book(hall_id=None, at=self.cast.now)
            return services.subscribe(
                url=self.there.url + path, book=book, by=self.manager, at=self.cast.now, **facts
            )

    def happens(self, topic: str = "payment.taken", hall: int | None = None, **payload: Any) -> None:
        fetch_all(
            "insert into outbox_outboxevent (topic, hall_id, payload, created_at) values (%s, %s, %s, %s)",
            (topic, hall or self.manager.hall_id, json.dumps(payload), self.cast.now),
        )
        relay(at=self.cast.now, spread=spread)

    def goes(self, **later: float) -> int:
        """Everything due goes out and its answer is noted."""
        self.cast.later(**later)
        began = send_webhooks(sender=SENDER, flying=self.flying, at=self.cast.now)
        patience = time.monotonic() + 20
        while self.flying:
            assert time.monotonic() < patience, "an attempt did not end"
            time.sleep(0.01)
            if all(one.done() for one in self.flying):
                began += send_webhooks(sender=SENDER, flying=self.flying, at=self.cast.now)
        return began

    def card(self, made: Made) -> SubscriptionCard:
        return subscription(subscription_id=made.subscription_id, scope=self.manager.scope, at=self.cast.now)

    def lines(self, made: Made) -> list[DeliveryLine]:
        return deliveries(
            subscription_id=made.subscription_id, scope=self.manager.scope, at=self.cast.now, limit=50
        )


@pytest.fixture
def post(cast: Cast) -> Iterator[Post]:
    yesterday = cast.now - timedelta(days=1)
    for key, value in POLICIES.items():
        establish_value(key=key, value=value, valid_from=yesterday, source="试", verified=True, at=cast.now)
    fetch_all("update outbox_outboxevent set taken_at = created_at where taken_at is null")
    with receiver() as there:
        yield Post(cast, cast.sign_in("0201"), there)


def verified(heard: Heard, secret: str) -> bool:
    signed = signature(secret, heard.headers["webhook-id"], heard.headers["webhook-timestamp"], heard.body)
    return signed in heard.headers["webhook-signature"].split(" ")
