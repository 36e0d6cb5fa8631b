"""Bounds what a stranger, or one fault met again and again, can write into the log."""

import logging
from dataclasses import dataclass

from onehall.foundation.telemetry.counters import count_database_error

_DATABASE_ERRORS = ("OperationalError", "InterfaceError", "PoolTimeout")
_KEYS = 256


@dataclass(slots=True)
class _Bucket:
    left: float
    at: float
    left_out: int = 0


class Flood:
    """A bucket for each kind of line: `burst` at once, then `rate` a second. What is left out is counted."""

    def __init__(self, *, burst: int, rate: float) -> None:
        self._burst = burst
        self._rate = rate
        self._buckets: dict[object, _Bucket] = {}

    def admit(self, key: object, now: float) -> int | None:
        """None where the line is one too many; else how many of its kind were left out before it. `now` in seconds."""
        if len(self._buckets) > _KEYS:
            self._buckets.clear()
        bucket = self._buckets.setdefault(key, _Bucket(self._burst, now))
        bucket.left = min(self._burst, bucket.left + max(0.0, now - bucket.at) * self._rate)
        bucket.at = now
        if bucket.left < 1:
            bucket.left_out += 1
            return None
        bucket.left -= 1
        before, bucket.left_out = bucket.left_out, 0
        return before


class SameErrors(logging.Filter):
    """One error at one place is told twenty times, then once in ten seconds with the number of those left out."""

    def __init__(self) -> None:
        super().__init__()
        self._flood = Flood(burst=20, rate=0.1)

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether the record is written."""
        if not record.exc_info or record.exc_info[1] is None:
            return True
        if type(record.exc_info[1]).__name__ in _DATABASE_ERRORS:
            count_database_error()
        trace = record.exc_info[2]
        while trace is not None and trace.tb_next is not None:
            trace = trace.tb_next
        place = (trace.tb_frame.f_code.co_filename, trace.tb_lineno) if trace else None
        before = self._flood.admit((type(record.exc_info[1]), place), record.created)
        if before:
            record.facts = {**getattr(record, "facts", {}), "left_out": before}
        return before is not None
