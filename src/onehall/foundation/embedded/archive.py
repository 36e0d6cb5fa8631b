"""The write-ahead log, kept segment by segment beside the backups, so that a restore reaches any moment after one.

PostgreSQL runs `archive.sh` in its data folder, which is why every path below is relative: a folder's name may hold
anything. `../archive` is a link to the place of the last backup; before the first backup there is none and nothing is
kept. A place that is gone (a disk that was unplugged) makes the script fail: PostgreSQL keeps its segments, tries again
and counts the failures, which `onehall doctor` and the clock tell.
"""

import gzip
import re
import zlib
from dataclasses import dataclass
from pathlib import Path

SEGMENT = 16 * 1024 * 1024  # what initdb makes of its own accord
SETTINGS = (
    "archive_mode=on",
    "archive_command=sh ../archive.sh %p %f",
    "archive_timeout=60",  # a hall loses at most a minute of work with its disk
)
_PER_FILE = 2**32 // SEGMENT
_NAMED = re.compile(r"^([0-9A-F]{8})([0-9A-F]{8})([0-9A-F]{8})\.gz$")
_HISTORY = re.compile(r"^([0-9A-F]{8})\.history\.gz$")
_KEEP = """\
# Written by onehall at every start. $1: a segment below the data folder, $2: its name.
[ -L ../archive ] || exit 0
to=../archive/$2.gz
if gzip -t "$to" 2>/dev/null; then gzip -dc "$to" | cmp -s - "$1"; exit; fi
gzip -1 -n -c "$1" >"$to.partial" && { sync "$to.partial" 2>/dev/null || sync; } && mv -f "$to.partial" "$to"
"""
_FETCH = """\
# Written by onehall at every start. $1: name of a segment, $2: where it is wanted.
if gzip -dc "../source/$1.gz" >"$2.part" 2>/dev/null; then mv -f "$2.part" "$2"; exit; fi
rm -f "$2.part"
[ -f "../remains/$1" ] && cp "../remains/$1" "$2"
"""


@dataclass(frozen=True, slots=True, order=True)
class Segment:
    """One piece of the log: its number, and the timeline on which it was written."""

    number: int
    timeline: int

    @property
    def name(self) -> str:
        """As PostgreSQL calls it."""
        return f"{self.timeline:08X}{self.number // _PER_FILE:08X}{self.number % _PER_FILE:08X}"


@dataclass(frozen=True, slots=True)
class Break:
    """Where the log cannot be read any further, and until when (POSIX seconds) it can."""

    file: str
    until: float | None


def write_scripts(folder: Path) -> None:
    """The two scripts that PostgreSQL calls, as this version of the program wants them."""
    for name, text in (("archive.sh", _KEEP), ("fetch.sh", _FETCH)):
        if not (folder / name).exists() or (folder / name).read_text() != text:
            draft = folder / f"{name}.new"
            draft.write_text(text)
            draft.replace(folder / name)


def link(at: Path, target: Path) -> None:
    """Points the link to the folder, in one step."""
    draft = at.with_name(f"{at.name}.link")
    draft.unlink(missing_ok=True)
    draft.symlink_to(target, target_is_directory=True)
    draft.replace(at)


def position(lsn: str) -> int:
    """`0/2000028` as a number of bytes."""
    high, low = lsn.split("/")
    return (int(high, 16) << 32) + int(low, 16)


def segments(wal: Path) -> list[Segment]:
    """What is kept there, oldest first."""
    names = (_NAMED.match(file.name) for file in wal.glob("*.gz"))
    return sorted(
        Segment(int(name[2], 16) * _PER_FILE + int(name[3], 16), int(name[1], 16)) for name in names if name
    )


def history(wal: Path) -> list[tuple[int, int]]:
    """The newest timeline's forefathers with the position at which each was left, oldest first, and at last itself
    (left never: -1). A timeline without a history file has no forefathers here."""
    known = [int(name[1], 16) for file in wal.glob("*.history.gz") if (name := _HISTORY.match(file.name))]
    newest = max([1, *known, *(one.timeline for one in segments(wal))])
    if newest not in known:
        return [(newest, -1)]
    text = gzip.decompress((wal / f"{newest:08X}.history.gz").read_bytes()).decode()
    lines = [line.split() for line in text.splitlines() if line.strip() and not line.startswith("#")]
    return [*((int(line[0]), position(line[1])) for line in lines), (newest, -1)]


def is_ancestor(timeline: int, end: int, of: list[tuple[int, int]]) -> bool:
    """Whether what ended on this timeline at this position is part of that history, and not of a branch given up."""
    return any(timeline == one and (left == -1 or end <= left) for one, left in of)


def first_break(wal: Path, *, start: int, remains: Path | None = None) -> Break | None:
    """The first segment after the one of position `start` that is missing or does not unpack; None where all is whole.

    What is still in `remains`, the log folder of data that are being replaced, counts as there.
    """
    line = history(wal)
    last = max((one.number for one in segments(wal) if one.timeline == line[-1][0]), default=-1)
    until: float | None = None
    for number in range(start // SEGMENT + 1, last + 1):
        timeline = next(one for one, left in line if left == -1 or number < left // SEGMENT)
        segment = Segment(number, timeline)
        file = wal / f"{segment.name}.gz"
        if _whole(file):
            until = file.stat().st_mtime
        elif remains is None or not (remains / segment.name).exists():
            return Break(file.name, until)
    return None


def forget(wal: Path, *, before: int) -> int:
    """Removes the segments that end before this position, which no backup needs any more; how many."""
    gone = [one for one in segments(wal) if one.number < before // SEGMENT]
    for one in gone:
        (wal / f"{one.name}.gz").unlink(missing_ok=True)
    return len(gone)


def _whole(file: Path) -> bool:
    size = 0
    try:
        with gzip.open(file) as opened:
            while piece := opened.read(1 << 20):
                size += len(piece)
    except (OSError, EOFError, zlib.error):
        return False
    return size == SEGMENT
