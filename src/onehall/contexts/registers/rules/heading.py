"""Finding the heading of a sheet: in its first row, or below merged title rows."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

from onehall.contexts.registers.rules.cells import text
from onehall.contexts.registers.rules.formats import Format
from onehall.contexts.registers.rules.refusals import ColumnTwice, MissingColumns, NoHeading

LOOKED = 10
"""Rows in which the heading may stand below titles."""


@dataclass(frozen=True, slots=True)
class Heading:
    """The row of the heading, and the place of each declared column that the sheet has."""

    row: int
    places: Mapping[str, int]

    def cells(self, row: Sequence[Any]) -> dict[str, Any]:
        """A row's cells by column; what the row is too short for is empty."""
        return {name: row[place] if place < len(row) else None for name, place in self.places.items()}


def below_heading(
    form: Format, rows: Iterator[tuple[int, Sequence[Any]]]
) -> Iterator[tuple[int, dict[str, Any]]]:
    """The rows of data, number and cells by column, of a sheet gone through once. Raises as `find_heading` does."""
    first = []
    for one in rows:
        first.append(one)
        if one[0] > LOOKED:
            break
    heading = find_heading(form, first)
    for number, cells in chain(first, rows):
        if number > heading.row:
            yield number, heading.cells(cells)


def find_heading(form: Format, rows: Iterable[tuple[int, Sequence[Any]]]) -> Heading:
    """The first row that holds every needed column. Raises NoHeading, MissingColumns, ColumnTwice."""
    nearest: tuple[int, list[str]] = (0, [])
    for number, cells in rows:
        if number > LOOKED:
            break
        names = [text(cell).text.replace("\n", "") for cell in cells]
        present = sum(name in form.needed for name in names)
        if present > nearest[0]:
            nearest = (present, names)
        if all(name in names for name in form.needed):
            return Heading(number, _places(form, names))
    missing = [name for name in form.needed if name not in nearest[1]]
    facts = {"format": form.name.zh, "format_en": form.name.en}
    if nearest[0] * 2 > len(form.needed):
        raise MissingColumns(field=missing[0], columns="、".join(missing), **facts)
    raise NoHeading(looked=LOOKED, columns="、".join(form.needed), **facts)


def _places(form: Format, names: list[str]) -> dict[str, int]:
    places = {}
    for column in form.columns:
        if names.count(column.heading) > 1:
            raise ColumnTwice(field=column.heading, column=column.heading)
        if column.heading in names:
            places[column.heading] = names.index(column.heading)
    return places
