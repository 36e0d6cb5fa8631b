"""Payments over HTTP: drawer, posting, receipt, term, access and outbox in one transaction, fsync on.

    python -m bench.payments [--rounds 3] [--seconds 10] [--baskets 20000]

Floor: pgbench (TPC-B, scale 16) on the same server. Peer: a plain Django ORM view of the same payment (bench/peer_orm).
All run alternately. Gate: 0.10 of pgbench, goal 0.20; at an open-loop 60 payments a second p99 < 60 ms.
"""

import argparse
import os
import sys
import time
from collections.abc import Iterator
from uuid import uuid4

import psycopg

from bench import peer_orm, served, tpcb
from bench.harness import alternate, machine
from bench.load import Tally, closed_loop, open_loop
from bench.table import Row, add
from bench.tills import Line, Till, open_hall

GATE, GOAL = 0.10, 0.20
P99_GATE_MS, RATE = 60.0, 60.0
OURS, PEER, FLOOR = "payments/s", "Django ORM payments/s", "pgbench tps"


def requests(till: Till, due: str, port: int) -> Iterator[bytes]:
    """The form that the browser sends, one for each customer in line, ready as bytes."""
    csrf = "a" * 32
    built = []
    for basket in till.baskets:
        body = f"csrfmiddlewaretoken={csrf}&intent={uuid4()}&due={due}&means=cash&received={due}".encode()
        head = (
            f"POST /desk/baskets/{basket}/payment HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n"
            f"Cookie: onehall_session={till.token}; csrftoken={csrf}\r\n"
            f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        built.append(head.encode() + body)
    return iter(built)


def paid(status: int, _: bytes) -> bool:
    """Whether the answer is a page or a way to it; refusals and sign-ins have another status, the books are counted."""
    return status in (200, 302, 303)


def checked(tally: Tally, name: str) -> Tally:
    """Stops where answers were wrong: a fast refusal is no payment."""
    if tally.wrong or not tally.latencies:
        raise SystemExit(f"{name}: {len(tally.wrong)} wrong answers, the first: {tally.wrong[:1]!r}")
    return tally


def measure(url: str, line: Line, *, rounds: int, seconds: float) -> int:
    """Prints the table; 1 where a gate does not hold."""
    floor_url, peer_url = served.another_database(url, "floor"), served.another_database(url, "peer")
    tpcb.prepare(floor_url)
    peer_line = peer_orm.open_hall(peer_url, tills=len(line.tills), baskets=int(600 * seconds * rounds))
    before = count(url)
    with served.onehall(url) as port, peer_orm.serve(peer_url) as peer_port:
        ours = [requests(till, line.due, port) for till in line.tills]
        theirs = peer_orm.requests(peer_line, peer_port)

        def run(where: int, queues: list[Iterator[bytes]], name: str, span: float) -> float:
            return checked(closed_loop("127.0.0.1", where, queues, seconds=span, good=paid), name).rate

        run(port, ours, OURS, 2)
        run(peer_port, theirs, PEER, 2)
        for one in (url, peer_url):
            settle(one)
        compared = alternate(
            {
                FLOOR: lambda: tpcb.transactions_per_second(floor_url, seconds=int(seconds)),
                OURS: lambda: run(port, ours, OURS, seconds),
                PEER: lambda: run(peer_port, theirs, PEER, seconds),
            },
            rounds=rounds,
        )
        time.sleep(1)
        calm = checked(open_loop("127.0.0.1", port, ours, rate=RATE, seconds=2 * seconds, good=paid), OURS)
    stored = count(url) - before
    print(f"{'':24}" + "".join(f"{f'round {n + 1}':>10}" for n in range(rounds)) + f"{'median':>10}")
    for name in (FLOOR, OURS, PEER):
        figures = "".join(f"{figure:10.1f}" for figure in compared.figures[name])
        print(f"{name:24}{figures}{compared.median(name):10.1f}")
    ratio, over_peer = compared.ratio(OURS, FLOOR), compared.ratio(OURS, PEER)
    p50, p99 = calm.percentile(0.5), calm.percentile(0.99)
    print(f"ratio to pgbench {ratio:.3f}, to the ORM {over_peer:.2f}; {stored:,} payments are in the books")
    print(f"open loop {RATE:.0f}/s: p50 {p50:.1f} ms, p99 {p99:.1f} ms; {machine()}")
    verdict = "goal held" if ratio >= GOAL else "gate held" if ratio >= GATE else "GATE BROKEN"
    add(Row("payment over HTTP, share of pgbench", f"{ratio:.3f}", f"{ratio / over_peer:.3f}", "1.00",
            f"≥ {GATE:.2f} (goal {GOAL:.2f})", verdict))  # fmt: skip
    add(Row(f"p99 at {RATE:.0f} payments/s", f"{p99:.0f} ms", "", "", f"< {P99_GATE_MS:.0f} ms",
            "gate held" if p99 < P99_GATE_MS else "GATE BROKEN"))  # fmt: skip
    return 0 if ratio >= GATE and p99 < P99_GATE_MS else 1


def settle(url: str) -> None:
    """Statistics as the server's own housekeeping leaves them within a minute, and as pgbench makes them for its tables:
    plans that were made over empty tables read these whole for each payment until then."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("vacuum analyze")


def count(url: str) -> int:
    """Payments in the books."""
    with psycopg.connect(url) as connection:
        row = connection.execute("select count(*) from ledger_payment").fetchone()
    assert row
    return int(row[0])


def main() -> int:
    """Sets up, measures, takes down."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--rounds", type=int, default=3)
    arguments.add_argument("--seconds", type=float, default=10)
    arguments.add_argument("--baskets", type=int, default=20_000)
    wanted = arguments.parse_args()
    with served.own_hall() as url:
        began = time.monotonic()
        line = open_hall(url, baskets=wanted.baskets)
        print(
            f"hall ready in {time.monotonic() - began:.0f} s, load {os.getloadavg()[0]:.1f}", file=sys.stderr
        )
        return measure(url, line, rounds=wanted.rounds, seconds=wanted.seconds)


if __name__ == "__main__":
    sys.exit(main())
