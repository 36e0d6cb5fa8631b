"""COPY whose end is not waited for: the server takes the rows in while Python makes the next ones ready."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from typing import Any

from django.db import DatabaseError, connection
from psycopg import errors, generators, pq
from psycopg.abc import PQGen
from psycopg.copy import LibpqWriter

_here: ContextVar["Meanwhile | None"] = ContextVar("meanwhile", default=None)


class Meanwhile:
    """The one COPY of a connection whose answer is still to come."""

    def __init__(self) -> None:
        self.driver, self.under_way = connection.connection, False

    def settle(self) -> None:
        """Waits for the answer. Raises IntegrityError where a row is refused."""
        if not self.under_way:
            return
        self.under_way = False
        with connection.wrap_database_errors:
            for answer in self.driver.wait(generators.fetch_many(self.driver.pgconn)):
                if answer.status == pq.ExecStatus.FATAL_ERROR:
                    raise errors.error_from_result(answer)

    def give_up(self) -> None:
        """Waits, whatever the answer: what went wrong is known, and the connection is free for the way back."""
        with suppress(DatabaseError):
            self.settle()


class Unhurried(LibpqWriter):
    """Sends the end of the rows and does not stay for the answer."""

    def __init__(self, cursor: Any, meanwhile: Meanwhile) -> None:
        super().__init__(cursor)
        self.meanwhile = meanwhile

    def finish(self, exc: BaseException | None = None) -> None:
        """The answer comes to whoever settles; an error of Python's own is told to the server at once."""
        if exc is not None:
            super().finish(exc)
            return
        self.connection.wait(_end(self.connection.pgconn))
        self.meanwhile.under_way = True


def _end(server: pq.abc.PGconn) -> PQGen[None]:
    server.put_copy_end()
    yield from generators.send(server)


@contextmanager
def copied_meanwhile() -> Iterator[None]:
    """Inside, `copy_in` comes back before the server has taken the rows; the next statement waits for it, so that nothing
    changes its order and an error is raised there, at the latest on leaving. References are checked as rows come: at the end of a
    long write all at once would have to be waited for. Inside a transaction."""
    meanwhile = Meanwhile()

    def first(execute: Callable[..., Any], *given: Any) -> Any:
        meanwhile.settle()
        return execute(*given)

    with connection.cursor() as cursor:
        cursor.execute("set constraints all immediate")
    token = _here.set(meanwhile)
    try:
        with connection.execute_wrapper(first):
            yield
    except BaseException:
        meanwhile.give_up()
        raise
    finally:
        _here.reset(token)
    meanwhile.settle()
    with connection.cursor() as cursor:
        cursor.execute("set constraints all deferred")


def meanwhile_here() -> Meanwhile | None:
    """Where the ends of copies are waited for, inside `copied_meanwhile`."""
    return _here.get()
