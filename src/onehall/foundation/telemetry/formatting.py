"""One log record, one line of JSON: time, level, logger, message, process, request id, facts, error (API-05)."""

import json
import logging
import os
import types
from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from pythonjsonlogger.json import JsonFormatter

from onehall.foundation.telemetry.redaction import clean, described, named, strict
from onehall.foundation.values.context import request_id

OURS = "onehall"
_OFFSET = len("+08:00")


class JsonLine(JsonFormatter):
    """`process` is the role of this process: pages, live, clock or console; `zone` that of the profile."""

    def __init__(self, process: str, zone: str) -> None:
        super().__init__()
        self._process = process
        self._zone = ZoneInfo(zone)
        self._encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=str).encode
        self._second = (-1, "", "")

    def format(self, record: logging.LogRecord) -> str:
        """The line without its end; never raises for what stands in a record."""
        line: dict[str, Any] = {
            "time": self._time(record.created),
            "level": record.levelname,
            "logger": record.name,
            "message": message(record),
            "process": self._process,
            "pid": record.process or os.getpid(),
        }
        number = request_id.get() or getattr(getattr(record, "request", None), "id", "")
        if number:
            line["request_id"] = number
        line.update(getattr(record, "facts", {}))
        if record.exc_info and record.exc_info[1] is not None:
            line["error"] = described(record.exc_info[1])
        return self.serialize_log_record(line)

    def serialize_log_record(self, log_data: dict[str, Any]) -> str:
        """With an encoder made once, not one for each line."""
        return self._encode(log_data)

    def _time(self, created: float) -> str:
        """ISO 8601 with milliseconds and zone; what a second has in common is worked out once."""
        second = int(created)
        if second != self._second[0]:
            when = datetime.fromtimestamp(second, self._zone).isoformat()
            self._second = (second, when[:-_OFFSET], when[-_OFFSET:])
        return f"{self._second[1]}.{int((created - second) * 1000):03d}{self._second[2]}"


def message(record: logging.LogRecord) -> str:
    """The words of a record. Our own are cleaned; of other people's only the format is believed, not what is put in."""
    ours = record.name.split(".", 1)[0] == OURS
    if ours and not record.args and isinstance(record.msg, str):
        return _cleaned(record.msg)
    arguments = _arguments(record.args, ours)
    try:
        said = str(record.msg) % arguments if arguments else str(record.msg)
    except (TypeError, ValueError, KeyError):
        said = str(record.msg)
    if isinstance(record.msg, BaseException):
        said = named(record.msg)
    return clean(said) if ours else strict(said)


_cleaned = lru_cache(maxsize=256)(clean)


def _arguments(given: Any, ours: bool) -> Any:
    if isinstance(given, Mapping):
        return {name: _argument(value, ours) for name, value in given.items()}
    if isinstance(given, tuple):
        return tuple(_argument(value, ours) for value in given)
    return ()


def _argument(value: Any, ours: bool) -> Any:
    """Errors become their type; from other people's code only numbers are let through."""
    if isinstance(value, BaseException):
        return named(value)
    if isinstance(value, int | float | types.NoneType) or ours:
        return value
    return "…"
