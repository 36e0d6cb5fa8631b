"""Several hands at the same instant, a connection that dies, and what must hold after every bad day."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Barrier, Event, Thread
from typing import Any

import psycopg
from django.db import connection
from psycopg import sql

from onehall.foundation.audit import verify
from onehall.foundation.audit.chain import seal
from onehall.foundation.database import transaction
from onehall.foundation.refusals import Refusal
from onehall.foundation.scopes import Scope
from onehall.readings.verification import verify_money

MOST_LINES = 10_000


def at_once(*actions: Callable[[], Any]) -> list[Any]:
    """Each action in a thread and on a connection of its own, let go together: what it returned, or its refusal.

    Anything but a `Refusal` fails the test: on a bad day people are refused in words, they meet no error page.
    """
    results: list[Any] = [None] * len(actions)
    errors: list[BaseException] = []
    start = Barrier(len(actions))

    def run(place: int) -> None:
        try:
            connection.ensure_connection()
            start.wait(timeout=30)
            results[place] = actions[place]()
        except Refusal as refusal:
            results[place] = refusal
        except BaseException as error:
            errors.append(error)
        finally:
            connection.close()

    hands = [Thread(target=run, args=(place,)) for place in range(len(actions))]
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join(timeout=60)
    if errors:
        raise errors[0]
    return results


@contextmanager
def killed_after(statements: int) -> Iterator[None]:
    """The server ends this connection after so many statements, before any commit."""
    done = 0

    def count(execute: Callable[..., Any], *given: Any) -> Any:
        nonlocal done
        answer = execute(*given)
        done += 1
        if done == statements:
            end_connection()
        return answer

    with connection.execute_wrapper(count):
        yield


@contextmanager
def held_until_two_wait(table: str, row: int) -> Iterator[None]:
    """Somebody else holds the row until two others wait for a lock: both have read before either writes."""
    waiting = "select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'"

    def let_go(other: psycopg.Connection[Any], turns: int = 3000) -> None:
        pause = Event()
        with (
            other,
            psycopg.connect(**_where(), autocommit=True) as watch,
        ):  # who waits is told anew to each transaction
            for _ in range(turns):
                if watch.execute(waiting).fetchone()[0] >= 2:  # type: ignore[index]
                    return
                pause.wait(0.01)

    other = psycopg.connect(**_where())
    other.execute(sql.SQL("select 1 from {} where id = %s for update").format(sql.Identifier(table)), [row])
    hand = Thread(target=let_go, args=(other,))
    hand.start()
    try:
        yield
    finally:
        hand.join(timeout=60)


def _where() -> dict[str, Any]:
    facts = connection.get_connection_params()
    return {name: facts[name] for name in ("dbname", "user", "password", "host", "port") if facts.get(name)}


def end_connection() -> None:
    """As an administrator or a crash would; the next word to the server finds nobody on the other side."""
    pid = connection.connection.info.backend_pid
    with psycopg.connect(**_where(), autocommit=True) as other:
        other.execute("select pg_terminate_backend(%s, 5000)", [pid])


def sound() -> None:
    """Money, books and papers agree, and the audit trail holds once it is sealed (LED-02, SEC-09)."""
    assert verify_money(scope=Scope.operator()).findings == ()
    with transaction():
        seal(limit=MOST_LINES)
    verdict = verify()
    assert verdict.sound and verdict.unsealed == 0, verdict.why
