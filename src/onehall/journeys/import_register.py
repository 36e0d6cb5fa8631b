"""导入登记表 Bring a register in: judged whole, written whole or not at all (API-03)."""

from dataclasses import dataclass
from datetime import datetime

from django.db import DatabaseError, IntegrityError

from onehall.contexts.registers import api as registers
from onehall.foundation.database import transaction
from onehall.foundation.policy.services import policy_book
from onehall.foundation.scopes import Actor, Scope
from onehall.foundation.sheetreader import Sheet
from onehall.steps.judging import Progress, judge_sheet
from onehall.steps.register_world import read_world
from onehall.steps.take_over import begin, refuse_second, take_over_sheet


@dataclass(frozen=True, slots=True)
class Imported:
    """The report, and the import that was made; None after a dry run and where rows were refused."""

    report: registers.Report
    made: registers.ImportMade | None


def import_register(
    *, sheet: Sheet, form: str, dry_run: bool, skip_refused: bool, by: Actor, at: datetime, progress: Progress
) -> Imported:
    """Judges the sheet; commits its accepted rows if none is refused, or if those are to be skipped.

    One at a time: the second waits. Raises AlreadyImported, ChangedMeanwhile, NotStored, and what is wrong with the sheet.
    """
    try:
        with transaction():
            by.require("import.view" if dry_run else "import.run")
            if not dry_run:
                registers.wait_for_turn(scope=by.scope)
                refuse_second(sheet=sheet, form=form)
            return _import(sheet, registers.FORMATS[form], dry_run, skip_refused, by, at, progress)
    except IntegrityError:
        raise registers.ChangedMeanwhile() from None
    except DatabaseError:
        raise registers.NotStored() from None


def _import(
    sheet: Sheet,
    form: registers.Format,
    dry_run: bool,
    skip: bool,
    by: Actor,
    at: datetime,
    progress: Progress,
) -> Imported:
    book, everywhere = policy_book(hall_id=by.hall_id, at=at), Scope.operator()
    world = read_world(book=book, at=at, scope=everywhere)
    accepted: list[registers.Packed] | None = None if dry_run else []
    report = judge_sheet(
        sheet=sheet, form=form, world=world, at=at, scope=everywhere, progress=progress, accepted=accepted
    )
    if (report.errors and not skip) or not accepted:
        return Imported(report, None)
    made = registers.record_import(
        form=form.code, file_name=sheet.name, digest=sheet.digest, report=report, by=by, at=at
    )
    work = begin(form=form, world=world, made=made, book=book, by=by, at=at)
    take_over_sheet(work=work, accepted=accepted, progress=progress)
    return Imported(report, made)
