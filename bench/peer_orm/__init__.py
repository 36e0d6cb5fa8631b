"""The peer of a payment: the same business written the plain Django way, model by model, on the same server software.

It does as much as ours and no more: intent, basket, order, posting, tender, receipt from a book, drawer, term, access,
audit line and outbox event in one transaction, for a signed-in clerk with a CSRF token, answered by a redirect.
"""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import psycopg

from bench import served

SETTINGS = "bench.peer_orm.settings"
CSRF = "b" * 32


def open_hall(url: str, *, tills: int, baskets: int) -> list[list[int]]:
    """The peer's tables with clerks, books and open baskets; basket ids by till."""
    command = [sys.executable, "-m", "django", "migrate", "--run-syncdb", "--verbosity", "0"]
    subprocess.run(command, env=_environment(url), check=True)
    at = datetime.now(UTC)
    with psycopg.connect(url) as connection:
        for statement in (
            "insert into peer_counter select g, 'B' || g from generate_series(1, %(tills)s) g",
            "insert into peer_user select g, 'B' || g, '营业员' || g from generate_series(1, %(tills)s) g",
            "insert into peer_session select g, 'till' || g, g, g, %(at)s, null from generate_series(1, %(tills)s) g",
            "insert into peer_drawer (id, counter_id, clerk_id, opened_at, closed_at) select g, g, g, %(at)s, null"
            " from generate_series(1, %(tills)s) g",
            "insert into peer_book select g, g * 100000, g * 100000 + 99999, g * 100000, g from generate_series(1, %(tills)s) g",
            "insert into peer_customer select g, '客户' || g, '馨苑 1 号楼' || g from generate_series(1, %(baskets)s) g",
            "insert into peer_subscription select g, 'b' || g, g from generate_series(1, %(baskets)s) g",
            "insert into peer_term (starts_at, expires_at, order_id, subscription_id) select %(at)s, %(at)s + interval '1 year', null, g"
            " from generate_series(1, %(baskets)s) g",
            "insert into peer_access select 'b' || g, %(at)s + interval '1 year', 20000 from generate_series(1, %(baskets)s) g",
            "insert into peer_basket select g, 'open', %(at)s, null, g %% %(tills)s + 1, g from generate_series(1, %(baskets)s) g",
            "insert into peer_item select g, 'renewal', 'bb20-year', 88000, 12, g, g from generate_series(1, %(baskets)s) g",
        ):
            connection.execute(statement, {"tills": tills, "baskets": baskets, "at": at})
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("vacuum (analyze)")
    return [list(range(till - 1 or tills, baskets + 1, tills)) for till in range(1, tills + 1)]


def serve(url: str) -> AbstractContextManager[int]:
    """The peer's pages; their port."""
    return served.granian("bench.peer_orm.wsgi:application", **_environment(url))


def requests(line: list[list[int]], port: int) -> list[Iterator[bytes]]:
    """The payments of every till, ready as bytes."""
    return [
        iter([_request(till, basket, port) for basket in baskets]) for till, baskets in enumerate(line, 1)
    ]


def _request(till: int, basket: int, port: int) -> bytes:
    body = f"csrfmiddlewaretoken={CSRF}&intent={uuid4()}&due=880.00&received=900.00".encode()
    return (
        f"POST /baskets/{basket}/payment HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nCookie: session=till{till};"
        f" csrftoken={CSRF}\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n\r\n"
    ).encode() + body


def _environment(url: str) -> dict[str, str]:
    root = str(Path(__file__).parent.parent.parent)
    return {**os.environ, "PEER_DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": SETTINGS, "PYTHONPATH": root}
