"""The columns of a table: heading, width, and how a value of the database becomes a cell."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any, Literal

from onehall.foundation.documents.tables import Cell
from onehall.foundation.values.money import Money
from onehall.foundation.values.period import local
from onehall.foundation.values.text import Text

_PLACES = 4  # structural: a unit is 1/10000 yuan
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


def text(zh: str, en: str, key: str, width: int = 14) -> Column:
    """As it is."""
    return Column(Text(zh, en), key, lambda value, lang: value, width)


def money(zh: str, en: str, key: str) -> Column:
    """Fen, shown in yuan."""
    return Column(Text(zh, en), key, lambda value, lang: None if value is None else Money(value), 12)


def units(zh: str, en: str, key: str) -> Column:
    """Units of 1/10000 yuan (telephone charges), shown in yuan to the last of them."""
    return Column(
        Text(zh, en), key, lambda value, lang: None if value is None else Decimal(value).scaleb(-_PLACES), 12
    )


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


def _day(value: datetime | None) -> str:
    return f"{local(value):%Y-%m-%d}" if value else ""
