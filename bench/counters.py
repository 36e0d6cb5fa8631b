"""Payments of 16 and of 64 counters over HTTP, and what each sale waits for meanwhile (the lock profile).

    python -m bench.counters [--rounds 3] [--seconds 10]

Floor: pgbench (TPC-B) on the same server with as many clients, in turn. Gate: no sale waits for another counter's; what a payment
costs does not grow with the counters (at least 0.9 of the rate at 16).
"""

import argparse
import sys
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial

import psycopg

from bench import served, tpcb
from bench.harness import alternate, machine
from bench.load import closed_loop
from bench.payments import checked, paid, requests, settle
from bench.table import Row, add
from bench.tills import open_hall

COUNTERS = (16, 64)
LEAST = 0.9
BASKETS = 60_000
EVERY_SECONDS = 0.02
BUSY = """
    select coalesce(wait_event_type, 'processor'), coalesce(wait_event, ''), cardinality(pg_blocking_pids(pid)) > 0
    from pg_stat_activity where backend_type = 'client backend' and state <> 'idle' and pid <> pg_backend_pid()
"""
ROWS = ("transactionid", "tuple")
"""What waiting for another's row is called; "extend" is a table that grows by a page just then."""
Profile = Counter[tuple[str, str, bool]]
"""How often a busy connection was seen waiting for what, and whether another connection held it."""


def watched(url: str, work: Callable[[], float], seen: Profile) -> float:
    """Runs `work`, looking every 20 ms at what each connection that is at work waits for."""
    over = threading.Event()

    def look() -> None:
        with psycopg.connect(url, autocommit=True) as connection:
            while not over.wait(EVERY_SECONDS):
                seen.update(connection.execute(BUSY).fetchall())

    watcher = threading.Thread(target=look)
    watcher.start()
    try:
        return work()
    finally:
        over.set()
        watcher.join()


def told(seen: Profile) -> str:
    """The profile in a line: shares of what was seen, by kind."""
    kinds: Counter[str] = Counter()
    for (kind, event, _), times in seen.items():
        kinds[f"{kind} {event}".strip() if kind == "Lock" else kind] += times
    total = sum(kinds.values()) or 1
    return ", ".join(f"{kind} {times / total:.1%}" for kind, times in kinds.most_common())


def measure(url: str, *, rounds: int, seconds: float) -> int:
    """Prints and notes the figures; 1 where a gate was missed."""
    line = open_hall(url, baskets=BASKETS, tills=max(COUNTERS))
    floor_url = served.another_database(url, "floor")
    tpcb.prepare(floor_url)
    profiles: dict[int, Profile] = {number: Counter() for number in COUNTERS}
    with served.onehall(url) as port:
        queues = {
            number: [
                requests(replace(till, baskets=till.baskets[place :: len(COUNTERS)]), line.due, port)
                for till in line.tills[:number]
            ]
            for place, number in enumerate(COUNTERS)
        }

        def run(some: list[Iterator[bytes]], span: float) -> float:
            return checked(closed_loop("127.0.0.1", port, some, seconds=span, good=paid), "payments").rate

        for some in queues.values():
            run(some, 1)
        settle(url)
        runs: dict[str, Callable[[], float]] = {}
        for number in COUNTERS:
            sell = partial(run, queues[number], seconds)
            runs[f"pgbench, {number} clients"] = partial(
                tpcb.transactions_per_second, floor_url, seconds=int(seconds), clients=number
            )
            runs[f"payments, {number} counters"] = partial(watched, url, sell, profiles[number])
        compared = alternate(runs, rounds=rounds)
    few, many = (f"payments, {number} counters" for number in COUNTERS)
    blocked = 0
    for number in COUNTERS:
        share = compared.ratio(f"payments, {number} counters", f"pgbench, {number} clients")
        waits = sum(times for (_, event, other), times in profiles[number].items() if other and event in ROWS)
        blocked += waits
        print(
            f"{number} counters: {compared.median(f'payments, {number} counters'):.0f}/s, {share:.3f} of pgbench with as many clients;"
            f" seen {profiles[number].total():,} times at work, {waits} waiting for another's row; {told(profiles[number])}"
        )
        verdict = "gate held" if not waits else "GATE BROKEN"
        add(Row(f"payments of {number} counters", f"{compared.median(f'payments, {number} counters'):.0f}/s", "", f"{share:.3f} of pgbench",
                "no sale waits for another", verdict))  # fmt: skip
    ratio = compared.ratio(many, few)
    print(f"64 counters beside 16: {ratio:.2f} ×; {machine()}")
    return 0 if not blocked and ratio >= LEAST else 1


def main() -> int:
    """Sets up, measures, takes down."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--rounds", type=int, default=3)
    arguments.add_argument("--seconds", type=float, default=10)
    wanted = arguments.parse_args()
    with served.own_hall() as url:
        return measure(url, rounds=wanted.rounds, seconds=wanted.seconds)


if __name__ == "__main__":
    sys.exit(main())
