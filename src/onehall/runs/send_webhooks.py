"""Sending webhooks (API-01): what came back is noted, what is due goes out. Never waits for a receiver.

A delivery is leased and committed before it is sent, and its answer noted in a transaction of its own. Killed in between,
it goes out again under the same id when the lease ends.
"""

import random
from collections import Counter
from concurrent.futures import Future
from datetime import datetime

from onehall.foundation.audit import record
from onehall.foundation.database import transaction
from onehall.foundation.outbox import publish
from onehall.foundation.policy.services import policy_book
from onehall.foundation.webhooks.contracts import Answer, Letter
from onehall.foundation.webhooks.ports import Sender
from onehall.foundation.webhooks.sending import note, take, tidy

Flying = dict["Future[Answer]", Letter]
"""What is on its way from this process."""


def send_webhooks(*, sender: Sender, flying: Flying, at: datetime) -> int:
    """One look at what came back and what is due; how many attempts began. Several processes may do this at once."""
    for attempt in [one for one in flying if one.done()]:
        _note(flying[attempt], attempt.result(), at)
        del flying[attempt]
    with transaction():
        book = policy_book(hall_id=None, at=at)
        counted = Counter(letter.subscription_id for letter in flying.values())
        letters = take(flying=counted, book=book, at=at)
    for letter in letters:
        flying[sender.send(letter)] = letter
    return len(letters)


def tidy_webhooks(*, at: datetime) -> tuple[int, int]:
    """Gives up what has waited too long and deletes what was finished long ago; how many of each."""
    with transaction():
        return tidy(book=policy_book(hall_id=None, at=at), at=at)


def _note(letter: Letter, answer: Answer, at: datetime) -> None:
    with transaction():
        book = policy_book(hall_id=None, at=at)
        paused = note(letter=letter, answer=answer, chance=random.random(), book=book, at=at)  # noqa: S311 - spreads load
        if paused:
            record(
                action="webhook.paused", subject="webhook", subject_id=letter.subscription_id, hall_id=letter.hall_id,
                by=None, at=at, rule="API-01", details={"why": paused},
            )  # fmt: skip
        publish(
            topic="webhook.changed",
            hall_id=letter.hall_id,
            at=at,
            payload={"subscription": letter.subscription_id},
        )
