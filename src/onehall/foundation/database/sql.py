"""Plain SQL for the places that may hold it: reads, set-based runs, and the rooms' own SQL functions."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from django.db import connection

Row = dict[str, Any]
_JSON = frozenset({114, 3802})  # OIDs of json and jsonb in every PostgreSQL
Params = Mapping[str, Any] | Sequence[Any] | None


def fetch_all(sql: str, params: Params = None) -> list[Row]:
    """Every row as a dict by column name; json columns are decoded."""
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        columns = cursor.description
        if columns is None:
            return []
        names = [column.name for column in columns]
        rows = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
        decoders = {column.name: json.loads for column in columns if column.type_code in _JSON}
        return [_decoded(row, decoders) for row in rows] if decoders else rows


def fetch_in_batches(sql: str, params: Params = None, *, size: int) -> Iterator[list[Row]]:
    """The rows of a long answer, `size` at a time from a cursor of the server: memory stays the same however many there are."""
    with connection.chunked_cursor() as cursor:
        cursor.execute(sql, params)
        while found := cursor.fetchmany(size):
            names = [column.name for column in cursor.description or ()]
            yield [dict(zip(names, row, strict=True)) for row in found]


def _decoded(row: Row, decoders: Mapping[str, Callable[[str], Any]]) -> Row:
    """Django leaves json and jsonb as text on plain cursors; here they arrive as Python values."""
    for name, decode in decoders.items():
        if row[name] is not None:
            row[name] = decode(row[name])
    return row


def fetch_one(sql: str, params: Params = None) -> Row | None:
    """The first row as a dict, or None."""
    rows = fetch_all(sql, params)
    return rows[0] if rows else None


def call_all(function: str, /, **arguments: Any) -> list[Row]:
    """Rows of a SQL function that the calling room defined in its own migration, arguments by name."""
    named = ", ".join(f"{name} => %({name})s" for name in arguments)
    return fetch_all(f"select * from {function}({named})", arguments)  # noqa: S608 - names come from code only


def call(function: str, /, **arguments: Any) -> Row:
    """The one row that a SQL function returns."""
    return call_all(function, **arguments)[0]


def within(hall: str, at: str = "") -> str:
    """For statements whose columns come from code: the caller's `halls`, and the instants `start` to `end` where `at` is named."""
    halls = f"(%(halls)s::bigint[] is null or {hall} = any(%(halls)s))"
    if not at:
        return halls
    start = f"(%(start)s::timestamptz is null or {at} >= %(start)s)"
    return f"{halls} and {start} and (%(end)s::timestamptz is null or {at} < %(end)s)"
