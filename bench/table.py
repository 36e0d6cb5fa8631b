"""The one table at the end: each benchmark adds its lines to a file that `make bench` names, and prints."""

import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path

VARIABLE = "ONEHALL_BENCH_ROWS"
HEADS = ("what", "ours", "peer", "floor", "target", "verdict")


@dataclass(frozen=True)
class Row:
    """A measurement beside what it is measured against; the columns are texts with their units."""

    what: str
    ours: str
    peer: str
    floor: str
    target: str
    verdict: str


def add(row: Row) -> None:
    """Keeps a line for the table; a benchmark that runs by itself keeps none."""
    if VARIABLE in os.environ:
        with Path(os.environ[VARIABLE]).open("a", encoding="utf-8") as file:
            file.write(json.dumps(asdict(row), ensure_ascii=False) + "\n")


def printed(file: Path) -> str:
    """The table of all lines that were kept."""
    rows = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    cells = [HEADS, *(tuple(row[head] for head in HEADS) for row in rows)]
    widths = [max(len(line[column]) for line in cells) for column in range(len(HEADS))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
        for line in cells
    )
