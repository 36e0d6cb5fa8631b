"""Kills processes of the hall, at random but by the dice of the seed, one at a time."""

import os
import random
import signal
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from chaos.hall import Hall, parent

_BACK_SECONDS = 120.0
_CALM_SECONDS = 20.0
_ON_ITS_WAY_SECONDS = 0.4


@dataclass(frozen=True)
class Kind:
    """What is killed, how often among all, with which signal; after a `heavy` one the hall may come back first.

    Without `victims` the line to a provider of payments is cut instead.
    """

    name: str
    weight: int
    victims: Callable[[Hall], list[int]] | None
    number: int = signal.SIGKILL
    heavy: bool = False


def _children(pid: int) -> list[int]:
    pids = [int(entry.name) for entry in Path("/proc").glob("[0-9]*")]
    return [one for one in pids if parent(one) == pid]


def _said(pid: int) -> bytes:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ")
    except OSError:
        return b""


def _role(role: bytes) -> Callable[[Hall], list[int]]:
    def find(hall: Hall) -> list[int]:
        serve = hall.pid
        children = _children(serve) if serve else []
        return [pid for pid in children if b"console.child " + role in _said(pid)]

    return find


def _workers(hall: Hall) -> list[int]:
    return [
        pid
        for page in _role(b"pages")(hall)
        for pid in _children(page)
        if b"resource_tracker" not in _said(pid)
    ]


def _serve(hall: Hall) -> list[int]:
    return [hall.pid] if hall.pid else []


def _postmaster(hall: Hall) -> list[int]:
    try:
        return [int((hall.server.cluster.data / "postmaster.pid").read_text().splitlines()[0])]
    except (OSError, ValueError, IndexError):
        return []


def _backends(hall: Hall) -> list[int]:
    """Processes that serve a connection of the product."""
    return [
        pid
        for postmaster in _postmaster(hall)
        for pid in _children(postmaster)
        if b"onehall onehall" in _said(pid)
    ]


KINDS = (
    Kind("web worker", 16, _workers),
    Kind("database backend", 56, _backends),
    Kind("provider's line", 10, None),
    Kind("clock", 6, _role(b"clock")),
    Kind("live updates", 6, _role(b"live")),
    Kind("pages with all workers", 3, _role(b"pages"), heavy=True),
    Kind("whole serve", 2, _serve, heavy=True),
    Kind("postmaster kill -9", 2, _postmaster, heavy=True),
    Kind("database immediate stop", 2, _postmaster, signal.SIGQUIT, heavy=True),
)


def early(dice: random.Random) -> list[Kind]:
    """One of each kind, in the order of the dice."""
    kinds = list(KINDS)
    dice.shuffle(kinds)
    return kinds


class Killer(threading.Thread):
    """Kills until told to stop or until `at_most`; `heard` tells how many forms were answered so far."""

    def __init__(
        self, hall: Hall, *, seed: int, pause: tuple[float, ...], at_most: int, heard: Callable[[], int],
        cut: Callable[[random.Random], None],
    ) -> None:  # fmt: skip
        super().__init__(name="killer")
        self.kills: Counter[str] = Counter()
        self.trouble: list[str] = []
        self.stop = threading.Event()
        self._hall, self._pause, self._at_most, self._heard = hall, pause, at_most, heard
        self._cut = cut
        self._dice = random.Random(seed)

    def run(self) -> None:
        """One victim after the other; a hall that does not come back is a finding and ends it."""
        for kind in self._kinds():
            if self.stop.wait(self._dice.uniform(self._pause[0], self._pause[1])):
                return
            if not self._strike(kind):
                continue
            self.kills[kind.name] += 1
            if kind.heavy and not self._answers_again(_BACK_SECONDS):
                self.trouble.append(
                    f"{_BACK_SECONDS:.0f} s after {kind.name} nothing was answered; kill {self.kills.total()}"
                )
                return
            if self.kills.total() % 10 == 0:
                self._answers_again(_CALM_SECONDS)
            if self.kills.total() >= self._at_most:
                return

    def _kinds(self) -> Iterator[Kind]:
        """One of each heavy kind early, so that the shortest run has seen all."""
        weights = [kind.weight for kind in KINDS]
        yield from early(self._dice)
        while True:
            yield self._dice.choices(KINDS, weights)[0]

    def _strike(self, kind: Kind) -> bool:
        if kind.victims is None:
            self._cut(self._dice)
            return True
        victims = [pid for pid in sorted(kind.victims(self._hall)) if self._hall.ours(pid)]
        if not victims:
            return False
        try:
            os.kill(self._dice.choice(victims), kind.number)
        except ProcessLookupError:
            return False
        return True

    def _answers_again(self, seconds: float) -> bool:
        """Not by what was on its way when the kill came."""
        self.stop.wait(_ON_ITS_WAY_SECONDS)
        before = self._heard()
        deadline = time.monotonic() + seconds
        while self._heard() <= before and not self.stop.is_set():
            if time.monotonic() > deadline:
                return False
            time.sleep(0.05)
        return True
