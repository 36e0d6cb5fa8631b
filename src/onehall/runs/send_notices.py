"""Sending notices (BIL-06): what the gateway said is noted, what is due goes out. Never waits for the gateway.

A notice is leased and committed before it is handed over, and the answer noted in a transaction of its own. Killed in between,
it is handed over again under the same id when the lease ends.
"""

import logging
from concurrent.futures import Future
from datetime import datetime

from onehall.foundation.database import transaction
from onehall.foundation.notices.contracts import Answer, Message, Outcome
from onehall.foundation.notices.ports import Gateway
from onehall.foundation.notices.services import note, take
from onehall.foundation.policy.services import policy_book

Flying = dict["Future[Answer]", Message]
"""What is on its way from this process."""
_log = logging.getLogger(__name__)
_BATCH = 100  # structural: messages on their way at once


def send_notices(*, gateway: Gateway | None, flying: Flying, at: datetime) -> int:
    """One look at what came back and what is due; how many attempts began. Without a gateway notices wait, and late ones go."""
    landed = {attempt: message for attempt, message in flying.items() if attempt.done()}
    with transaction():
        book = policy_book(hall_id=None, at=at)
        if not book.version:
            return 0
        for attempt, message in landed.items():
            note(message=message, answer=_heard(attempt), book=book, at=at)
        room = _BATCH - len(flying) if gateway else 0
        messages = take(limit=max(0, room), book=book, at=at)
    for attempt in landed:
        del flying[attempt]
    if gateway:
        flying.update({gateway.send(message): message for message in messages})
    return len(messages)


def _heard(attempt: "Future[Answer]") -> Answer:
    """What the gateway said. Our own mistake about one message must not keep the others from going out."""
    mistake = attempt.exception()
    if mistake is None:
        return attempt.result()
    _log.error("sending a notice failed", exc_info=mistake)
    return Answer(Outcome.UNCLEAR, why="trouble")
