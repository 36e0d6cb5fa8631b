"""Judging a sheet: its rows by the thousand, each thousand beside what the database holds about it."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from itertools import islice
from typing import NamedTuple, TypeVar

from onehall.contexts.customers import api as customers
from onehall.contexts.numbers import api as numbers
from onehall.contexts.registers import api as registers
from onehall.contexts.subscriptions import api as subscriptions
from onehall.foundation.database import beside
from onehall.foundation.policy.services import policy_book
from onehall.foundation.scopes import Scope
from onehall.foundation.sheetreader import Sheet
from onehall.foundation.values.ids import HallId
from onehall.steps.register_world import read_world


class Part(NamedTuple):
    """So many rows of a sheet: the report on them, and the accepted ones."""

    report: registers.Report
    accepted: list[registers.Packed]


Numbered = tuple[int, registers.Readings]
Progress = Callable[[str, int, int], None]
"""Told what is being done, how many rows of it are done, and how many there are (0 while nobody knows)."""

T = TypeVar("T")
LONG = 524_288  # structural: bytes of a sheet of some thousand rows, from where a process of its own is worth its start
PARTS = "onehall.steps.judging:parts_of"
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
) -> registers.Report:
    """The report on every row. Raises NoRows, and the refusals of the heading."""
    report = registers.Report()
    for part in judge_parts(sheet=sheet, form=form, world=world, at=at, scope=scope, keep=False):
        report = report.with_more(part.report)
        progress("judge", report.rows, 0)
    return report


def judge_parts(
    *, sheet: Sheet, form: registers.Format, world: registers.World, at: datetime, scope: Scope, keep: bool
) -> Iterator[Part]:
    """The sheet a batch of rows at a time, in order; with `keep` each with its accepted rows. Raises as `judge_sheet` does."""
    earlier, empty = registers.Earlier(), True
    for some in batches(read_rows(sheet=sheet, form=form, world=world)):
        known, report = _known(form, some, at, scope), registers.Report(len(some))
        accepted: list[registers.Packed] = []
        for number, readings in some:
            verdict = registers.judge(form, number, readings, world=world, known=known, earlier=earlier)
            _enter(report, verdict)
            if keep and verdict.fault is None:
                accepted.append(registers.pack(number, readings))
        empty = False
        yield Part(report, accepted)
    if empty:
        raise registers.NoRows()


def parts_of(sheet: Sheet, form: str, hall_id: HallId, at: datetime) -> Iterator[Part]:
    """`judge_parts` with all that it needs read from the database, for a process of its own."""
    everywhere = Scope.operator()
    world = read_world(book=policy_book(hall_id=hall_id, at=at), at=at, scope=everywhere)
    return judge_parts(
        sheet=sheet, form=registers.FORMATS[form], world=world, at=at, scope=everywhere, keep=True
    )


@contextmanager
def judged(
    *, sheet: Sheet, form: str, hall_id: HallId, at: datetime, progress: Progress
) -> Iterator[Iterator[Part]]:
    """The parts of a sheet whose rows are written meanwhile: none is judged by what its own import has written.

    A long sheet is judged in a process beside this one, a short one before the first part is given.
    """
    if sheet.size >= LONG:
        with beside(PARTS, sheet, form, hall_id, at) as parts:
            yield parts
        return
    known, rows = [], 0
    for part in parts_of(sheet, form, hall_id, at):
        known.append(part)
        rows += part.report.rows
        progress("judge", rows, 0)
    yield iter(known)


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
