"""Bringing commands to the network (NET-03): what came back is written down, what is due goes out. Never waits for a device.

A command is leased and committed before a device is told, and its answer written in a transaction of its own: the network is
never inside one. Killed in between, it is told again when the lease ends, and a device that obeyed once obeys twice.
"""

import logging
from collections.abc import Iterator
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import datetime

from onehall.contexts.provisioning import api as provisioning
from onehall.foundation.database import transaction
from onehall.foundation.policy import PolicyBook
from onehall.foundation.policy.services import policy_book

_log = logging.getLogger(__name__)
_BATCH, _MOST = 200, 2000  # structural: errands taken at once, and under way from this process

Telling = tuple[
    provisioning.LiveLine,
    provisioning.Device | None,
    provisioning.Order,
    "Future[provisioning.Told] | provisioning.Told | None",
]
"""A session, its device if that is known, what it is told, and the answer: to come, here already, or none needed."""


@dataclass(frozen=True, slots=True)
class Flight:
    """An errand under way: each of its sessions with what was told, and the answer once it is there."""

    errand: provisioning.Errand
    tellings: tuple[Telling, ...]

    @property
    def landed(self) -> bool:
        """Whether every answer is there."""
        return all(not isinstance(told, Future) or told.done() for *_, told in self.tellings)

    def outcome(self) -> provisioning.Outcome:
        """What came of it."""
        return provisioning.Outcome(
            self.errand,
            [
                (line, device, order, _heard(told) if isinstance(told, Future) else told)
                for line, device, order, told in self.tellings
            ],
        )


def _heard(told: "Future[provisioning.Told]") -> provisioning.Told:
    """What a device said. Our own mistake about one must not keep the others from being told."""
    mistake = told.exception()
    if mistake is None:
        return told.result()
    _log.error("telling a device failed", exc_info=mistake)
    return provisioning.Told(provisioning.Verdict.REFUSED, "trouble")


def deliver_commands(*, element: provisioning.NetworkElement, flying: list[Flight], at: datetime) -> int:
    """One look at what came back and what is due; how many errands began. Several processes may do this at once."""
    landed = [flight for flight in flying if flight.landed]
    with transaction():
        book = policy_book(hall_id=None, at=at)
        if not book.version:
            return 0
        provisioning.note_outcomes(outcomes=[flight.outcome() for flight in landed], book=book, at=at)
        room = min(_BATCH, _MOST - len(flying))
        errands = provisioning.take_commands(limit=room, book=book, at=at) if room > 0 else ()
    flying[:] = [flight for flight in flying if flight not in landed]
    flying.extend(Flight(errand, tuple(_tell(element, errand, book, at))) for errand in errands)
    return len(errands)


def _tell(
    element: provisioning.NetworkElement, errand: provisioning.Errand, book: PolicyBook, at: datetime
) -> Iterator[Telling]:
    for line, device in errand.lines:
        live = element.live(device.kind) if device else frozenset()
        order = provisioning.decide(wish=errand.wish, line=line, live=live, at=at)
        told: Future[provisioning.Told] | provisioning.Told | None = None
        if order.act in (provisioning.Act.CUT, provisioning.Act.CHANGE):
            if device is None:
                told = provisioning.Told(provisioning.Verdict.SILENT, "unknown_device")
            elif not device.secret:
                told = provisioning.Told(provisioning.Verdict.REFUSED, "no_secret")
            elif device.resting_until and device.resting_until > at:
                told = provisioning.Told(provisioning.Verdict.SILENT, "resting")
            else:
                seconds = book[provisioning.COMMAND_SECONDS]
                told = element.tell(device=device, line=line, order=order, seconds=seconds, at=at)
        yield line, device, order, told
