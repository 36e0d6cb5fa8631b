"""导入登记表 Bring a register in: judged whole, written whole or not at all (API-03)."""

from dataclasses import dataclass
from datetime import datetime

from django.db import DatabaseError, IntegrityError

from onehall.contexts.registers import api as registers
from onehall.foundation import audit
from onehall.foundation.database import transaction
from onehall.foundation.outbox import publish
from onehall.foundation.policy.services import policy_book
from onehall.foundation.scopes import Actor, Scope
from onehall.foundation.sheetreader import Sheet
from onehall.foundation.values.period import local
from onehall.steps import take_over as taking
from onehall.steps.judging import Progress, batches, judge_sheet, read_rows
from onehall.steps.register_world import read_world


@dataclass(frozen=True, slots=True)
class Imported:
    """The report, and the import that was made; None after a dry run and where rows were refused."""

    report: registers.Report
    made: registers.ImportMade | None


def import_register(
    *, sheet: Sheet, form: str, dry_run: bool, skip_refused: bool, by: Actor, at: datetime, progress: Progress
) -> Imported:
    """Judges the sheet; commits its accepted rows if none is refused, or if those are to be skipped.

    One import at a time: the second waits. Raises AlreadyImported, ChangedMeanwhile, NotStored, and what is wrong with the sheet.
    """
    known, everywhere = registers.FORMATS[form], Scope.operator()
    try:
        with transaction():
            by.require("import.view" if dry_run else "import.run")
            if not dry_run:
                registers.wait_for_turn()
                _refuse_second(sheet, form)
            book = policy_book(hall_id=by.hall_id, at=at)
            world = read_world(book=book, at=at, scope=everywhere)
            report = judge_sheet(
                sheet=sheet, form=known, world=world, at=at, scope=everywhere, progress=progress
            )
            if dry_run or (report.errors and not skip_refused) or not report.accepted:
                return Imported(report, None)
            made = registers.record_import(
                form=form, file_name=sheet.name, digest=sheet.digest, report=report, by=by, at=at
            )
            work = taking.begin(form=known, world=world, made=made, book=book, by=by, at=at)
            _write(sheet, work, report, progress)
            _announce(made, by, at)
    except IntegrityError:
        raise registers.ChangedMeanwhile() from None
    except DatabaseError:
        raise registers.NotStored() from None
    return Imported(report, made)


def _refuse_second(sheet: Sheet, form: str) -> None:
    before = registers.standing_import(digest=sheet.digest, form=form, scope=Scope.operator())
    if before is not None:
        raise registers.AlreadyImported(at=f"{local(before.at):%Y-%m-%d %H:%M}", number=before.id)


def _write(sheet: Sheet, work: taking.TakingOver, report: registers.Report, progress: Progress) -> None:
    refused, done = {fault.row for fault in report.errors}, 0
    for some in batches(read_rows(sheet=sheet, form=work.form, world=work.world)):
        accepted = [one for one in some if one[0] not in refused]
        taking.take_over(work=work, some=accepted)
        done += len(accepted)
        progress("write", done, report.accepted)


def _announce(made: registers.ImportMade, by: Actor, at: datetime) -> None:
    audit.record(
        action="register.imported", subject="import", subject_id=made.id, hall_id=by.hall_id, by=by, at=at, rule="API-03",
        details={"format": made.format, "rows": made.rows, "accepted": made.accepted, "digest": made.digest.hex()},
    )  # fmt: skip
    publish(topic="registers.imported", hall_id=by.hall_id, at=at, payload={"import": made.id})
