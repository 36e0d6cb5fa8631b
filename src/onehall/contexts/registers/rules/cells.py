"""Reading one cell: what it says, what had to be put right, and what cannot be read."""

import re
from collections.abc import Callable
from datetime import date, datetime, time
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, NamedTuple

from onehall.foundation.values.text import Text

_FULL_WIDTH = re.compile("[０-９]")
_FULL_WIDTH_DIGITS = str.maketrans("０１２３４５６７８９", "0123456789")
_SPACES = "\u200b\ufeff\u00a0\u3000 \t\r\n\v\f"
_YEARS = (1900, 2199)  # structural: what lies beyond was never a day of this business
_FEN = Decimal("0.01")
_EXACT = 10**15  # structural: a spreadsheet keeps 15 significant digits of a number
_DATE = re.compile(r"([0-9]{4})[-/.年]([0-9]{1,2})[-/.月]([0-9]{1,2})日?(?:[ T]0?0:00(?::00)?)?")
_MOMENT = re.compile(
    r"([0-9]{4})[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})[ T]([0-9]{1,2}):([0-9]{2})(?::([0-9]{2}))?"
)
_CLOCK = re.compile(r"([0-9]{1,2}):([0-9]{2})(?::([0-9]{2}))?")
_AMOUNT = re.compile(r"-?[0-9]{1,12}(?:\.[0-9]{1,20})?")
_SCIENTIFIC = re.compile(r"[0-9](?:\.[0-9]+)?E\+?[0-9]+", re.I)

NARROWED = Text("全角数字改为半角", "full-width digits made narrow")
TRIMMED = Text("去掉前后空格", "spaces around it taken off")
DATED = Text("日期统一写成 年-月-日", "the date written as year-month-day")
NO_DAY = Text("不是日期", "is no date")
DIGITS_LOST = Text(
    "Excel 把它存成了数字，只保留 15 位，后面的位已经丢失；请把这一列设为“文本”后重新录入",
    "Excel stored it as a number and kept 15 digits only; format the column as text and enter it again",
)


class Reading(NamedTuple):
    """`value` is None where the cell is empty or cannot be read; `problem` says why it cannot. `text` is what is kept."""

    value: Any
    text: str
    before: str = ""
    repairs: tuple[Text, ...] = ()
    problem: Text | None = None


Reader = Callable[[Any], Reading]


def text(cell: Any) -> Reading:
    """Words and numbers-as-names: full-width digits narrow, spaces around it off, 13892706021.0 without its fraction."""
    before = cell if type(cell) is str else _shown(cell)
    narrow = before.translate(_FULL_WIDTH_DIGITS) if _FULL_WIDTH.search(before) else before
    after = narrow.strip(_SPACES)
    if before == after and type(cell) is str and not _SCIENTIFIC.fullmatch(after):
        return Reading(after or None, after, before)
    lost = (_is_number(cell) and abs(cell) >= _EXACT) or _SCIENTIFIC.fullmatch(after) is not None
    steps = ((narrow != before, NARROWED), (after != narrow, TRIMMED))
    repairs = tuple(reason for done, reason in steps if done) if after else ()
    return Reading(after or None, after, before, repairs, DIGITS_LOST if lost else None)


def day(cell: Any) -> Reading:
    """A calendar day: a date cell, or text with the year first; 2025/3/9 is written 2025-03-09."""
    if isinstance(cell, date):
        whole = cell.date() if isinstance(cell, datetime) else cell
        if not _YEARS[0] <= whole.year <= _YEARS[1]:
            return Reading(None, whole.isoformat(), _shown(cell), problem=NO_DAY)
        clock = isinstance(cell, datetime) and cell.time() != time()
        return Reading(whole, whole.isoformat(), _shown(cell), (DATED,) if clock else ())
    read = text(cell)
    found = _DATE.fullmatch(read.text)
    try:
        value = date(*(int(part) for part in found.groups())) if found else None
    except ValueError:
        value = None
    value = value if value and _YEARS[0] <= value.year <= _YEARS[1] else None
    return _told(read, value, value.isoformat() if value else "", NO_DAY)


def moment(cell: Any) -> Reading:
    """A day with its time, on the wall clock of the hall."""
    if isinstance(cell, datetime):
        return Reading(cell, f"{cell:%Y-%m-%d %H:%M:%S}", _shown(cell))
    read = text(cell)
    found = _MOMENT.fullmatch(read.text)
    try:
        value = _wall_clock(found) if found else None
    except ValueError:
        value = None
    return _told(read, value, read.text.replace("/", "-"), Text("不是日期时间", "is no date with a time"))


def clock(cell: Any) -> Reading:
    """A time of day."""
    if isinstance(cell, time):
        return Reading(cell, f"{cell:%H:%M:%S}", _shown(cell))
    read = text(cell)
    found = _CLOCK.fullmatch(read.text)
    try:
        value = _time_of_day(found) if found else None
    except ValueError:
        value = None
    return _told(read, value, read.text, Text("不是时间", "is no time of day"), repaired=())


def amount(cell: Any) -> Reading:
    """Yuan, read into whole fen; what lies beyond the fen is rounded."""
    read = text(cell)
    fen = None
    if _AMOUNT.fullmatch(read.text) and not isinstance(cell, bool | date | time):
        fen = int(Decimal(read.text).quantize(_FEN, ROUND_HALF_UP) * 100)
    return _told(read, fen, read.text, Text("不是数字", "is no number"), repaired=())


def _told(
    read: Reading, value: Any, after: str, problem: Text, repaired: tuple[Text, ...] = (DATED,)
) -> Reading:
    """The reading of text as `value`; a problem where it holds something else."""
    if value is not None:
        reasons = read.repairs + (repaired if after != read.text else ())
        return Reading(value, after, read.before, reasons)
    return Reading(None, read.text, read.before, read.repairs, problem if read.text else None)


def _wall_clock(found: re.Match[str]) -> datetime:
    year, month, day, hour, minute, second = (int(part or 0) for part in found.groups())
    return datetime(year, month, day, hour, minute, second)  # noqa: DTZ001 - the wall clock of the hall


def _time_of_day(found: re.Match[str]) -> time:
    hour, minute, second = (int(part or 0) for part in found.groups())
    return time(hour, minute, second)


def _is_number(cell: Any) -> bool:
    return isinstance(cell, int | float) and not isinstance(cell, bool)


def _shown(cell: Any) -> str:
    """A cell as the sheet shows it."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)
