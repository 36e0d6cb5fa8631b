"""Rows of call records as somebody brought them, read by the rules of rating (VOI-02)."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from onehall.contexts.rating import api as rating
from onehall.contexts.voice import api as voice
from onehall.foundation.values.period import CHINA
from onehall.foundation.values.text import Text

WAITS = {
    "": Text("还没有计费", "not looked at yet"),
    voice.Waits.BAD_ROW: Text("读不懂", "unreadable"), voice.Waits.REPEAT: Text("重复送来", "delivered before"),
    voice.Waits.UNKNOWN_ACCOUNT: Text("没有这个号码", "unknown number"), voice.Waits.UNKNOWN_PLAN: Text("没有这个资费", "unknown plan"),
    voice.Waits.OTHER_MONTH: Text("太早或在以后", "too old, or in the future"), voice.Waits.NO_PRICE: Text("没有价格", "no price"),
}  # fmt: skip
"""What the reasons for waiting are called."""
COLUMNS = ("call_id", "start", "caller", "callee", "seconds")


def rows_of_table(table: Iterable[tuple[int, Sequence[Any]]], *, name: str) -> Iterator[voice.Row]:
    """The rows below a head that names the columns, in any order, one by one: a month of calls is never held as a whole. A row with more filled fields than columns is read as empty.

    Raises FileUnusable where a column is missing.
    """
    numbered = iter(table)
    head = [str(cell or "").strip() for cell in next(numbered, (0, ()))[1]]
    missing = [column for column in COLUMNS if head.count(column) != 1]
    if missing:
        raise rating.FileUnusable(
            field="file",
            file=name,
            why=f"缺少栏目 {'、'.join(missing)}（或重复）",
            why_en=f"lacks (or repeats) {', '.join(missing)}",
        )
    places = [head.index(column) for column in COLUMNS]
    return (_row(number, _fields(cells, places, len(head))) for number, cells in numbered)


def rows_of_records(records: Iterable[Mapping[str, Any]]) -> tuple[voice.Row, ...]:
    """The rows that a programme sent, numbered from 1."""
    return tuple(
        _row(number, [str(record.get(column, "")) for column in COLUMNS])
        for number, record in enumerate(records, start=1)
    )


def _fields(cells: Sequence[Any], places: Sequence[int], width: int) -> list[str]:
    if any(cell not in (None, "") for cell in cells[width:]):
        return [""] * len(places)
    return [str(cells[at]) if at < len(cells) and cells[at] is not None else "" for at in places]


def _row(number: int, fields: Sequence[str]) -> voice.Row:
    call_id, start, caller, callee, seconds = (text.replace("\0", "\ufffd") for text in fields)
    moment = rating.moment(start)
    return voice.Row(
        line=number, call_id=call_id, start=start, caller=caller, callee=callee, seconds=seconds,
        started_at=None if moment is None else datetime.fromtimestamp(moment, UTC).replace(tzinfo=CHINA),
        length=rating.whole_seconds(seconds),
    )  # fmt: skip
