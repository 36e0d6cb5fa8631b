"""One transaction, opened in the journey, required by the rooms."""

import functools
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, ParamSpec, TypeVar

from django.db import connection
from django.db import transaction as django_transaction

P = ParamSpec("P")
R = TypeVar("R")


_last_words: ContextVar[list[tuple[str, Mapping[str, Any]]] | None] = ContextVar("last_words", default=None)


@contextmanager
def transaction() -> Iterator[None]:
    """The whole procedure or nothing (LED-03). Refuses to be nested: a journey does not call a journey.

    What was said `at_the_end` is written before the commit, in one go.
    """
    with django_transaction.atomic(durable=True):
        words: list[tuple[str, Mapping[str, Any]]] = []
        token = _last_words.set(words)
        try:
            yield
        finally:
            _last_words.reset(token)
        _write(words)


def at_the_end(sql: str, parameters: Mapping[str, Any]) -> None:
    """A write that nothing in the procedure reads again (a line of the trail, an announcement): saved for the end.

    Outside a procedure, in a room's own test, it is written at once.
    """
    words = _last_words.get()
    if words is None:
        _write([(sql, parameters)])
    else:
        words.append((sql, parameters))


def _write(words: Sequence[tuple[str, Mapping[str, Any]]]) -> None:
    """One round trip for all of them, however many."""
    if not words:
        return
    with connection.cursor() as cursor, connection.wrap_database_errors, connection.connection.pipeline():
        for sql, parameters in words:
            cursor.execute(sql, parameters)


def in_transaction(verb: Callable[P, R]) -> Callable[P, R]:
    """Marks a room's verb: it writes inside the caller's transaction and never opens its own."""

    @functools.wraps(verb)
    def inside(*args: P.args, **kwargs: P.kwargs) -> R:
        if not connection.in_atomic_block:
            raise RuntimeError(
                f"{verb.__module__}.{verb.__qualname__} was called outside a journey's transaction"
            )
        return verb(*args, **kwargs)

    return inside
