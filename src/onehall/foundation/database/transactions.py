"""One transaction, opened in the journey, required by the rooms."""

import functools
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar, cast

from django.db import DatabaseError, connection
from django.db import transaction as django_transaction

from onehall.foundation.database.asking import Asks, answer_all, forget
from onehall.foundation.database.exchange import Unanswered, exchange

V = TypeVar("V", bound=Callable[..., Any])


_last_words: ContextVar[list[tuple[str, Mapping[str, Any]]] | None] = ContextVar("last_words", default=None)


@contextmanager
def transaction() -> Iterator[None]:
    """The whole procedure or nothing (LED-03). Refuses to be nested: a journey does not call a journey.

    What was said `at_the_end` travels with the commit, in one go.
    """
    outermost = not connection.in_atomic_block
    with django_transaction.atomic(durable=True):
        forget()
        words: list[tuple[str, Mapping[str, Any]]] = []
        token = _last_words.set(words)
        try:
            yield
            answer_all()
        finally:
            forget()
            _last_words.reset(token)
        _write(words, commit=outermost)


def at_the_end(sql: str, parameters: Mapping[str, Any]) -> None:
    """A write that nothing in the procedure reads again (a line of the trail, an announcement): saved for the end.

    Outside a procedure, in a room's own test, it is written at once.
    """
    words = _last_words.get()
    if words is None:
        _write([(sql, parameters)])
    else:
        words.append((sql, parameters))


def _write(words: Sequence[tuple[str, Mapping[str, Any]]], *, commit: bool = False) -> None:
    """One round trip for all of them, however many, and for the commit, which Django then finds done."""
    if not words:
        return
    try:
        exchange(words, commit=commit)
    except Unanswered as unanswered:
        error = cast(DatabaseError, unanswered.__cause__)
        raise error from error.__cause__


def in_transaction(verb: V) -> V:
    """Marks a room's verb: it writes inside the caller's transaction and never opens its own."""

    written = verb.verb if isinstance(verb, Asks) else verb

    @functools.wraps(written)
    def inside(*args: Any, **kwargs: Any) -> Any:
        if not connection.in_atomic_block:
            raise RuntimeError(
                f"{written.__module__}.{written.__qualname__} was called outside a journey's transaction"
            )
        return written(*args, **kwargs)

    return cast(V, Asks(inside) if isinstance(verb, Asks) else inside)
