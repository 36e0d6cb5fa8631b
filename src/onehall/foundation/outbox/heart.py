"""The clock's heartbeat: a small file that says when it last went round and which jobs failed, for `onehall doctor`."""

import json
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings

_EVERY = timedelta(seconds=10)


@dataclass(frozen=True, slots=True)
class Beat:
    """The last sign: when, and whether each job succeeded the last time."""

    at: datetime
    jobs: dict[str, bool]

    @property
    def failing(self) -> list[str]:
        """Jobs whose last run did not succeed."""
        return sorted(name for name, well in self.jobs.items() if not well)


@dataclass(slots=True)
class Heart:
    """Beats at most every ten seconds. A disk that is full stops the sign, never the clock."""

    file: Path
    jobs: dict[str, bool] = field(default_factory=dict)
    beaten: datetime | None = None

    def note(self, job: str, *, well: bool) -> None:
        """How a job went."""
        self.jobs[job] = well

    def beat(self, at: datetime) -> None:
        """Writes the sign where the last one is old, or lies ahead because the clock was set back."""
        if self.beaten is not None and timedelta(0) <= at - self.beaten < _EVERY:
            return
        self.beaten = at
        draft = self.file.with_suffix(".new")
        try:
            draft.write_text(json.dumps({"at": at.isoformat(), "jobs": self.jobs}))
            draft.replace(self.file)
        except OSError:
            pass


def heart_file() -> Path:
    """Where the sign is."""
    return Path(settings.HOME) / "clock.json"


def last_beat() -> Beat | None:
    """None where no clock ever ran."""
    try:
        told = json.loads(heart_file().read_text())
        return Beat(datetime.fromisoformat(told["at"]), dict(told["jobs"]))
    except (OSError, ValueError, KeyError):
        return None
