"""试导入 Judge a register and keep it with its report until somebody decides; nothing of it is imported (API-03)."""

from datetime import datetime

from onehall.contexts.registers import api as registers
from onehall.foundation.database import transaction
from onehall.foundation.policy.services import policy_book
from onehall.foundation.scopes import Actor, Scope
from onehall.foundation.sheetreader import Sheet
from onehall.steps.judging import judge_sheet
from onehall.steps.register_world import read_world


def stage_register(*, sheet: Sheet, content: bytes, form: str, by: Actor, at: datetime) -> int:
    """The number of the kept file. Raises what is wrong with the sheet as a whole."""
    everywhere = Scope.operator()
    with transaction():
        by.require("import.view")
        world = read_world(book=policy_book(hall_id=by.hall_id, at=at), at=at, scope=everywhere)
        report = judge_sheet(
            sheet=sheet,
            form=registers.FORMATS[form],
            world=world,
            at=at,
            scope=everywhere,
            progress=lambda *_: None,
        )
        return registers.keep_upload(
            form=form, file_name=sheet.name, content=content, report=report, by=by, at=at
        )
