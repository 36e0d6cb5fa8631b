"""One exchange with the server: all statements leave together, their answers come back together (libpq's pipeline mode).

It stands below the driver's cursors, which cost more processor than the statements themselves where a procedure asks fifteen
short questions (decision 0032). What it keeps of them: the driver's own adapters, parameters bound by the server, statements
prepared once a connection, Django's transactions, wrappers and errors.
"""

import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from functools import lru_cache, partial
from typing import Any
from weakref import WeakKeyDictionary

import psycopg
from django.db import DEFAULT_DB_ALIAS, DatabaseError, connections
from psycopg import errors, generators, pq
from psycopg.abc import PQGen
from psycopg.adapt import Loader, PyFormat, Transformer

Params = Mapping[str, Any] | Sequence[Any] | None
Row = dict[str, Any]
Statement = tuple[str, Params]
Sending = Callable[[], None]
Key = tuple[bytes, tuple[int, ...]]
"""A statement as the server knows it: its text, and the types of its parameters."""
_MOST_PREPARED = 400  # structural: the code has fewer statements; beyond it one is sent as it is
_PLACE = re.compile(r"%(?:\((\w+)\)s|s|%)")
_FAILED = (pq.ExecStatus.FATAL_ERROR, pq.ExecStatus.PIPELINE_ABORTED)


class Unanswered(Exception):
    """Statement `number` of an exchange (from 0) failed, and those after it were not tried; the cause says why."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number


class _JsonLoader(Loader):
    def load(self, data: Any) -> Any:
        return json.loads(bytes(data))


class _InstantLoader(Loader):
    """An instant in UTC, which is what every connection of ours speaks."""

    def load(self, data: Any) -> datetime:
        return datetime.fromisoformat(bytes(data).decode())


def _bound(value: Any) -> Any:
    """A list of plain numbers or texts as the server spells it: the driver takes longer over one than over the statement."""
    if type(value) is not list or not value:
        return value
    kinds = set(map(type, value))
    if kinds == {int}:
        return "{" + ",".join(map(str, value)) + "}"
    if kinds == {str}:
        return "{" + ",".join(map(_quoted, value)) + "}"
    return value


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


class _Line:
    """What is kept with a connection of the driver: its converters, and the statements that the server knows by name."""

    def __init__(self, raw: psycopg.Connection[Any]) -> None:
        cursor = raw.cursor()
        for name in ("json", "jsonb"):
            cursor.adapters.register_loader(name, _JsonLoader)
        cursor.adapters.register_loader("timestamptz", _InstantLoader)
        self.server, self.converter = raw.pgconn, Transformer(cursor)
        # After each rollback the driver would make the server forget every prepared statement, ours included. A table that is
        # made anew while it is used is not among our cases: upgrades start new processes.
        raw._prepared.clear = lambda: False  # type: ignore[method-assign]
        self.named: dict[Key, bytes] = {}
        self.count = 0

    def ready(self, sql: str, params: Params) -> tuple[list[Sending], Key | None]:
        """What sends the statement; and what it is, where the server has to learn it first and answers that too."""
        statement, order = _numbered(sql, params is not None)
        values = [_bound(params[place]) for place in order] if params else []  # type: ignore[index]
        data = self.converter.dump_sequence(values, [PyFormat.AUTO] * len(values))
        types, formats = self.converter.types or (), self.converter.formats
        key = (statement, types)
        name, learned = self.named.get(key), False
        if name is None and len(self.named) < _MOST_PREPARED:
            self.count, learned = self.count + 1, True
            name = self.named[key] = b"onehall_%d" % self.count
        if name is None:
            return [partial(self.server.send_query_params, statement, data, types, formats)], None
        sending = partial(self.server.send_query_prepared, name, data, formats)
        if not learned:
            return [sending], None
        return [partial(self.server.send_prepare, name, statement, types), sending], key

    def rows(self, result: pq.abc.PGresult) -> list[Row]:
        """The rows of an answer as dicts."""
        if not result.ntuples:
            return []
        names = [_column(result.fname(column) or b"") for column in range(result.nfields)]
        self.converter.set_pgresult(result)
        return self.converter.load_rows(0, result.ntuples, lambda row: dict(zip(names, row, strict=True)))


@lru_cache(maxsize=2048)  # structural: the code asks for fewer columns
def _column(name: bytes) -> str:
    return name.decode()


_lines: WeakKeyDictionary[psycopg.Connection[Any], _Line] = WeakKeyDictionary()


def exchange(statements: Sequence[Statement], *, commit: bool = False) -> list[list[Row]]:
    """The rows of each statement as dicts by column name, json decoded; with `commit` the transaction ends in the same go.

    Raises Unanswered for the first that fails; its cause is the database's error as Django names it. A lost connection is an
    OperationalError, a promise that the commit finds broken an IntegrityError.
    """
    here = connections[DEFAULT_DB_ALIAS]
    here.ensure_connection()
    here.validate_thread_sharing()
    here.validate_no_broken_transaction()
    raw = here.connection
    line = _lines.get(raw)
    if line is None:
        line = _lines[raw] = _Line(raw)
    talk = _Talk(line)
    try:
        with here.wrap_database_errors:
            return talk.over(here, statements, commit=commit)
    except DatabaseError as error:
        if talk.failed is None:
            raise
        raise Unanswered(talk.failed) from error


class _Talk:
    """One exchange. `expected` has, for each answer to come, which statement it belongs to and what it taught the server."""

    def __init__(self, line: _Line) -> None:
        self.line = line
        self.sendings: list[Sending] = []
        self.expected: list[tuple[int | None, Key | None]] = []
        self.failed: int | None = None

    def over(self, here: Any, statements: Sequence[Statement], *, commit: bool) -> list[list[Row]]:
        raw, server = here.connection, self.line.server
        if not raw.autocommit and server.transaction_status == pq.TransactionStatus.IDLE:
            self._say(b"BEGIN")
        try:
            for number, (sql, params) in enumerate(statements):
                self._put(here, number, sql, params)
        except BaseException:
            self._unlearn(learned for _, learned in self.expected)
            raise
        if commit:
            self._say(b"COMMIT")
        try:
            server.enter_pipeline_mode()
            for send in self.sendings:
                send()
            server.pipeline_sync()
            answers = raw.wait(_answers(server, len(self.expected)))
            server.exit_pipeline_mode()
        except BaseException:
            here.close()  # nobody knows what it still has to say
            raise
        return self._understood(answers, len(statements))

    def _say(self, command: bytes) -> None:
        self.sendings.append(partial(self.line.server.send_query_params, command, None))
        self.expected.append((None, None))

    def _put(self, here: Any, number: int, sql: str, params: Params) -> None:
        def put(sql: str, params: Params, many: bool, context: Any) -> None:
            sendings, learned = self.line.ready(sql, params)
            self.sendings += sendings
            if learned:
                self.expected.append((number, learned))
            self.expected.append((number, None))

        if here.queries_logged:
            here.queries_log.append({"sql": sql, "time": "0"})
        if not here.execute_wrappers:
            put(sql, params, False, None)
            return
        for wrapper in here.execute_wrappers:
            put = partial(wrapper, put)
        put(sql, params, False, {"connection": here, "cursor": None})

    def _unlearn(self, keys: Iterable[Key | None]) -> None:
        for key in keys:
            if key:
                del self.line.named[key]

    def _understood(self, answers: list[pq.abc.PGresult], statements: int) -> list[list[Row]]:
        rows: list[list[Row]] = [[] for _ in range(statements)]
        error: pq.abc.PGresult | None = None
        for result, (number, learned) in zip(answers, self.expected, strict=True):
            if result.status in _FAILED:
                self._unlearn([learned])
                if error is None:
                    error, self.failed = result, number
            elif number is not None and not learned:
                rows[number] = self.line.rows(result)
        if error is not None:
            raise errors.error_from_result(error)
        return rows


def _answers(server: pq.abc.PGconn, count: int) -> PQGen[list[pq.abc.PGresult]]:
    yield from generators.send(server)
    answers = []
    for _ in range(count):
        answers += yield from generators.fetch_many(server)
    yield from generators.fetch_many(server)
    return answers


@lru_cache(maxsize=1024)
def _numbered(sql: str, has_params: bool) -> tuple[bytes, tuple[str | int, ...]]:
    """The statement as the server reads it ($1, $2 …), and which parameter stands where."""
    if not has_params:
        return sql.encode(), ()
    order: list[str | int] = []

    def place(found: re.Match[str]) -> str:
        if found[0] == "%%":
            return "%"
        wanted = found[1] or len(order)
        if wanted not in order:
            order.append(wanted)
        return f"${order.index(wanted) + 1}"

    return _PLACE.sub(place, sql).encode(), tuple(order)
