"""Search over 1,000,000 customers: the one box against `LIKE '%…%'` (peer) and one index lookup (floor).

    python -m bench.search [--customers 1000000] [--queries 1500] [--keep]

Builds a database of its own beside DATABASE_URL's (or on a server of its own) and drops it unless told to keep it for the
next run; every name is invented. Gate: p99 of the mixed queries < 100 ms; goal: < 50 ms.
"""

import argparse
import os
import random
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg import sql

DATABASE = "onehall_bench_search"
GATE, GOAL = 100.0, 50.0
SEED = 20261121


@contextmanager
def database(*, keep: bool) -> Iterator[str]:
    """The URL of the benchmark's database, made when it is not there yet; `keep` leaves it for the next run."""
    server = None
    home = Path(tempfile.mkdtemp(prefix="onehall-bench-"))
    if not os.environ.get("DATABASE_URL"):
        from onehall.foundation.embedded import Server

        server = Server(home, durable=False)
        os.environ["DATABASE_URL"] = server.start().url()
    parts = urlsplit(os.environ["DATABASE_URL"])
    name = sql.Identifier(DATABASE)
    with psycopg.connect(urlunsplit(parts._replace(path="/postgres")), autocommit=True) as maintenance:
        if not maintenance.execute("select 1 from pg_database where datname = %s", [DATABASE]).fetchone():
            maintenance.execute(sql.SQL("create database {}").format(name))
        try:
            yield urlunsplit(parts._replace(path=f"/{DATABASE}"))
        finally:
            if not keep:
                maintenance.execute(sql.SQL("drop database {} with (force)").format(name))
    if server:
        server.stop()
    shutil.rmtree(home, ignore_errors=True)


def timed(work: Callable[[], object]) -> float:
    """Milliseconds that `work` takes."""
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1000


def percentile(latencies: list[float], share: float) -> float:
    """The latency below which `share` of the measurements lie."""
    ordered = sorted(latencies)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


def measure(queries: dict[str, list[str]], *, peers: int) -> dict[str, list[float]]:
    """Milliseconds by kind of query; the peer and the floor run in between, on the same data and connection."""
    from onehall.foundation.database import fetch_all, fetch_one
    from onehall.foundation.scopes import Scope
    from onehall.readings.search import search

    rounds = [(kind, typed) for kind, texts in queries.items() for typed in texts]
    random.Random(SEED).shuffle(rounds)
    highest = (fetch_one("select max(id) as id from customers_party") or {})["id"]
    peer = "select id, name from customers_party where name like %(like)s order by name limit 20"
    floor = "select id from customers_party where id = %(id)s"
    taken: dict[str, list[float]] = {kind: [] for kind in (*queries, "peer", "floor")}
    for _, typed in rounds[:50]:
        search(typed, scope=Scope.operator())
    names = iter(queries["name"] * peers)
    for turn, (kind, typed) in enumerate(rounds):
        taken[kind].append(timed(partial(search, typed, scope=Scope.operator())))
        if turn % (len(rounds) // peers) == 0:
            like = f"%{next(names)}%"
            taken["peer"].append(timed(partial(fetch_all, peer, {"like": like})))
        taken["floor"].append(timed(partial(fetch_all, floor, {"id": turn * 7919 % highest + 1})))
    return taken


def report(taken: dict[str, list[float]], customers: int) -> int:
    """Prints the table; 1 when the gate does not hold."""
    mixed = [ms for kind, all_ms in taken.items() if kind not in ("peer", "floor") for ms in all_ms]
    print(f"search over {customers:,} customers, load {os.getloadavg()[0]:.1f}, milliseconds")
    print(f"{'':22}{'n':>6}{'p50':>9}{'p99':>9}{'max':>9}")
    for kind, latencies in [*taken.items(), ("all queries", mixed)]:
        row = (percentile(latencies, 0.5), percentile(latencies, 0.99), max(latencies))
        print(f"{kind:22}{len(latencies):6}" + "".join(f"{ms:9.2f}" for ms in row))
    p99 = percentile(mixed, 0.99)
    times = statistics.median(taken["peer"]) / statistics.median(mixed)
    floors = statistics.median(mixed) / statistics.median(taken["floor"])
    verdict = "goal held" if p99 < GOAL else "gate held" if p99 < GATE else "GATE BROKEN"
    print(
        f"p99 {p99:.1f} ms (goal {GOAL:.0f}, gate {GATE:.0f}): {verdict}; {times:.0f} × faster than LIKE, {floors:.1f} × the floor"
    )
    return 0 if p99 < GATE else 1


def main() -> int:
    """Builds what is missing, measures, reports."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--customers", type=int, default=1_000_000)
    arguments.add_argument("--queries", type=int, default=1500)
    arguments.add_argument("--keep", action="store_true")
    wanted = arguments.parse_args()
    with database(keep=wanted.keep) as url:
        os.environ.update(
            DATABASE_URL=url, DJANGO_SETTINGS_MODULE="onehall.config.settings", ONEHALL_KEYS="deterministic"
        )
        import django

        django.setup()
        from bench import town

        seconds = timed(lambda: town.build(url, wanted.customers)) / 1000
        print(f"data ready in {seconds:.0f} s", file=sys.stderr)
        taken = measure(town.queries(wanted.queries, wanted.customers), peers=60)
        return report(taken, wanted.customers)


if __name__ == "__main__":
    sys.exit(main())
