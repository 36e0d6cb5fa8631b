"""导入登记表 Bring a register in: judged whole, written whole or not at all (API-03)."""

from dataclasses import dataclass
from datetime import datetime

from django.db import DatabaseError, IntegrityError

from onehall.contexts.registers import api as registers
from onehall.foundation.database import BesideLost, copied_meanwhile, transaction
from onehall.foundation.policy.services import policy_book
from onehall.foundation.scopes import Actor, Scope
from onehall.foundation.sheetreader import Sheet
from onehall.steps.judging import Progress, judge_sheet, judged
from onehall.steps.register_world import read_world
from onehall.steps.take_over import begin, end, refuse_second, take_over_rows


@dataclass(frozen=True, slots=True)
class Imported:
    """The report, and the import that was made; None after a dry run and where rows were refused."""

    report: registers.Report
    made: registers.ImportMade | None


class _NothingTaken(Exception):
    """Rows were refused, or none is left: what was written goes back."""

    def __init__(self, report: registers.Report) -> None:
        self.report = report


def import_register(
    *, sheet: Sheet, form: str, dry_run: bool, skip_refused: bool, by: Actor, at: datetime, progress: Progress
) -> Imported:
    """Judges the sheet; commits its accepted rows if none is refused, or if those are to be skipped.

    One at a time: the second waits. Raises AlreadyImported, ChangedMeanwhile, NotStored, and what is wrong with the sheet.
    """
    try:
        with transaction():
            by.require("import.view" if dry_run else "import.run")
            if dry_run:
                return Imported(_judge(sheet, registers.FORMATS[form], by, at, progress), None)
            registers.wait_for_turn(scope=by.scope)
            refuse_second(sheet=sheet, form=form)
            return _import(sheet, registers.FORMATS[form], skip_refused, by, at, progress)
    except _NothingTaken as nothing:
        return Imported(nothing.report, None)
    except IntegrityError:
        raise registers.ChangedMeanwhile() from None
    except (DatabaseError, BesideLost):
        raise registers.NotStored() from None


def _judge(
    sheet: Sheet, form: registers.Format, by: Actor, at: datetime, progress: Progress
) -> registers.Report:
    everywhere = Scope.operator()
    world = read_world(book=policy_book(hall_id=by.hall_id, at=at), at=at, scope=everywhere)
    return judge_sheet(sheet=sheet, form=form, world=world, at=at, scope=everywhere, progress=progress)


def _import(
    sheet: Sheet, form: registers.Format, skip: bool, by: Actor, at: datetime, progress: Progress
) -> Imported:
    book, report = policy_book(hall_id=by.hall_id, at=at), registers.Report()
    world = read_world(book=book, at=at, scope=Scope.operator())
    made = registers.record_import(form=form.code, file_name=sheet.name, digest=sheet.digest, by=by, at=at)
    work = begin(form=form, world=world, made=made, book=book, by=by, at=at)
    judging = judged(sheet=sheet, form=form.code, hall_id=by.hall_id, at=at, progress=progress)
    with judging as parts, copied_meanwhile():
        for part in parts:
            report = report.with_more(part.report)
            if skip or not report.errors:
                take_over_rows(work=work, accepted=part.accepted)
            progress("write", report.rows, 0)
    if (report.errors and not skip) or not report.accepted:
        raise _NothingTaken(report)
    return Imported(report, end(work=work, report=report))
