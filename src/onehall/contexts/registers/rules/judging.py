"""The verdict on one row: read, repaired, asked each check in its order; the first that answers refuses it (API-03)."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from onehall.contexts.registers.contracts import Caution, Fault, Repair
from onehall.contexts.registers.rules.cells import Reading
from onehall.contexts.registers.rules.formats import Column, Earlier, Format, Known, Line, World
from onehall.contexts.registers.rules.verdicts import Judged, Place
from onehall.foundation.values.text import Text

Readings = dict[str, Reading]
Packed = tuple[int, tuple[str, ...], tuple[Any, ...]]
"""A row's number, its texts in the order of the columns, and the values that are not the text itself, each after its place."""

_SMALL_END = re.compile(r"[0-9]{17}x")  # structural: a resident ID has 18 places
CAPITAL_END = Text("证件号码末位 x 改为大写", "the x at the end made a capital")
IN_WORDS = Text("文字地址改为登记写法", "an address in words written as the register does")


def judge(
    form: Format, row: int, readings: Readings, *, world: World, known: Known, earlier: Earlier
) -> Judged:
    """One row's verdict. An accepted row's claims are entered in `earlier`; a refused row claims nothing."""
    line = Line(
        row=row,
        values={name: reading.value for name, reading in readings.items()},
        texts={name: reading.text for name, reading in readings.items()},
        problems={name: reading.problem for name, reading in readings.items() if reading.problem},
        world=world,
        known=known,
        earlier=earlier,
    )
    for check in form.checks:
        reason = check.fault(line)
        if reason is not None:
            return Judged(row, fault=Fault(row, check.column, reason, check.code, check.rule))
    cautions = tuple(_cautions(form, line))
    _claim(form, line)
    return Judged(row, tuple(_repairs(row, readings)), cautions)


def read_row(form: Format, cells: Mapping[str, Any], world: World) -> Readings:
    """A row's cells by column as they are read and repaired, whatever the verdict will be."""
    readings: dict[str, Reading] = {}
    for column in form.columns:
        reading = column.read(cells.get(column.heading))
        if column.upper_end and _SMALL_END.fullmatch(reading.text):
            reading = _changed(reading, reading.text.upper(), reading.text.upper(), CAPITAL_END)
        readings[column.heading] = reading
    for column in form.columns:
        if column.place is not None:
            readings[column.heading] = _located(readings, column, world)
    return readings


def pack(number: int, readings: Readings) -> Packed:
    """A row as small as it goes: a sheet's accepted rows are all in memory until the last one is judged."""
    texts = tuple(reading.text for reading in readings.values())
    values: list[Any] = []
    for place, one in enumerate(readings.values()):
        if one.value != (one.text or None):
            values += (place, one.value)
    return number, texts, tuple(values)


def unpack(form: Format, packed: Packed) -> tuple[int, Readings]:
    """The row's number and readings, without what stood there before."""
    number, texts, values = packed
    given = dict(zip(values[::2], values[1::2], strict=True))
    return number, {
        column.heading: Reading(given.get(place, text or None), text)
        for place, (column, text) in enumerate(zip(form.columns, texts, strict=True))
    }


def _located(readings: Mapping[str, Reading], column: Column, world: World) -> Reading:
    """An address as the place it names; one that cannot be read keeps its words and has no value."""
    reading = readings[column.heading]
    project = readings[column.place].text if column.place else ""
    place = world.address(reading.text, project) if reading.text else None
    if place is None or place.coded == reading.text:
        return Reading(place, reading.text, reading.before, reading.repairs, reading.problem)
    return _changed(reading, place, place.coded, IN_WORDS)


def _changed(reading: Reading, value: Any, after: str, reason: Text) -> Reading:
    return Reading(value, after, reading.before, (*reading.repairs, reason), reading.problem)


def _repairs(row: int, readings: Mapping[str, Reading]) -> Iterator[Repair]:
    """One entry a cell, however much was put right in it."""
    for column, reading in readings.items():
        if reading.repairs:
            zh = "；".join(reason.zh for reason in reading.repairs)
            en = "; ".join(reason.en for reason in reading.repairs)
            yield Repair(row, column, reading.before, reading.text, Text(zh, en))


def _cautions(form: Format, line: Line) -> Iterator[Caution]:
    for hint in form.hints:
        reason = hint.caution(line)
        if reason is not None:
            yield Caution(line.row, hint.column, reason)


def _claim(form: Format, line: Line) -> None:
    for kind, column in form.claims:
        if line.texts[column]:
            line.earlier.claims.setdefault(kind, {})[line.texts[column]] = line.row
    if form.person is not None:
        document, name = (line.texts[column] for column in form.person)
        line.earlier.names.setdefault(document, (name, line.row))
    place = line.values.get(form.address) if form.address else None
    if isinstance(place, Place):
        line.earlier.lines[place.coded] = line.earlier.lines.get(place.coded, 0) + 1
