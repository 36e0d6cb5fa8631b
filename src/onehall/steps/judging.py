"""Judging a whole sheet: its rows by the thousand, each thousand beside what the database holds about it."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import islice
from typing import TypeVar

from onehall.contexts.customers import api as customers
from onehall.contexts.numbers import api as numbers
from onehall.contexts.registers import api as registers
from onehall.contexts.subscriptions import api as subscriptions
from onehall.foundation.scopes import Scope
from onehall.foundation.sheetreader import Sheet

Numbered = tuple[int, registers.Readings]
Progress = Callable[[str, int, int], None]
"""Told what is being done, how many rows of it are done, and how many there are (0 while nobody knows)."""

T = TypeVar("T")
BATCH = 2000  # structural: rows in memory at a time, whatever the sheet's length


def read_rows(*, sheet: Sheet, form: registers.Format, world: registers.World) -> Iterator[Numbered]:
    """The rows of data with their numbers in the sheet, read and repaired. Raises MissingColumns, NoHeading, ColumnTwice."""
    for number, cells in registers.below_heading(form, sheet.rows()):
        yield number, registers.read_row(form, cells, world)


def judge_sheet(
    *,
    sheet: Sheet,
    form: registers.Format,
    world: registers.World,
    at: datetime,
    scope: Scope,
    progress: Progress,
    accepted: list[registers.Packed] | None = None,
) -> registers.Report:
    """The report on every row; the accepted ones go into `accepted`. Raises NoRows, and the refusals of the heading."""
    judged, earlier = registers.Report(), registers.Earlier()
    rows = 0
    for some in batches(read_rows(sheet=sheet, form=form, world=world)):
        known = _known(form, some, at, scope)
        for number, readings in some:
            verdict = registers.judge(form, number, readings, world=world, known=known, earlier=earlier)
            _enter(judged, verdict)
            if accepted is not None and verdict.fault is None:
                accepted.append(registers.pack(number, readings))
        rows += len(some)
        progress("judge", rows, 0)
    if not rows:
        raise registers.NoRows()
    return replace(judged, rows=rows)


def batches(rows: Iterable[T]) -> Iterator[list[T]]:
    """The rows, so many at a time."""
    rows = iter(rows)
    while some := list(islice(rows, BATCH)):
        yield some


def path_of(place: registers.Place) -> str:
    """The dwelling's path in the tree of premises."""
    return customers.premises_path(place.compound, *place.numbers)


def places_of(form: registers.Format, some: Sequence[Numbered]) -> list[registers.Place]:
    """The dwellings that these rows name."""
    values = [readings[form.address].value for _, readings in some] if form.address else []
    return [value for value in values if isinstance(value, registers.Place)]


def _enter(report: registers.Report, judged: registers.Judged) -> None:
    report.repaired.extend(judged.repairs)
    report.warnings.extend(judged.cautions)
    if judged.fault is not None:
        report.errors.append(judged.fault)


def _known(form: registers.Format, some: Sequence[Numbered], at: datetime, scope: Scope) -> registers.Known:
    """What the database holds about these rows: four reads, however many they are."""
    taken = {}
    for kind, column in form.claims:
        asked = [readings[column].text for _, readings in some if readings[column].text]
        taken[kind] = _taken(kind, asked, at, scope)
    names = {}
    if form.person is not None:
        documents = [readings[form.person[0]].text for _, readings in some]
        found = customers.parties_by_document(documents, scope=scope)
        names = {document: name for document, (_, name) in found.items()}
    lines, points = _lines(form, some, scope)
    return registers.Known(taken, names, lines, points)


def _taken(kind: str, asked: list[str], at: datetime, scope: Scope) -> frozenset[str]:
    if kind == "serial":
        return subscriptions.taken_serials(serials=asked, scope=scope) | registers.taken_serials(
            serials=asked, scope=scope
        )
    held = numbers.taken_numbers(kind=numbers.NumberKind(kind), numbers=asked, at=at, scope=scope)
    return held | subscriptions.live_accounts(accounts=asked, scope=scope)


def _lines(
    form: registers.Format, some: Sequence[Numbered], scope: Scope
) -> tuple[dict[str, int], dict[str, int]]:
    """Live lines and added points by the register's own way of writing the address."""
    places = {path_of(place): place.coded for place in places_of(form, some)}
    ids = customers.premises_by_path(list(places), scope=scope)
    homes = {dwelling_id: places[path] for path, dwelling_id in ids.items()}
    lines, points = subscriptions.lines_and_points(dwelling_ids=list(homes), kind=form.lines, scope=scope)
    return {homes[k]: n for k, n in lines.items()}, {homes[k]: n for k, n in points.items()}  # type: ignore[index]
