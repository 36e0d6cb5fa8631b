"""An import at work behind the page that asked for it: the browser may go and come back, and sees how far it is.

It runs in a thread of the process that was asked. Whatever ends that process ends the import's one transaction with it:
nothing is half imported, and the page says that it was interrupted.
"""

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from django.db import connection

from onehall.contexts.registers import api as registers
from onehall.foundation.refusals import Refusal
from onehall.foundation.scopes import Actor
from onehall.foundation.sheetreader import Sheet
from onehall.foundation.values.text import Text
from onehall.journeys.import_register import import_register
from onehall.journeys.note_import import note_import

_BEAT_SECONDS = 0.5
_BROKEN = Text(
    "导入时程序出错，什么都没有导入；请把时间告诉管理员。",
    "The programme failed while importing; nothing was imported. Tell the administrator when it was.",
)
_log = logging.getLogger(__name__)


@dataclass(slots=True)
class _Progress:
    phase: str = "judge"
    done: int = 0
    total: int = 0

    def __call__(self, phase: str, done: int, total: int) -> None:
        self.phase, self.done, self.total = phase, done, total


def begin(
    *, kept: registers.UploadKept, sheet: Callable[[], Sheet], skip: bool, by: Actor, at: datetime
) -> None:
    """Imports the kept file from now on, and notes how far it is twice a second."""
    threading.Thread(target=_work, args=(kept, sheet, skip, by, at), name=f"import {kept.id}").start()


def _work(
    kept: registers.UploadKept, sheet: Callable[[], Sheet], skip: bool, by: Actor, at: datetime
) -> None:
    progress, over = _Progress(total=kept.report.rows), threading.Event()
    beats = threading.Thread(target=_beat, args=(kept.id, progress, over), name=f"import {kept.id} beats")
    beats.start()
    said: Text | None = _BROKEN
    try:
        done = import_register(
            sheet=sheet(), form=kept.format, dry_run=False, skip_refused=skip, by=by, at=at, progress=progress
        )
        said = None if done.made else _text(registers.RowsRefused(refused=len(done.report.errors)))
    except Refusal as refusal:
        said = _text(refusal)
    except Exception:
        _log.exception("import %s failed", kept.id)
    finally:
        over.set()
        beats.join()
        state = registers.WorkState.REFUSED if said else registers.WorkState.DONE
        _note(kept.id, registers.Work(state, progress.phase, progress.done, progress.total, said))
        connection.close()


def _beat(upload_id: int, progress: _Progress, over: threading.Event) -> None:
    try:
        while not over.wait(_BEAT_SECONDS):
            running = registers.WorkState.RUNNING
            _note(upload_id, registers.Work(running, progress.phase, progress.done, progress.total))
    except Exception:
        _log.exception("import %s goes on, but nobody sees how far it is", upload_id)
    finally:
        connection.close()


def _note(upload_id: int, found: registers.Work) -> None:
    note_import(upload_id=upload_id, work=found, at=datetime.now(UTC))


def _text(refusal: Refusal) -> Text:
    zh, en = (f"{refusal.sentence(lang)}{refusal.alternative(lang)}" for lang in ("zh", "en"))
    return Text(zh, en)
