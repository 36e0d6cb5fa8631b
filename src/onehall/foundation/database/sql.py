"""Plain SQL for the places that may hold it: reads, set-based runs, and the rooms' own SQL functions."""

from collections.abc import Iterator
from typing import Any

from django.db import connection

from onehall.foundation.database.asking import Asking, Params, Question, Row, asks, function


@asks
def fetch_all(sql: str, params: Params = None) -> Asking[list[Row]]:
    """Every row as a dict by column name; json columns are decoded. What was put ahead travels with it."""
    return (yield Question(sql, params))


def fetch_in_batches(sql: str, params: Params = None, *, size: int) -> Iterator[list[Row]]:
    """The rows of a long answer, `size` at a time from a cursor of the server: memory stays the same however many there are."""
    with connection.chunked_cursor() as cursor:
        cursor.execute(sql, params)
        while found := cursor.fetchmany(size):
            names = [column.name for column in cursor.description or ()]
            yield [dict(zip(names, row, strict=True)) for row in found]


def fetch_one(sql: str, params: Params = None) -> Row | None:
    """The first row as a dict, or None."""
    rows = fetch_all(sql, params)
    return rows[0] if rows else None


@asks
def call_all(name: str, /, **arguments: Any) -> Asking[list[Row]]:
    """Rows of a SQL function that the calling room defined in its own migration, arguments by name."""
    return (yield function(name, **arguments))


def call(name: str, /, **arguments: Any) -> Row:
    """The one row that a SQL function returns."""
    return call_all(name, **arguments)[0]


def within(hall: str, at: str = "") -> str:
    """For statements whose columns come from code: the caller's `halls`, and the instants `start` to `end` where `at` is named."""
    halls = f"(%(halls)s::bigint[] is null or {hall} = any(%(halls)s))"
    if not at:
        return halls
    start = f"(%(start)s::timestamptz is null or {at} >= %(start)s)"
    return f"{halls} and {start} and (%(end)s::timestamptz is null or {at} < %(end)s)"
