"""`python -m chaos`: sells and kills for a while, then proves the books. Exit code 1 where anything was found.

`python -m chaos network` kills the parts of the network instead.
"""

import argparse
import json
import random
import sys
import threading
import time
from collections import Counter as Counted
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from typing import Any

from bench.harness import machine
from chaos import network, proof, proof_money
from chaos.asking import PATIENCE_SECONDS
from chaos.bank import Bank
from chaos.counters import Counter
from chaos.evening import evening
from chaos.hall import Hall, temporary_hall
from chaos.killer import Killer
from chaos.office import Office
from chaos.providers import Providers, Street
from chaos.told import Tally

_LAST_ANSWERS_SECONDS = 240.0
KEPT = ("told", "shifts", "payouts", "transfers", "slips", "bags", "months")


@dataclass(frozen=True)
class Wish:
    """How hard: `pause` in seconds between kills, `kills` at most, `minutes` at most, whichever comes first."""

    seed: int
    minutes: float = 5.0
    kills: int = 1_000
    pause: tuple[float, ...] = (0.3, 1.2)
    baskets: int = 16_000
    homes: int = 7_500
    tills: int = 16


def run(wish: Wish, *, keep: bool = False) -> list[str]:
    """Everything, printed as it goes; the findings. With `keep` the hall's folder stays where there are any."""
    staying = [keep]
    with temporary_hall(keep=staying) as hall:
        print(f"seed {wish.seed} · {machine()} · {hall.home}", flush=True)
        began = time.monotonic()
        line = hall.fill(baskets=wish.baskets, homes=wish.homes, tills=wish.tills)
        tally = Tally()
        with Providers(hall.acquirers, line["seats"]) as providers:
            hall.open()
            print(f"{time.monotonic() - began:.0f} s to make and open the hall", flush=True)
            found = [*_disturbed_day(hall, line, wish, tally, providers)]
        told = {name: [asdict(one) for one in getattr(tally, name)] for name in KEPT}
        (hall.home / "told.json").write_text(json.dumps(told, ensure_ascii=False, indent=1))
        staying[0] = keep and bool(found)
    if staying[0]:
        print(f"kept: {hall.home} (told.json, serve.log, logs/, postgres/)")
    for finding in found:
        print(f"FINDING {finding}")
    print(f"seed {wish.seed}: {len(found)} findings", flush=True)
    return found


@dataclass
class _Day:
    """Everybody who is at work."""

    hall: Hall
    line: dict[str, Any]
    wish: Wish
    tally: Tally
    providers: Providers
    bank: Bank
    killer: Killer
    street: Street
    office: Office

    def sell_and_kill(self) -> None:
        """Until enough was killed; then everybody finishes what they are doing."""
        stop = threading.Event()
        common: dict[str, Any] = {
            "seed": self.wish.seed,
            "tally": self.tally,
            "stop": stop,
            "providers": self.providers,
            "bank": self.bank,
        }
        counters = [
            Counter(number, self.line, self.hall.port, **common) for number in range(len(self.line["tills"]))
        ]  # fmt: skip
        for one in (*counters, self.street, self.office, self.killer):
            one.start()
        self.killer.join(self.wish.minutes * 60)
        self.killer.stop.set()
        self.killer.join()
        stop.set()
        deadline = time.monotonic() + _LAST_ANSWERS_SECONDS
        for counter in counters:
            counter.join(max(0.1, deadline - time.monotonic()))
        self.office.stop.set()
        self.office.join(max(0.1, deadline - time.monotonic()))


def _opened(hall: Hall, line: dict[str, Any], wish: Wish, tally: Tally, providers: Providers) -> _Day:
    killer = Killer(
        hall, seed=wish.seed, pause=wish.pause, at_most=wish.kills, heard=lambda: tally.heard, cut=providers.cut
    )  # fmt: skip
    bank = Bank(tally)
    common: dict[str, Any] = {"seed": wish.seed, "tally": tally}
    street = Street(providers, hall.port, **common)
    return _Day(
        hall, line, wish, tally, providers, bank, killer, street, Office(line, hall.port, bank=bank, **common)
    )


def _disturbed_day(
    hall: Hall, line: dict[str, Any], wish: Wish, tally: Tally, providers: Providers
) -> Iterator[str]:
    before, began = proof.sessions(hall), time.monotonic()
    day = _opened(hall, line, wish, tally, providers)
    day.sell_and_kill()
    sold = time.monotonic()
    yield from day.killer.trouble
    if not hall.answers_within(60):
        yield f"the hall does not answer any more:\n{hall.log()[-2000:]}"
        return
    yield from evening(hall, line, tally, seed=wish.seed)
    day.street.stop.set()
    day.street.join()
    yield from tally.surprises
    yield from proof.at_rest(hall)
    with ThreadPoolExecutor(1) as beside:
        books = beside.submit(hall.run, "chaos.books")
        yield from proof.findings(hall, tally.told, sessions_before=before)
    yield from proof.shifts(hall, tally.shifts, tills=wish.tills)
    yield from proof_money.findings(hall, tally, providers.paid(), books.result())
    code = hall.close()
    if code != 0:
        yield f"the hall ended with {code}"
    left = hall.left()
    if left:
        yield f"left running: {left}"
    _tell(day, sold - began, time.monotonic() - sold)


def _tell(day: _Day, disturbed: float, proving: float) -> None:
    tally, killer = day.tally, day.killer
    paid = [one for one in tally.told if one.paid]
    means = Counted(name for one in paid for name in one.means)
    print("kills " + ", ".join(f"{name} {count}" for name, count in killer.kills.most_common()))
    print("paid by " + ", ".join(f"{name} {count}" for name, count in means.most_common()))
    print(
        f"{killer.kills.total()} kills in {disturbed:.0f} s, proved in {proving:.0f} s; {len(tally.told)} baskets, {len(paid)} told paid,"
        f" {sum(one.paid is None for one in tally.told)} never answered, {sum(one.voided is True for one in tally.told)} told void;"
        f" {sum(bool(one.goods) for one in paid)} with goods, {sum(bool(one.deposit) for one in paid)} deposits, {len(tally.payouts)} paid out;"
        f" {len(tally.transfers)} transfers, {sum(one.claimed is True for one in tally.transfers)} claimed; {len(tally.given_back)} given back;"
        f" notices heard {day.street.told.total()};"
        f" {len(tally.shifts)} shifts ended, {sum(one.bagged is True for one in tally.shifts)} bagged,"
        f" {sum(one.left is True for one in tally.bags)} bags left, {sum(one.shown is True for one in tally.bags)} at the bank;"
        f" {sum(one.closed is True for one in tally.months)} months closed, {day.office.reports} day reports;"
        f" {tally.gave_up} given up after {PATIENCE_SECONDS:.0f} s; {tally.lost_answers} answers lost, {tally.errors} errors answered,"
        f" the hall was started {day.hall.starts} times",
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
