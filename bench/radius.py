"""FreeRADIUS over our functions beside FreeRADIUS's own SQL schema and its `files` module: one machine, in turns.

    python -m bench.radius [--subscribers 100000] [--requests 4000] [--rounds 3] [--payments 300]
                           [--sessions 200000] [--lines 100000] [--open 20000]

Peer: the stock schema and queries of the distribution on the same server, the same threads, connections and settings
(synchronous_commit off for the role), with its simultaneous-use check and its log. Floor: `files`, which asks nobody and writes
nothing. Gate: ours ≥ 1.0 × stock (goal 1.25). Then accounting with nothing lost, the time from a payment to the next accepted
sign-in, and a page of a long list of sessions.
"""

import argparse
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

import psycopg

from bench import radius_lists
from bench.harness import alternate, machine
from bench.radius_stock import FILES, STOCK
from bench.served import another_database, own_hall
from bench.table import Row, add

GATE, GOAL = 1.0, 1.25
PASSWORD, SECRET = "a123456", "between-the-bench-and-radius"
PARALLEL = 64
SCHEMA = Path("/etc/freeradius/3.0/mods-config/sql/main/postgresql/schema.sql")
OURS, PEER, FLOOR = "ours", "stock", "files"


@dataclass(frozen=True)
class Asked:
    """A server under measurement."""

    name: str
    port: int

    def rate(self, requests: Path, count: int, kind: str = "auth") -> float:
        """Requests answered a second; every one must have been."""
        port = self.port + (kind == "acct")
        command = ["radclient", "-q", "-s", "-r", "10", "-t", "3", "-p", str(PARALLEL), "-f", str(requests)]
        began = time.perf_counter()
        done = subprocess.run(
            [*command, f"127.0.0.1:{port}", kind, SECRET], capture_output=True, text=True, check=False
        )
        elapsed = time.perf_counter() - began
        said = {a.strip(): b.strip() for a, _, b in (one.partition(":") for one in done.stdout.splitlines())}
        good = int(said["Accepted"])
        assert good == count, f"{self.name}: {good} of {count} accepted: {done.stdout}{done.stderr[:500]}"
        return count / elapsed


def fill(url: str, count: int) -> None:
    """Subscribers whose term runs, all with the same password; nothing of the business stands behind them."""
    from onehall.contexts.provisioning.rules import nt_hash

    end = datetime.now(UTC) + timedelta(days=30)
    with psycopg.connect(url) as connection:
        connection.execute("set session_replication_role = replica")
        connection.execute(
            "insert into access.broadband (account, subscription_id, nt_hash, pbkdf2, must_change, valid_from, valid_until,"
            " down_kbps, up_kbps, network_profile, state, updated_at)"
            " select 'u' || n, n, %s, 'x', false, now() - interval '1 day', %s, 100000, 20000, 'bb-100m', 'active', now()"
            " from generate_series(1, %s) n",
            [nt_hash(PASSWORD), end, count],
        )
        connection.execute("insert into access.nas (name, kind, address, secret, coa_port, changed_at)"
                           " values ('bench', 'mikrotik', '127.0.0.1', '', 3799, now())")  # fmt: skip
        connection.execute("select access.open_months(current_date, 1)")
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("vacuum analyze access.broadband")


def fill_stock(url: str, role: str, count: int) -> None:
    """The same subscribers as rows of FreeRADIUS's own tables."""
    from onehall.contexts.provisioning.rules import nt_hash

    with psycopg.connect(url) as connection:
        connection.execute(SCHEMA.read_text())
        numbers = f"generate_series(1, {count}) n"
        connection.execute(
            f"insert into radcheck (username, attribute, op, value) select 'u' || n, x.a, ':=', x.v from {numbers},"
            f" (values ('NT-Password', '0x{nt_hash(PASSWORD).hex()}'), ('Simultaneous-Use', '1')) x (a, v)"
        )
        connection.execute(
            f"insert into radreply (username, attribute, op, value) select 'u' || n, x.a, ':=', x.v from {numbers},"
            " (values ('Session-Timeout', '86400'), ('WISPr-Bandwidth-Max-Down', '100000000'),"
            " ('WISPr-Bandwidth-Max-Up', '20000000'), ('Mikrotik-Rate-Limit', '20000k/100000k')) x (a, v)"
        )
        connection.execute("grant all on all tables in schema public to public")
        connection.execute("grant all on all sequences in schema public to public")
        connection.execute(f"alter role {role} set synchronous_commit = off")
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("vacuum analyze")


@contextmanager
def started(
    name: str, url: str, role: str, password: str, folder: Path, threads: int, count: int
) -> Iterator[Asked]:
    """A FreeRADIUS of this name, with our files or with those of a peer in their place."""
    from onehall.adapters.radius.server import FreeRadius
    from onehall.contexts.provisioning.api import (
        ServerClient,
        ServerDatabase,
        ServerPlace,
        ServerPlan,
    )
    from tests.radius import free_ports

    parts = urlsplit(url)
    database = ServerDatabase(parts.hostname or "", parts.port or 5432, parts.path.strip("/"), role, password)
    place = ServerPlace(folder / name, "127.0.0.1", free_ports())
    client = ServerClient(1, "bench", "mikrotik", "127.0.0.1", SECRET)
    plan = ServerPlan((client,), {}, 300, 900, slow_pap=False, zone="Asia/Shanghai")
    server = FreeRadius(threads=threads, reject_delay=0)
    now = datetime.now(UTC)
    server.write(plan, database, place, trust=folder / "trust", at=now)
    written = {OURS: {}, PEER: STOCK, FLOOR: FILES}[name]
    for file, text in written.items():
        connection = f"host={database.host} port={database.port} dbname={database.name} user={role} passfile={place.folder}/pgpass"
        facts = {
            "connection": connection,
            "port": place.port,
            "accounting": place.port + 1,
            "threads": threads,
        }
        for word, fact in facts.items():
            text = text.replace(f"@{word}@", str(fact))
        (place.folder / file).write_text(text)
    if name == FLOOR:
        (place.folder / "users").write_text(users(count))
        subprocess.run(["chown", "--reference", str(place.folder), str(place.folder / "users")], check=True)
    said = server.check(place)
    assert not said, said
    log = folder / f"{name}.log"
    with log.open("wb") as output:
        child = server.start(place, output.fileno())
    try:
        while "Ready to process" not in log.read_text():
            assert child.poll() is None, log.read_text()[-3000:]
            time.sleep(0.1)
        yield Asked(name, place.port)
    finally:
        child.terminate()
        child.wait()


def users(count: int) -> str:
    told = (
        "Session-Timeout := 86400, WISPr-Bandwidth-Max-Down := 100000000, WISPr-Bandwidth-Max-Up := 20000000"
    )
    return "".join(
        f'u{n} Cleartext-Password := "{PASSWORD}"\n\t{told}, Mikrotik-Rate-Limit := "20000k/100000k"\n'
        for n in range(1, count + 1)
    )


def sign_ins(file: Path, count: int, subscribers: int) -> Path:
    """Of subscribers drawn at random, always the same ones."""
    drawn = random.Random(4)
    file.write_text(
        "\n\n".join(
            f'User-Name = "u{drawn.randint(1, subscribers)}"\nUser-Password = "{PASSWORD}"\n'
            f'Calling-Station-Id = "02-00-00-{n >> 16 & 255:02x}-{n >> 8 & 255:02x}-{n & 255:02x}"'
            for n in range(count)
        )
    )
    return file


def accounting(url: str, asked: Asked, folder: Path, sessions: int) -> tuple[float, int]:
    """Start, four interims and a stop of many sessions; updates a second, and how many sessions are not as they were told."""
    lines, rates = [], []
    for step, status in enumerate(("Start", *["Interim-Update"] * 4, "Stop")):
        file = folder / f"acct{step}"
        file.write_text(
            "\n\n".join(
                f'User-Name = "u{n}"\nAcct-Status-Type = {status}\nAcct-Session-Id = "b{n}"\nAcct-Session-Time = {step * 300}\n'
                f'Calling-Station-Id = "c{n}"\nAcct-Input-Octets = {step * 1000}\nAcct-Output-Octets = {step * 7}\n'
                f"Acct-Output-Gigawords = {step}"
                for n in range(1, sessions + 1)
            )
        )
        lines.append(file)
    for file in lines:
        rates.append(asked.rate(file, sessions, "acct"))
    with psycopg.connect(url) as connection:
        row = connection.execute(
            "select count(*) from access.session_ended e join access.usage_day u using (account)"
            " where e.session_id like 'b%' and e.seconds = 1500 and e.up_octets = 5000 and u.up_octets = 5000"
            " and e.down_octets = 35 + (5::bigint << 32) and u.down_octets = e.down_octets"
        ).fetchone()
    assert row is not None
    return statistics.median(rates), sessions - int(row[0])


def payments(url: str, asked: Asked, count: int) -> list[float]:
    """Milliseconds from the commit that renews an expired account to its Access-Accept, sorted."""
    from pyrad.client import Client
    from pyrad.dictionary import Dictionary
    from pyrad.packet import AccessAccept, AccessRequest

    words = Path(__file__).with_name("radius.dictionary")
    client = Client(
        server="127.0.0.1", authport=asked.port, secret=SECRET.encode(), dict=Dictionary(str(words))
    )
    client.timeout, spans = 5, []
    with psycopg.connect(url, autocommit=True) as connection:
        for number in range(1, count + 1):
            name = f"u{number}"
            connection.execute("update access.broadband set valid_until = now() where account = %s", [name])
            begun = time.perf_counter()
            connection.execute(
                "select * from provisioning_grant(jsonb_build_array(jsonb_build_object('account', %s::text, 'subscription',"
                " %s::bigint, 'valid_from', now(), 'valid_until', now() + interval '30 days', 'down_kbps', 100000, 'up_kbps',"
                " 20000, 'network_profile', 'bb-100m')), now())",
                [name, number],
            )
            request = client.CreateAuthPacket(code=AccessRequest, User_Name=name)
            request["User-Password"] = request.PwCrypt(PASSWORD)
            answer = client.SendPacket(request)
            spans.append((time.perf_counter() - begun) * 1000)
            assert answer.code == AccessAccept, f"{name} was refused after payment"
    return sorted(spans)


def p99(spans: list[float]) -> float:
    return spans[min(len(spans) - 1, int(len(spans) * 0.99))]


def measure(arguments: argparse.Namespace, url: str, folder: Path) -> int:
    from django.db import connection, transaction

    from onehall.contexts.provisioning.api import admit_server

    role, password = f"radius_bench_{os.getpid()}", "bench"
    superuser = os.environ["ONEHALL_BENCH_SUPERUSER"]
    ours = superuser.rpartition("/")[0] + "/" + urlsplit(url).path.strip("/")
    with transaction.atomic():
        admit_server(role=role, password=password)
    fill(ours, arguments.subscribers)
    stock = superuser.rpartition("/")[0] + "/" + urlsplit(another_database(url, "stock")).path.strip("/")
    fill_stock(stock, role, arguments.subscribers)
    connection.close()
    requests = sign_ins(folder / "requests", arguments.requests, arguments.subscribers)
    with ExitStack() as stack:
        run = {
            name: stack.enter_context(
                started(name, where, role, password, folder, arguments.threads, arguments.subscribers)
            )
            for name, where in ((OURS, ours), (PEER, stock), (FLOOR, stock))
        }
        for one in run.values():
            one.rate(requests, arguments.requests)  # warm
        turns = {name: partial(one.rate, requests, arguments.requests) for name, one in run.items()}
        figures = alternate(turns, rounds=arguments.rounds)
        ratio, floor = figures.ratio(OURS, PEER), figures.ratio(OURS, FLOOR)
        verdict = "goal held" if ratio >= GOAL else "gate held" if ratio >= GATE else "GATE BROKEN"
        print(f"sign-ins/s  ours {figures.median(OURS):.0f}  stock {figures.median(PEER):.0f}  files {figures.median(FLOOR):.0f}"
              f"  ours÷stock {ratio:.2f} ({verdict})  ours÷files {floor:.2f}  of {arguments.subscribers} subscribers")  # fmt: skip
        add(Row("RADIUS sign-ins/s", f"{figures.median(OURS):.0f}", f"{1 / ratio:.2f} × (stock SQL)", f"{1 / floor:.2f} × (files)",
                f"≥ {GATE} (goal {GOAL})", verdict))  # fmt: skip
        rate, lost = accounting(ours, run[OURS], folder, arguments.accounting)
        print(f"accounting  {rate:.0f} updates/s, {lost} of {arguments.accounting} sessions not as told")
        add(
            Row(
                "RADIUS accounting/s",
                f"{rate:.0f}",
                "",
                "",
                "none lost",
                "gate held" if not lost else "GATE BROKEN",
            )
        )
        spans = payments(ours, run[OURS], arguments.payments)
        print(f"payment to accepted  median {statistics.median(spans):.1f} ms  p99 {p99(spans):.1f} ms")
        add(Row("payment to accepted, p99", f"{p99(spans):.1f} ms", "", "", "< 5 s", "gate held"))
    if arguments.sessions:
        radius_lists.report(ours, sessions=arguments.sessions, lines=arguments.lines, opened=arguments.open)
    return 0 if ratio >= GATE and not lost else 1


def main() -> int:
    parser = argparse.ArgumentParser()
    for name, default in (
        ("subscribers", 100_000), ("requests", 4000), ("rounds", 3), ("accounting", 1500), ("payments", 300),
        ("sessions", 200_000), ("lines", 100_000), ("open", 20_000), ("threads", 8),
    ):  # fmt: skip
        parser.add_argument(f"--{name}", type=int, default=default)
    arguments = parser.parse_args()
    if not SCHEMA.exists() or not os.access(SCHEMA, os.R_OK):
        print("skipped: needs freeradius and freeradius-postgresql, and the right to read /etc/freeradius")
        return 0
    wanted = {"sessions": arguments.sessions, "lines": arguments.lines, "open": arguments.open}
    radius_lists.enough_disk(wanted, tempfile.gettempdir())
    print(machine())
    with own_hall() as url, tempfile.TemporaryDirectory(prefix="onehall-bench-radius-") as folder:
        from onehall.foundation.embedded import Server

        Path(folder).chmod(0o711)
        os.environ["ONEHALL_BENCH_SUPERUSER"] = Server(Path(os.environ["ONEHALL_HOME"])).superuser_url()
        return measure(arguments, url, Path(folder))


if __name__ == "__main__":
    sys.exit(main())
