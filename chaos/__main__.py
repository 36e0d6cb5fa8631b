"""`python -m chaos`: sells and kills for a while, then proves the books. Exit code 1 where anything was found.

`python -m chaos network` kills the parts of the network instead.
"""

import argparse
import json
import random
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from bench.harness import machine
from chaos import network, proof
from chaos.counters import PATIENCE_SECONDS, Counter, Tally
from chaos.hall import Hall, temporary_hall
from chaos.killer import Killer

_LAST_ANSWERS_SECONDS = 240.0


@dataclass(frozen=True)
class Wish:
    """How hard: `pause` in seconds between kills, `kills` at most, `minutes` at most, whichever comes first."""

    seed: int
    minutes: float = 5.0
    kills: int = 1_000
    pause: tuple[float, ...] = (0.3, 1.2)
    baskets: int = 16_000
    homes: int = 7_500


def run(wish: Wish, *, keep: bool = False) -> list[str]:
    """Everything, printed as it goes; the findings. With `keep` the hall's folder stays where there are any."""
    staying = [False]
    with temporary_hall(keep=staying) as hall:
        print(f"seed {wish.seed} · {machine()} · {hall.home}", flush=True)
        began = time.monotonic()
        line = hall.fill(baskets=wish.baskets, homes=wish.homes)
        hall.open()
        print(f"{time.monotonic() - began:.0f} s to make and open the hall", flush=True)
        tally = Tally()
        found = [*_disturbed_day(hall, line, wish, tally)]
        (hall.home / "told.json").write_text(json.dumps([asdict(one) for one in tally.told]))
        staying[0] = keep and bool(found)
    if staying[0]:
        print(f"kept: {hall.home} (told.json, serve.log, logs/, postgres/)")
    for finding in found:
        print(f"FINDING {finding}")
    print(f"seed {wish.seed}: {len(found)} findings", flush=True)
    return found


def _disturbed_day(hall: Hall, line: dict[str, Any], wish: Wish, tally: Tally) -> Iterator[str]:
    before = proof.sessions(hall)
    killer = _sell_and_kill(hall, line, wish, tally)
    yield from killer.trouble
    yield from tally.surprises
    if not hall.answers_within(60):
        yield f"the hall does not answer any more:\n{hall.log()[-2000:]}"
        return
    yield from proof.at_rest(hall)
    yield from proof.findings(hall, tally.told, sessions_before=before)
    yield from proof.shifts(hall, tally.shifts)
    code = hall.close()
    if code != 0:
        yield f"the hall ended with {code}"
    left = hall.left()
    if left:
        yield f"left running: {left}"
    _tell(hall, killer, tally)


def _sell_and_kill(hall: Hall, line: dict[str, Any], wish: Wish, tally: Tally) -> Killer:
    stop = threading.Event()
    counters = [
        Counter(
            number,
            till,
            line["due"],
            hall.port,
            seed=wish.seed,
            tally=tally,
            stop=stop,
            manager=line["manager"],
        )
        for number, till in enumerate(line["tills"])
    ]
    killer = Killer(hall, seed=wish.seed, pause=wish.pause, at_most=wish.kills, sales=lambda: tally.answered)
    for counter in counters:
        counter.start()
    killer.start()
    killer.join(wish.minutes * 60)
    killer.stop.set()
    killer.join()
    stop.set()
    deadline = time.monotonic() + _LAST_ANSWERS_SECONDS
    for counter in counters:
        counter.join(max(0.1, deadline - time.monotonic()))
    return killer


def _tell(hall: Hall, killer: Killer, tally: Tally) -> None:
    paid = sum(one.paid is True for one in tally.told)
    print("kills " + ", ".join(f"{name} {count}" for name, count in killer.kills.most_common()))
    print(
        f"{killer.kills.total()} kills; {len(tally.told)} baskets, {paid} told paid,"
        f" {sum(one.paid is None for one in tally.told)} never answered,"
        f" {sum(one.voided is True for one in tally.told)} told void;"
        f" {len(tally.shifts)} shifts ended, {sum(one.bagged is True for one in tally.shifts)} bagged;"
        f" {tally.gave_up} given up after {PATIENCE_SECONDS:.0f} s;"
        f" {tally.lost_answers} answers lost, {tally.errors} errors answered, the hall was started {hall.starts} times",
        flush=True,
    )


def main() -> int:
    """The command line."""
    if sys.argv[1:2] == ["network"]:
        del sys.argv[1]
        return network.main()
    parser = argparse.ArgumentParser(prog="python -m chaos", description=__doc__)
    parser.add_argument("--seed", type=int, default=random.randrange(1_000_000))
    parser.add_argument("--minutes", type=float, default=5.0)
    parser.add_argument("--kills", type=int, default=1_000)
    parser.add_argument("--pause", type=float, nargs=2, default=(0.3, 1.2), metavar=("LEAST", "MOST"))
    parser.add_argument("--baskets", type=int, default=16_000)
    parser.add_argument("--homes", type=int, default=7_500, help="customers; a multiple of 16")
    parser.add_argument("--keep", action="store_true", help="keep the folder where something was found")
    chosen = parser.parse_args()
    wish = Wish(chosen.seed, chosen.minutes, chosen.kills, tuple(chosen.pause), chosen.baskets, chosen.homes)
    return 1 if run(wish, keep=chosen.keep) else 0


if __name__ == "__main__":
    sys.exit(main())
