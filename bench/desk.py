"""The desk with 1,000,000 customers: what a page weighs with its styles and scripts, and how long the server takes.

    python -m bench.desk [--customers 1000000] [--rounds 40]

Uses the town that `bench.search --keep` built where DATABASE_URL leads to it, else builds one. Targets: < 150 KB, < 200 ms.
"""

import argparse
import gzip
import os
import random
import re
import secrets
import statistics
import sys
import tempfile
import time
from urllib.parse import quote, urljoin

import psycopg

from bench import search, served
from bench.harness import machine
from bench.load import Connection
from bench.table import Row, add

PAGE_BYTES, SERVER_MS = 150_000, 200.0
PREMISES = 10_000_000
LINKED = re.compile(rb'(?:href|src)="(/static/[^"]+\.(?:css|js))"')
IMPORTED = re.compile(rb"""(?:from|import) ?\(?["'](\.{1,2}/[^"']+\.js)["']""")


def clerk(url: str) -> str:
    """The profile in a town that has only customers so far, and the browser's token of a clerk who knows some of them."""
    from datetime import UTC, datetime
    from uuid import uuid4

    from onehall.contexts.customers import api as customers
    from onehall.contexts.organisation import api as organisation
    from onehall.foundation.identity.queries import presence
    from onehall.foundation.profiles import load_profile
    from onehall.foundation.scopes import Scope
    from onehall.journeys.install_profile import install_profile
    from onehall.journeys.open_drawer import open_drawer
    from onehall.journeys.sign_in import sign_in
    from onehall.journeys.state_purpose import state_purpose

    at = datetime.now(UTC)
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(
            "select setval(pg_get_serial_sequence('customers_premises', 'id'), %s)", [PREMISES]
        )
    install_profile(profile="dawei", by=None, at=at, demo=True)
    hall = organisation.hall_by_code("xinyuan", scope=Scope.operator())
    seats = {seat.no: seat.id for seat in organisation.counters(hall.id, scope=Scope.operator())}
    password = load_profile("dawei").demo_password
    token = sign_in(staff_no="0213", password=password, hall_id=hall.id, counter_id=seats["3"], at=at).token
    found = presence(token=token, at=at)
    assert found is not None
    open_drawer(intent=uuid4(), counted={10000: 5}, remark="", by=found.actor, at=at)
    seen = customers.PurposeStated(customers.PurposeKind.PRESENT_VERIFIED, customers.Verification.ID_DOCUMENT)
    for party in known():
        state_purpose(
            party_id=customers.card(party, scope=Scope.operator()).id, stated=seen, by=found.actor, at=at
        )
    return token


def known() -> range:
    """Customers whose records the clerk may open."""
    return range(1000, 1040)


def get(path: str, token: str, port: int) -> bytes:
    """A request as a browser sends it."""
    return (
        f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nCookie: onehall_session={token}\r\n"
        "Accept-Encoding: gzip\r\n\r\n"
    ).encode()


def weight(path: str, token: str, port: int) -> int:
    """Bytes of a page and of everything that it links to, as they cross the wire with an empty cache."""
    connection = Connection("127.0.0.1", port)
    status, page = connection.ask(get(path, token, port))
    if status != 200:
        raise SystemExit(f"{path}: {status} {page[:300]!r}")
    text = gzip.decompress(page) if page[:2] == b"\x1f\x8b" else page
    waiting = {match.decode() for match in LINKED.findall(text)}
    bodies: dict[str, bytes] = {}
    while waiting - set(bodies):
        one = (waiting - set(bodies)).pop()
        bodies[one] = connection.ask(get(one, token, port))[1]
        script = gzip.decompress(bodies[one]) if bodies[one][:2] == b"\x1f\x8b" else bodies[one]
        waiting |= {urljoin(one, match.decode()) for match in IMPORTED.findall(script)}
    return len(page) + sum(len(body) for body in bodies.values())


def milliseconds(paths: list[str], token: str, port: int) -> list[float]:
    """How long each page takes, one after the other."""
    connection, taken = Connection("127.0.0.1", port), []
    for path in paths:
        begun = time.perf_counter()
        status, page = connection.ask(get(path, token, port))
        taken.append((time.perf_counter() - begun) * 1000)
        if status != 200:
            raise SystemExit(f"{path}: {status} {page[:300]!r}")
    return taken


def measure(url: str, customers: int, rounds: int) -> int:
    """Prints the table; 1 where a target is missed."""
    token = clerk(url)
    from bench import town

    names = town.queries(rounds * 18, customers)["name"]
    pages = {
        "desk": ["/desk/"] * rounds,
        "customer": [f"/desk/customers/{random.choice(known())}" for _ in range(rounds)],
        "search": [f"/desk/search?q={quote(name)}" for name in names[:rounds]],
    }
    missed = 0
    with served.onehall(url) as port:
        for paths in pages.values():
            milliseconds(paths[:5], token, port)
        print(f"{'':12}{'bytes':>10}{'median ms':>12}{'worst ms':>10}   {customers:,} customers, {machine()}")
        for name, paths in pages.items():
            size, taken = weight(paths[0], token, port), milliseconds(paths, token, port)
            median = statistics.median(taken)
            print(f"{name:12}{size:10,}{median:12.1f}{max(taken):10.1f}")
            held = size < PAGE_BYTES and median < SERVER_MS
            missed += not held
            add(Row(f"{name} page, {customers:,} customers", f"{size / 1000:.0f} KB, {median:.0f} ms", "", "",
                    "< 150 KB, < 200 ms", "gate held" if held else "GATE BROKEN"))  # fmt: skip
    return 1 if missed else 0


def main() -> int:
    """Builds what is missing, measures."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--customers", type=int, default=1_000_000)
    arguments.add_argument("--rounds", type=int, default=40)
    wanted = arguments.parse_args()
    with tempfile.TemporaryDirectory(prefix="onehall-bench-") as home, search.database(keep=False) as url:
        os.environ.update(
            DATABASE_URL=url, DJANGO_SETTINGS_MODULE="onehall.config.settings", ONEHALL_KEYS="deterministic",
            ONEHALL_HOME=home, ONEHALL_SECRET=secrets.token_urlsafe(40),
        )  # fmt: skip
        import django

        django.setup()
        from bench import town

        town.build(url, wanted.customers)
        return measure(url, wanted.customers, wanted.rounds)


if __name__ == "__main__":
    sys.exit(main())
