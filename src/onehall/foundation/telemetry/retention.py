"""Which log files are older than they need be (REC-02)."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from onehall.foundation.telemetry.files import day_of


@dataclass(frozen=True, slots=True)
class OldLog:
    """A file that may go: what the certificate of its deletion says."""

    path: Path
    day: date
    size: int
    digest: str


def count_old(folder: Path, *, kept_days: int, today: date) -> int:
    """How many day files may go, without reading them."""
    last = today - timedelta(days=kept_days)
    days = (day_of(path.name) for path in folder.glob("*")) if folder.is_dir() else iter(())
    return sum(day is not None and day < last for day in days)


def old_logs(folder: Path, *, kept_days: int, today: date) -> list[OldLog]:
    """The day files whose day lies more than `kept_days` before `today`, oldest first."""
    last = today - timedelta(days=kept_days)
    found = []
    for path in sorted(folder.glob("*")) if folder.is_dir() else ():
        day = day_of(path.name)
        if day is not None and day < last and path.is_file():
            with path.open("rb") as file:
                digest = hashlib.file_digest(file, "sha256").hexdigest()
            found.append(OldLog(path, day, path.stat().st_size, digest))
    return sorted(found, key=lambda log: (log.day, log.path.name))


def remove(logs: Sequence[OldLog]) -> int:
    """Deletes them; how many bytes. What is gone already is fine."""
    for log in logs:
        log.path.unlink(missing_ok=True)
    return sum(log.size for log in logs)
