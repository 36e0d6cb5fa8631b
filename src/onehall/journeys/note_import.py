"""导入进度 How far an import is, and how it ended; in a transaction of its own, so that others see it (API-03)."""

from datetime import datetime

from onehall.contexts.registers import api as registers
from onehall.foundation.database import transaction


def note_import(*, upload_id: int, work: registers.Work, at: datetime) -> None:
    """What the import's page shows from now on."""
    with transaction():
        registers.note_work(upload_id=upload_id, work=work, at=at)
