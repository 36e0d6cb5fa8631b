"""The clock process: one thread relays the outbox ten times a second, one sends webhooks, one tells the network, one asks
providers of payments; the main thread keeps the timetable."""

import logging
import signal
import threading
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import TypeVar

from django.db import connection

from onehall.entrances.jobs.timetable import CHARGES, INVOICES, NETWORK, POST, TIMETABLE, Line
from onehall.foundation.outbox.heart import Heart, heart_file
from onehall.foundation.outbox.relay import BATCH, relay
from onehall.foundation.telemetry.configuration import catch_the_uncaught
from onehall.foundation.telemetry.counters import count_event
from onehall.foundation.webhooks.sending import spread

RELAY_PAUSE_SECONDS = 0.1
AFTER_TROUBLE_SECONDS = 1.0
Answer = TypeVar("Answer")
_log = logging.getLogger(__name__)


def main() -> None:
    """Runs until SIGTERM or Ctrl-C; what is being done is finished."""
    catch_the_uncaught()
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    others = [
        threading.Thread(target=relay_until, args=(stop,), name="relay"),
        threading.Thread(target=keep_timetable, args=(POST, stop), name="post"),
        threading.Thread(target=keep_timetable, args=(NETWORK, stop), name="network"),
        threading.Thread(target=keep_timetable, args=(CHARGES, stop), name="charges"),
        threading.Thread(target=keep_timetable, args=(INVOICES, stop), name="invoices"),
    ]
    for thread in others:
        thread.start()
    _log.info("the clock runs: %s", ", ".join(line.job.__name__ for line in TIMETABLE))
    keep_timetable(TIMETABLE, stop, Heart(heart_file()))
    for thread in others:
        thread.join()


def relay_until(stop: threading.Event) -> None:
    """Announces what was committed, ten times a second: what comes together goes together, a backlog goes without a pause."""
    while not stop.is_set():
        announced = _attempt("relay", partial(relay, at=datetime.now(UTC), spread=spread, count=count_event))
        if announced is None:
            stop.wait(AFTER_TROUBLE_SECONDS)
        elif announced < BATCH:
            stop.wait(RELAY_PAUSE_SECONDS)
    connection.close()


def keep_timetable(timetable: Sequence[Line], stop: threading.Event, heart: Heart | None = None) -> None:
    """Runs each line when it is due. After a pause of the machine a line runs once, not once for every time missed."""
    due = [datetime.now(UTC)] * len(timetable)
    while not stop.is_set():
        for number, line in enumerate(timetable):
            now = datetime.now(UTC)
            if now >= due[number]:
                well = _attempt(line.job.__name__, partial(_did, line.job, now)) is not None
                if heart:
                    heart.note(line.job.__name__, well=well)
                due[number] = datetime.now(UTC) + line.every
        if heart:
            heart.beat(datetime.now(UTC))
        pause = min(due, default=datetime.now(UTC) + timedelta(seconds=1)) - datetime.now(UTC)
        stop.wait(max(0.0, pause.total_seconds()))
    connection.close()


def _did(job: Callable[[datetime], None], at: datetime) -> bool:
    job(at)
    return True


def _attempt(name: str, work: Callable[[], Answer]) -> Answer | None:
    """The work's answer, or None after trouble, which is logged and tried again: the clock outlives the database."""
    try:
        return work()
    except Exception:
        _log.exception("%s did not succeed", name)
        connection.close()
        return None
