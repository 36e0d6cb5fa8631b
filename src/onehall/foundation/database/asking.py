"""Questions to the database that travel together: one round trip for all that need not wait for each other.

A verb or read that `@asks` is a generator: it yields its `Question` and goes on with the rows. Called as any function it
answers at once. `ahead(verb, …)` only puts its question; the question leaves with the next one that somebody waits for, in
the order in which they were put. An error reaches the verb that asked, as if it had asked alone.
"""

import functools
import threading
from collections.abc import Callable, Generator
from dataclasses import dataclass
from typing import Any, Generic, ParamSpec, TypeVar, cast

from django.db import DatabaseError, connection

from onehall.foundation.database.exchange import Params, Row, Unanswered, exchange

P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Question:
    """A statement with its parameters."""

    sql: str
    params: Params = None


Asking = Generator[Question, list[Row], T]
"""What a verb that asks is: it yields questions, gets rows and returns a `T`."""


def function(name: str, /, **arguments: Any) -> Question:
    """Rows of a SQL function that the calling room defined in its own migration, arguments by name."""
    named = ", ".join(f"{argument} => %({argument})s" for argument in arguments)
    return Question(f"select * from {name}({named})", arguments)  # noqa: S608 - names come from code only


class Asked(Generic[T]):
    """A verb under way. Whoever put it ahead reads its `answer`, or says that it no longer matters."""

    def __init__(self, asking: Asking[T]) -> None:
        self._asking = asking
        self.question: Question | None = None
        self._rows: list[Row] = []
        self._failed: Exception | None = None
        self._result: T
        self.read = False
        self._go_on(lambda: next(asking))

    def answer(self) -> T:
        """What the verb returns; raises what it raises. Sends everything that was put so far."""
        self.read = True
        while self.question is not None:
            if self in _desk.waiting:
                send()
            self._take()
        if self._failed is not None:
            raise self._failed
        return self._result

    def disregard(self) -> None:
        """The procedure took another turn: nothing depends on this answer, a refusal in it included."""
        self.read = True

    def hear(self, rows: list[Row]) -> None:
        """The rows have come; the verb goes on when it is asked for its answer."""
        self._rows = rows

    def fail(self, error: Exception) -> None:
        """The database refused: the verb may put that in words."""
        self.question = None
        try:
            self._asking.throw(error)
        except Exception as worded:
            self._failed = worded
        raise self._failed or error

    def _take(self) -> None:
        rows = self._rows
        self._go_on(lambda: self._asking.send(rows))

    def _go_on(self, step: Callable[[], Question]) -> None:
        self.question = None
        try:
            self.question = step()
        except StopIteration as end:
            self._result = end.value
            return
        _desk.waiting.append(self)


class _Desk(threading.local):
    """What this thread has put: questions not sent yet, and answers that somebody still has to read."""

    def __init__(self) -> None:
        self.waiting: list[Asked[Any]] = []
        self.owed: list[Asked[Any]] = []


_desk = _Desk()


class Asks(Generic[P, T]):
    """A verb that can be put ahead."""

    def __init__(self, verb: Callable[P, Asking[T]]) -> None:
        functools.update_wrapper(self, verb)
        self.verb = verb

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> T:
        return Asked(self.verb(*args, **kwargs)).answer()


def asks(verb: Callable[P, Asking[T]]) -> Asks[P, T]:
    """Marks a generator as a verb that answers at once, or later when it is put `ahead`."""
    return Asks(verb)


def ahead(verb: Asks[P, T], *args: P.args, **kwargs: P.kwargs) -> Asked[T]:
    """Puts the verb's question; it travels with the next one that is waited for. Outside a procedure it goes at once."""
    asked = Asked(verb.verb(*args, **kwargs))
    if connection.in_atomic_block:
        _desk.owed.append(asked)
    else:
        send()
    return asked


def send() -> None:
    """Sends what was put, in that order, and hears every answer. The first that fails is the one that raises."""
    batch = [(asked, asked.question) for asked in _desk.waiting if asked.question]
    _desk.waiting = []
    if not batch:
        return
    try:
        answers = exchange([(question.sql, question.params) for _, question in batch])
    except Unanswered as unanswered:
        batch[unanswered.number][0].fail(cast(DatabaseError, unanswered.__cause__))
    else:
        for (asked, _), rows in zip(batch, answers, strict=True):
            asked.hear(rows)


def answer_all() -> None:
    """Before a procedure commits: no answer that was put ahead goes unread, a refusal in it must be heard."""
    while _desk.owed:
        asked = _desk.owed.pop(0)
        if not asked.read:
            asked.answer()


def forget() -> None:
    """What was put and never sent stays unsaid: its procedure is over."""
    _desk.waiting.clear()
    _desk.owed.clear()
