"""Plain SQL for the places that may hold it: reads, set-based runs, and the rooms' own SQL functions."""

from typing import Any

from onehall.foundation.database.asking import Asking, Params, Question, Row, asks, function


@asks
def fetch_all(sql: str, params: Params = None) -> Asking[list[Row]]:
    """Every row as a dict by column name; json columns are decoded. What was put ahead travels with it."""
    return (yield Question(sql, params))


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
