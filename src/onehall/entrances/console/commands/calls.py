"""`onehall calls FILE`: call records come in, each call once; `--correct MONTH` charges a month anew after a tariff was put right."""

import argparse
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from onehall.contexts.rating import api as rating
from onehall.entrances.console import home, operator, schema
from onehall.entrances.console.words import both, say
from onehall.foundation.sheetreader import Limits, read_sheet
from onehall.foundation.sheetreader.guards import MEGABYTE
from onehall.journeys.take_calls import take_calls
from onehall.runs.correct_charges import correct_charges
from onehall.runs.rate_calls import rate_calls
from onehall.steps.call_records import rows_of_table

_LIMITS = Limits(
    size=1024 * MEGABYTE, unpacked=1024 * MEGABYTE, ratio=1, rows=20_000_000
)  # structural: an exchange's month


def add(subparsers: Any) -> None:
    """Registers the command."""
    parser = subparsers.add_parser(
        "calls", help=both("收话单并计费；更正计费", "take call records in and charge them; correct charges")
    )
    parser.add_argument(
        "file",
        nargs="?",
        type=Path,
        help=both("话单 csv：call_id,start,caller,callee,seconds", "csv of calls"),
    )
    parser.add_argument(
        "--correct",
        metavar="2026-10",
        help=both("按现行资费更正该月", "correct this month by the tariffs of today"),
    )
    parser.set_defaults(run=run, parser=parser)


def run(arguments: argparse.Namespace) -> int:
    """0 done. Raises FileUnusable for a file that is none, NotAMonth; then nothing was taken in."""
    if (arguments.file is None) == (arguments.correct is None):
        arguments.parser.error(
            both("需要话单文件或 --correct 月份", "a file of calls or --correct MONTH is wanted")
        )
    home.establish()
    with home.database():
        schema.require_current()
        if arguments.correct is not None:
            _correct(arguments.correct)
        else:
            _take(arguments.file)
    return 0


def _take(path: Path) -> None:
    try:
        content = path.read_bytes()
    except OSError as error:
        why = error.strerror or "?"
        raise rating.FileUnusable(
            file=path, why=f"打不开（{why}）", why_en=f"cannot be opened ({why})"
        ) from None
    coming = rows_of_table(read_sheet(content, name=path.name, limits=_LIMITS).rows(), name=path.name)
    at = datetime.now(UTC)
    by = operator.at_the_console(at=at)
    taken = take_calls(rows=coming, source="console", name=path.name, hall=by.hall_id, by=by, at=at)
    charged, rows = rate_calls(at=datetime.now(UTC)), taken.taken + taken.repeated + taken.bad
    say(
        f"收到 {rows} 行：新通话 {taken.taken}，重复 {taken.repeated}，读不懂 {taken.bad}；计费 {charged}",
        f"{rows} rows: {taken.taken} new calls, {taken.repeated} repeated, {taken.bad} unreadable; {charged} charged",
    )


def _correct(text: str) -> None:
    rating.month(text)
    at = datetime.now(UTC)
    done = correct_charges(month=date.fromisoformat(f"{text}-01"), by=operator.at_the_console(at=at), at=at)
    amount = rating.yuan(done.difference)
    say(
        f"{text} 更正 {done.changed} 次通话，差额合计 {amount} 元",
        f"{done.changed} calls corrected, {amount} yuan in all",
    )
