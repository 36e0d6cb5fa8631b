"""开始导入 The import of a kept file begins: once, whoever presses twice (API-03)."""

from datetime import datetime

from onehall.contexts.registers import api as registers
from onehall.foundation.database import transaction
from onehall.foundation.scopes import Actor


def begin_import(*, upload_id: int, skip_refused: bool, by: Actor, at: datetime) -> registers.UploadKept:
    """The file to import. Raises ImportUnderWay; RowsRefused where some are and nobody chose to leave them out."""
    with transaction():
        by.require("import.run")
        kept = registers.upload(upload_id, at=at, scope=by.scope)
        if kept.report.errors and not skip_refused:
            raise registers.RowsRefused(refused=len(kept.report.errors))
        registers.begin_work(upload_id=upload_id, at=at)
    return kept
