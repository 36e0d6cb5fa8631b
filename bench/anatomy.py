"""Where a payment's time goes: processor time of Python and of PostgreSQL, statements, and the SQL functions one by one.

    python -m bench.anatomy [payments]

Processor time, unlike elapsed time, hardly depends on what else the machine does. Decides nothing; for whoever optimises.
"""

import io
import os
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg

from bench import served
from bench.payments import requests
from bench.tills import Line, open_hall

FUNCTIONS = "select funcname, calls, self_time * 1000 from pg_stat_user_functions order by self_time desc"


def processor_seconds(pid: int) -> float:
    """User and system time of a process so far."""
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def journeys(line: Line, turns: Iterator[tuple[str, int]]) -> Callable[[], object]:
    """The journey alone."""
    from onehall.foundation.identity.queries import presence
    from onehall.foundation.values.ids import BasketId
    from onehall.foundation.values.money import Money
    from onehall.journeys.take_payment import take_payment

    at, due = datetime.now(UTC), Money.yuan(line.due)
    actors = {till.token: presence(token=till.token, at=at) for till in line.tills}

    def pay() -> object:
        token, basket = next(turns)
        found = actors[token]
        assert found is not None
        return take_payment(
            basket_id=BasketId(basket), due=due, tendered=due, intent=uuid4(), by=found.actor, at=at
        )

    return pay


def posts(line: Line) -> Callable[[], object]:
    """The whole request from bytes to bytes, without a socket."""
    from django.core.wsgi import get_wsgi_application

    application = get_wsgi_application()
    queues = [requests(till, line.due, 80) for till in line.tills]
    turns = (request for round_ in zip(*queues, strict=False) for request in round_)

    def send() -> object:
        head, body = next(turns).split(b"\r\n\r\n", 1)
        first, *headers = head.decode().split("\r\n")
        named = dict(header.split(": ", 1) for header in headers)
        status: list[str] = []
        environ = {
            "REQUEST_METHOD": "POST", "PATH_INFO": first.split(" ")[1], "SERVER_NAME": "127.0.0.1", "SERVER_PORT": "80",
            "HTTP_HOST": named["Host"], "HTTP_COOKIE": named["Cookie"], "CONTENT_TYPE": named["Content-Type"],
            "CONTENT_LENGTH": str(len(body)), "wsgi.input": io.BytesIO(body), "wsgi.errors": sys.stderr,
            "wsgi.url_scheme": "http",
        }  # fmt: skip
        answer = b"".join(application(environ, lambda code, *_: status.append(code)))  # type: ignore[arg-type]
        assert status[0][0] in "23", (status, answer[:300])
        return answer

    return send


def dissect(name: str, work: Callable[[], object], count: int, backend: int) -> None:
    """Prints milliseconds of processor a payment, here and in PostgreSQL, and the number of statements."""
    from django.db import connection

    for _ in range(20):
        work()
    statements: list[str] = []

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        statements.append(" ".join(sql.split())[:100])
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        work()
    here, there, began = time.process_time(), processor_seconds(backend), time.perf_counter()
    for _ in range(count):
        work()
    figures = (time.process_time() - here, processor_seconds(backend) - there, time.perf_counter() - began)
    python, postgres, wall = (1000 * figure / count for figure in figures)
    print(
        f"\n{name}: Python {python:.2f} ms, PostgreSQL {postgres:.2f} ms, elapsed {wall:.1f} ms, {len(statements)} statements"
    )
    print("\n".join(f"    {statement}" for statement in statements))


def main() -> int:
    """Prints the anatomy."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 300
    with served.own_hall() as url:
        line = open_hall(url, baskets=3 * count + 400)
        os.environ["DATABASE_URL"] = url
        _count_functions()
        from django.db import connection

        connection.close()
        backend = _backend(connection)
        dissect("request", posts(line), count, backend)
        turns = (
            (till.token, basket) for till in line.tills for basket in till.baskets[(count + 40) // 16 + 1 :]
        )
        connection.close()
        backend = _backend(connection)
        with psycopg.connect(url, autocommit=True) as other:
            before = {name: (calls, us) for name, calls, us in other.execute(FUNCTIONS).fetchall()}
            dissect("journey", journeys(line, turns), count, backend)
            connection.close()
            time.sleep(1.5)
            print("\nSQL functions in the journey, µs a payment (own time, elapsed):")
            for name, calls, us in other.execute(FUNCTIONS).fetchall():
                earlier = before.get(name, (0, 0.0))
                each, times = (us - earlier[1]) / (count + 21), (calls - earlier[0]) / (count + 21)
                if each > 1:
                    print(f"    {name:40}{times:6.1f} calls{each:9.1f}")
    return 0


def _backend(connection: Any) -> int:
    with connection.cursor() as cursor:
        cursor.execute("select pg_backend_pid()")
        return int(cursor.fetchone()[0])


def _count_functions() -> None:
    from onehall.entrances.console import home
    from onehall.foundation.embedded import Server

    with psycopg.connect(Server(home.path()).superuser_url(), autocommit=True) as superuser:
        superuser.execute("alter system set track_functions = 'all'")
        superuser.execute("select pg_reload_conf()")


if __name__ == "__main__":
    sys.exit(main())
