"""A log file a day: `pages-2026-11-25.jsonl`. Several processes append to the same file, a line with one write each."""

import contextlib
import logging
import os
import sys
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

ENDING = ".jsonl"
_MINUTE = 60.0


class DayFile(logging.Handler):
    """Appends to the day's file in `folder`; errors are also said on standard error. Without a folder, all are.

    A log that cannot be written (the disk is full) stops nobody's work.
    """

    def __init__(self, folder: str, process: str, zone: str) -> None:
        super().__init__()
        self._folder = Path(folder) if folder else None
        self._process = process
        self._zone = ZoneInfo(zone)
        self._day: date | None = None
        self._file = -1
        self._until = self._from = 0.0

    def emit(self, record: logging.LogRecord) -> None:
        """Called with the handler's lock held."""
        try:
            line = self.format(record) + "\n"
            if self._folder is None or record.levelno >= logging.ERROR:
                sys.stderr.write(line)
                sys.stderr.flush()
            if self._folder is not None:
                self._write(record.created, line.encode())
        except (OSError, ValueError):
            self._shut()

    def close(self) -> None:
        """At the end of the process."""
        self._shut()
        super().close()

    def _write(self, created: float, line: bytes) -> None:
        """The day is looked at once a minute, and when the clock goes back."""
        if not self._from <= created < self._until:
            self._turn_to(datetime.fromtimestamp(created, self._zone).date())
            self._from = created - created % _MINUTE
            self._until = self._from + _MINUTE
        os.write(self._file, line)

    def _turn_to(self, day: date) -> None:
        if day != self._day and self._folder is not None:
            self._shut()
            name = self._folder / f"{self._process}-{day.isoformat()}{ENDING}"
            self._file = os.open(name, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
            self._day = day

    def _shut(self) -> None:
        if self._file >= 0:
            with contextlib.suppress(OSError):
                os.close(self._file)
        self._file, self._day = -1, None
        self._until = self._from = 0.0


def day_of(name: str) -> date | None:
    """The day that a log file's name tells, None for another kind of file."""
    if not name.endswith(ENDING):
        return None
    try:
        return date.fromisoformat(name.removesuffix(ENDING)[-10:])
    except ValueError:
        return None
