"""One transaction, opened in the journey, required by the rooms."""

import functools
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import ParamSpec, TypeVar

from django.db import connection
from django.db import transaction as django_transaction

P = ParamSpec("P")
R = TypeVar("R")


@contextmanager
def transaction() -> Iterator[None]:
    """The whole procedure or nothing (LED-03). Refuses to be nested: a journey does not call a journey."""
    with django_transaction.atomic(durable=True):
        yield


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
