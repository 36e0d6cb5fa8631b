"""A payment over the API beside the same payment at the desk's screen: one run, one hall, one rate, in turns.

    python -m bench.api [--rounds 3] [--seconds 10] [--rate 30] [--baskets 4000]

Peer and floor is the screen: both take the same journey, so what differs is reading JSON with pydantic against reading a
form, and looking up a token against looking up a session. Gate: p99 of the API at most 1.5 × the screen's.
"""

import argparse
import json
import os
import statistics
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from uuid import uuid4

from bench import payments, served
from bench.harness import machine
from bench.load import Tally, open_loop
from bench.table import Row, add
from bench.tills import HALL, Line, Till, open_hall

GATE = 1.5
SCREEN, API = "at the screen", "over the API"


def tokens(line: Line) -> list[str]:
    """An access token for the clerk of every till, for payments only."""
    from onehall.contexts.organisation import api as organisation
    from onehall.foundation.identity.contracts import TokenWanted
    from onehall.foundation.scopes import Scope
    from onehall.journeys.issue_token import issue_token

    hall = organisation.hall_by_code(HALL, scope=Scope.operator())
    seats = {seat.no: seat.id for seat in organisation.counters(hall.id, scope=Scope.operator())}
    at = datetime.now(UTC)
    return [
        issue_token(
            wanted=TokenWanted("bench", f"B{n:03}", hall.id, seats[f"B{n:02}"], ("payment.take",), 1), by=None, at=at
        ).token
        for n in range(len(line.tills))
    ]  # fmt: skip


def requests(till: Till, token: str, due: str, port: int) -> Iterator[bytes]:
    """What a programme sends, one for each customer in line, ready as bytes."""
    fen = int(due.replace(",", "").replace(".", ""))
    body = json.dumps({"due_fen": fen, "tendered_fen": fen}).encode()
    return iter(
        [
            (
                f"POST /api/v1/baskets/{basket}/payment HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n"
                f"Authorization: Bearer {token}\r\nIdempotency-Key: {uuid4()}\r\n"
                f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
            ).encode()
            + body
            for basket in till.baskets
        ]
    )


def taken(status: int, _: bytes) -> bool:
    """Whether it was paid."""
    return status == 201


def halves(till: Till) -> tuple[Till, Till]:
    """Every other customer pays at the screen."""
    return Till(till.token, till.baskets[::2]), Till(till.token, till.baskets[1::2])


def measure(url: str, line: Line, *, rounds: int, seconds: float, rate: float) -> int:
    """Prints the table; 1 where the gate does not hold."""
    shares = [halves(till) for till in line.tills]
    keys = tokens(line)
    before = payments.count(url)
    figures: dict[str, list[Tally]] = {SCREEN: [], API: []}
    with served.onehall(url) as port:
        forms = [payments.requests(screen, line.due, port) for screen, _ in shares]
        calls = [requests(api, key, line.due, port) for (_, api), key in zip(shares, keys, strict=True)]
        runs = {SCREEN: (forms, payments.paid), API: (calls, taken)}
        for queues, good in runs.values():
            open_loop("127.0.0.1", port, queues, rate=rate, seconds=3, good=good)
        for turn in range(rounds):
            for name in list(runs) if turn % 2 == 0 else list(reversed(runs)):
                queues, good = runs[name]
                tally = open_loop("127.0.0.1", port, queues, rate=rate, seconds=seconds, good=good)
                figures[name].append(payments.checked(tally, name))
    stored = payments.count(url) - before
    p99 = {name: [tally.percentile(0.99) for tally in tallies] for name, tallies in figures.items()}
    for name, tallies in figures.items():
        p50 = statistics.median(tally.percentile(0.5) for tally in tallies)
        each = "".join(f"{figure:9.1f}" for figure in p99[name])
        print(
            f"{name:16} p50 {p50:6.1f} ms   p99 by round {each}   median {statistics.median(p99[name]):.1f} ms"
        )
    ratio = statistics.median(api / screen for api, screen in zip(p99[API], p99[SCREEN], strict=True))
    print(
        f"p99 {API} ÷ {SCREEN}: {ratio:.2f} at {rate:.0f}/s; {stored:,} payments are in the books; {machine()}"
    )
    verdict = "gate held" if ratio <= GATE else "GATE BROKEN"
    mine, peer = (f"{statistics.median(p99[name]):.0f} ms" for name in (API, SCREEN))
    add(
        Row(
            f"p99 of a payment over the API at {rate:.0f}/s",
            mine,
            peer,
            "",
            f"≤ {GATE} × the screen's",
            verdict,
        )
    )
    return 0 if ratio <= GATE else 1


def main() -> int:
    """Sets up, measures, takes down."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--rounds", type=int, default=3)
    arguments.add_argument("--seconds", type=float, default=10)
    arguments.add_argument("--rate", type=float, default=30)
    arguments.add_argument("--baskets", type=int, default=4_000)
    wanted = arguments.parse_args()
    with served.own_hall() as url:
        began = time.monotonic()
        line = open_hall(url, baskets=wanted.baskets)
        print(
            f"hall ready in {time.monotonic() - began:.0f} s, load {os.getloadavg()[0]:.1f}", file=sys.stderr
        )
        return measure(url, line, rounds=wanted.rounds, seconds=wanted.seconds, rate=wanted.rate)


if __name__ == "__main__":
    sys.exit(main())
