"""How the signs that an import gives of itself are read."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from onehall.contexts.registers.contracts import Report
from onehall.foundation.values.text import Text

PATIENCE = timedelta(seconds=30)  # structural: sixty signs of life are missing by then


class WorkState(StrEnum):
    """How far the import of a file has come; what says nothing for a while was interrupted and left nothing behind."""

    WAITING = "waiting"
    RUNNING = "running"
    INTERRUPTED = "interrupted"
    REFUSED = "refused"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Work:
    """An import at work: `phase` judge or write, `done` of `total` rows (0 while nobody knows); `said` why it was refused."""

    state: WorkState
    phase: str = ""
    done: int = 0
    total: int = 0
    said: Text | None = None


@dataclass(frozen=True, slots=True)
class UploadKept:
    """A file in somebody's hands, judged and not imported yet."""

    id: int
    format: str
    file_name: str
    content: bytes = field(repr=False)
    report: Report = field(repr=False)
    by_id: int
    work: Work = Work(WorkState.WAITING)


def work_of(
    *,
    phase: str,
    done: int,
    total: int,
    beat_at: datetime | None,
    ended_at: datetime | None,
    said: Text,
    at: datetime,
) -> Work:
    """What is known at `at`: one that was cut off with its process is INTERRUPTED, and the database took it back."""
    if beat_at is None:
        return Work(WorkState.WAITING)
    if ended_at is not None and said.zh:
        return Work(WorkState.REFUSED, said=said)
    if ended_at is not None:
        return Work(WorkState.DONE, phase, total, total)
    if at - beat_at > PATIENCE:
        return Work(WorkState.INTERRUPTED)
    return Work(WorkState.RUNNING, phase, done, total)
