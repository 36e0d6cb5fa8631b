"""What a list declares: its columns, how each is read, and the statement behind it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from onehall.foundation.documents.tables import Cell
from onehall.foundation.values.money import Money
from onehall.foundation.values.period import local
from onehall.foundation.values.text import Text

Show = Callable[[Any, str], Cell]
"""From what the database says to what the cell holds, in a language."""


@dataclass(frozen=True, slots=True)
class Column:
    """A heading in the sheet's words and the name in the answer that fills it.

    `personal` columns are filled from the customer of the row (`party_id`): masked, in clear only where that was allowed.
    """

    heading: Text
    key: str
    show: Show
    width: int
    personal: Literal["", "document", "phone"] = ""


@dataclass(frozen=True, slots=True)
class Listed:
    """A list: who may export it (beside `export.run`), its columns, its statement, and what a period bounds, None if nothing.

    The statement takes `halls` and `compounds` (arrays, null for every one), `start` and `end` (instants or null).
    """

    code: str
    name: Text
    permission: str
    columns: tuple[Column, ...]
    sql: str
    period: Text | None = None

    @property
    def personal(self) -> bool:
        """Whether it holds numbers of customers."""
        return any(column.personal for column in self.columns)


def text(zh: str, en: str, key: str, width: int = 14) -> Column:
    """As it is."""
    return Column(Text(zh, en), key, lambda value, lang: value, width)


def money(zh: str, en: str, key: str) -> Column:
    """Fen, shown in yuan."""
    return Column(Text(zh, en), key, lambda value, lang: None if value is None else Money(value), 12)


def day(zh: str, en: str, key: str) -> Column:
    """The local day of an instant, as the halls' sheets have it: 2026-06-09."""
    return Column(Text(zh, en), key, lambda value, lang: _day(value), 12)


def moment(zh: str, en: str, key: str) -> Column:
    """Day and minute."""
    return Column(Text(zh, en), key, lambda value, lang: value, 17)


def named(zh: str, en: str, key: str, width: int = 18) -> Column:
    """A name that the database has in both languages, as `key_zh` and `key_en` put together by the reader."""
    return Column(Text(zh, en), key, lambda value, lang: value.in_(lang) if value else "", width)


def worded(zh: str, en: str, key: str, words: Mapping[Any, Text]) -> Column:
    """A code in words; one without a word is shown as it is."""

    def show(value: Any, lang: str) -> Cell:
        found = words.get(value)
        return found.in_(lang) if found else value

    return Column(Text(zh, en), key, show, 14)


def personal(zh: str, en: str, kind: Literal["document", "phone"]) -> Column:
    """A number of the row's customer."""
    return Column(Text(zh, en), kind, lambda value, lang: value, 22, kind)


def within(hall: str, at: str = "") -> str:
    """The caller's halls, and the period where the list has one; put into the statements of this folder only."""
    halls = f"(%(halls)s::bigint[] is null or {hall} = any(%(halls)s))"
    if not at:
        return halls
    start = f"(%(start)s::timestamptz is null or {at} >= %(start)s)"
    return f"{halls} and {start} and (%(end)s::timestamptz is null or {at} < %(end)s)"


def _day(value: datetime | None) -> str:
    return f"{local(value):%Y-%m-%d}" if value else ""
