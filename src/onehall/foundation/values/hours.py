"""Opening hours of a day as people write them: 8:30–12:00、13:30–19:00; nothing where it is closed (LAW-35)."""

import re
from itertools import pairwise

_INTERVAL = re.compile(r"(\d{1,2}):([0-5]\d)\s*[–—~-]\s*(\d{1,2}):([0-5]\d)")
_SEPARATOR = re.compile(r"[\s,，、;；]*")
_HOUR = 60  # structural: minutes
DAY = 24 * _HOUR  # structural: minutes; written 24:00

Intervals = tuple[tuple[int, int], ...]
"""Half-open, in minutes of the day, in order."""


def read_hours(text: str) -> Intervals:
    """The intervals that are written; none for an empty text. ValueError where it is unreadable, backwards or overlaps."""
    found = [(int(a) * _HOUR + int(b), int(c) * _HOUR + int(d)) for a, b, c, d in _INTERVAL.findall(text)]
    if _SEPARATOR.fullmatch(_INTERVAL.sub("", text)) is None:
        raise ValueError(text)
    in_order = all(one[1] <= other[0] for one, other in pairwise(found))
    if not in_order or any(start >= end or end > DAY for start, end in found):
        raise ValueError(text)
    return tuple(found)


def write_hours(intervals: Intervals) -> str:
    """As `read_hours` reads it."""
    return "、".join(f"{_clock(start)}–{_clock(end)}" for start, end in intervals)


def _clock(minutes: int) -> str:
    return f"{minutes // _HOUR}:{minutes % _HOUR:02d}"
