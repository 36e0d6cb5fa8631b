"""What a format declares: its columns, how each is read, and the checks in their order."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from onehall.contexts.registers.rules.cells import Reader
from onehall.contexts.registers.rules.verdicts import Place
from onehall.foundation.values.text import Text

_REMEMBERED = 4096  # structural: days of eleven years, or as many different amounts


def often(read: Reader) -> Reader:
    """The reader of a column whose cells say the same a thousand times over: what it said last is remembered.

    Nothing personal stands in such a column, since what is remembered outlives the sheet.
    """
    return lru_cache(maxsize=_REMEMBERED, typed=True)(read)


@dataclass(frozen=True, slots=True)
class Column:
    """A column by its heading. `place` names the column that holds the compound, where this one holds an address."""

    heading: str
    read: Reader
    needed: bool = True
    upper_end: bool = False
    secret: bool = False
    place: str | None = None


@dataclass(frozen=True, slots=True)
class Product:
    """What the catalogue knows of a product by its name."""

    code: str
    months: int
    list_fen: Callable[[Any], int | None]


@dataclass(frozen=True, slots=True)
class World:
    """What the operator knows, handed in: compounds by name, products by name, and the other rooms' rules.

    `plans` are the telephone plans that calls can be charged by; None where nobody asks.
    `alarm`: from how many fen to how many a line may warn of its balance.
    """

    compounds: Mapping[str, str]
    products: Mapping[str, Product]
    points: int
    identity: Callable[[str], Text | None]
    phone: Callable[[str], bool]
    address: Callable[[str, str], Place | None]
    account: Callable[[Place], str | None]
    line: Callable[[str], bool]
    term_end: Callable[[Any, int], Any]
    plans: frozenset[str] | None = None
    alarm: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Known:
    """What the database holds about the rows in hand: numbers taken by kind, names by document, lines and points by place."""

    taken: Mapping[str, frozenset[str]] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)
    lines: Mapping[str, int] = field(default_factory=dict)
    points: Mapping[str, int] = field(default_factory=dict)


@dataclass(slots=True)
class Earlier:
    """What earlier accepted rows of the same sheet claimed: the row by kind and value."""

    claims: dict[str, dict[str, int]] = field(default_factory=dict)
    names: dict[str, tuple[str, int]] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Line:
    """One row while it is judged."""

    row: int
    values: Mapping[str, Any]
    texts: Mapping[str, str]
    problems: Mapping[str, Text]
    world: World
    known: Known
    earlier: Earlier


Question = Callable[[Line], Text | None]


@dataclass(frozen=True, slots=True)
class Check:
    """The column named when `fault` answers with a reason, the closed code and the rule behind it."""

    column: str
    code: str
    rule: str
    fault: Question


@dataclass(frozen=True, slots=True)
class Hint:
    """A column to look at when `caution` answers with a reason; the row is accepted."""

    column: str
    caution: Question


@dataclass(frozen=True, slots=True)
class Format:
    """One register. `claims` are kinds of numbers with the column that holds them; `key` and `day` find a row again."""

    code: str
    name: Text
    columns: tuple[Column, ...]
    checks: tuple[Check, ...]
    hints: tuple[Hint, ...] = ()
    claims: tuple[tuple[str, str], ...] = ()
    key: str = ""
    day: str = ""
    person: tuple[str, str] | None = None
    address: str | None = None
    lines: str = "broadband"
    phone: str = ""

    @property
    def found_by(self) -> tuple[str, str]:
        """The columns by which a kept row is found again: its number and its form serial, "" where it has none."""
        return self.key, next((column for kind, column in self.claims if kind == "serial"), "")

    @property
    def needed(self) -> tuple[str, ...]:
        """The headings without which a sheet is not this register."""
        return tuple(column.heading for column in self.columns if column.needed)
