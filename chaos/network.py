"""`python -m chaos network`: RADIUS server, access device and worker killed at random while people pay and terms end.

At rest what the network does must be what the books say, for every account (NET-03). The parts are handed in: a story of the
suite makes a small town and calls `disturb`; the command line runs that story with more of everything.
"""

import argparse
import os
import random
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

STORY = "tests/entrances/test_chaos_network.py"
_REST_SECONDS = 120.0
_DIALLERS = 8


class Part(Protocol):
    """Something that can be killed and comes back."""

    def kill(self) -> None:
        """At once and without a farewell."""
        ...

    def start(self) -> None:
        """Ready again when this returns."""
        ...


@dataclass(frozen=True)
class Trouble:
    """How hard: events in all, seconds between kills and of absence."""

    seed: int
    events: int
    pause: tuple[float, float] = (0.3, 1.0)
    away: tuple[float, float] = (0.1, 0.8)


@dataclass
class Killer(threading.Thread):
    """One part after the other, by the dice of the seed; each is started again after a while."""

    parts: Mapping[str, Part]
    trouble: Trouble
    kills: Counter[str] = field(default_factory=Counter)
    failed: list[str] = field(default_factory=list)
    stop: threading.Event = field(default_factory=threading.Event)
    calm: threading.Event = field(default_factory=threading.Event)
    over: threading.Event = field(default_factory=threading.Event)

    def __post_init__(self) -> None:
        super().__init__(name="killer", daemon=True)

    def __hash__(self) -> int:
        return id(self)

    def run(self) -> None:
        """Stays until it is all over: a server that was started by a thread ends with it (PR_SET_PDEATHSIG)."""
        self._kill()
        self.calm.set()
        self.over.wait()

    def _kill(self) -> None:
        dice = random.Random(self.trouble.seed)
        while not self.stop.wait(dice.uniform(*self.trouble.pause)):
            name = dice.choice(sorted(self.parts))
            try:
                self.parts[name].kill()
                self.kills[name] += 1
                self.stop.wait(dice.uniform(*self.trouble.away))
                self.parts[name].start()
            except Exception as error:
                self.failed.append(f"{name} did not come back: {error!r}")
                return


@dataclass
class Routers(threading.Thread):
    """Every household's router: whoever is off line dials, again and again."""

    accounts: Sequence[str]
    dial: Callable[[str], None]
    on_line: Callable[[str], bool]
    stop: threading.Event = field(default_factory=threading.Event)

    def __post_init__(self) -> None:
        super().__init__(name="routers", daemon=True)

    def __hash__(self) -> int:
        return id(self)

    def run(self) -> None:
        with ThreadPoolExecutor(_DIALLERS) as pool:
            while not self.stop.wait(0.1):
                list(pool.map(self.dial, [one for one in self.accounts if not self.on_line(one)]))


def disturb(
    *,
    trouble: Trouble,
    parts: Mapping[str, Part],
    events: Sequence[Callable[[str], None]],
    routers: Routers,
    differences: Callable[[], list[str]],
    settle: Callable[[], None],
) -> list[str]:
    """Runs the events over the accounts while parts are killed; what differs at rest, [] if the books and the network agree."""
    killer = Killer(parts, trouble)
    dice = random.Random(trouble.seed + 1)
    routers.start()
    killer.start()
    began = time.monotonic()
    for _ in range(trouble.events):
        dice.choice(events)(dice.choice(routers.accounts))
    killer.stop.set()
    killer.calm.wait()
    disturbed = time.monotonic() - began
    found = killer.failed or _at_rest(differences, settle)
    routers.stop.set()
    routers.join()
    killer.over.set()
    killer.join()
    told = ", ".join(f"{name} {count}" for name, count in killer.kills.most_common())
    print(
        f"seed {trouble.seed}: {trouble.events} events in {disturbed:.0f} s, kills {told}; {len(found)} differences"
        f" {time.monotonic() - began - disturbed:.0f} s later",
        flush=True,
    )
    return found


def _at_rest(differences: Callable[[], list[str]], settle: Callable[[], None]) -> list[str]:
    """What is left once everybody is up and has had time."""
    until = time.monotonic() + _REST_SECONDS
    while found := differences():
        if time.monotonic() > until:
            return found
        settle()
        time.sleep(0.2)
    return []


def main() -> int:
    """The command line: the story of the suite with these numbers."""
    parser = argparse.ArgumentParser(prog="python -m chaos network", description=__doc__)
    parser.add_argument("--seed", type=int, default=random.randrange(1_000_000))
    parser.add_argument("--events", type=int, default=500)
    parser.add_argument("--accounts", type=int, default=40)
    wish = parser.parse_args()
    told = {"SEED": wish.seed, "EVENTS": wish.events, "ACCOUNTS": wish.accounts}
    environment = os.environ | {f"ONEHALL_CHAOS_{name}": str(value) for name, value in told.items()}
    command = [sys.executable, "-m", "pytest", "-q", "-s", STORY]
    return subprocess.run(command, env=environment, cwd=Path(__file__).parent.parent, check=False).returncode
