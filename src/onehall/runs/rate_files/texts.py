"""Reading tables of text, CSV or Parquet, in batches: every column as text, and the line on which each row begins.

A line is counted as an editor counts, the head being line 1; a row of a Parquet file has the line it would have in a CSV.
"""

import codecs
import csv
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import islice, zip_longest
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from onehall.contexts.rating.api import FileUnusable

LINE = "line"
ROWS = 100_000  # structural: a batch
_ENCODINGS = ("utf-8-sig", "gb18030")
_AT_ONCE = 2  # structural
_BLOCK = 1 << 20  # structural: a megabyte


def batches(
    path: Path, columns: tuple[str, ...], *, optional: tuple[str, ...] = (), exact: tuple[str, ...] = ()
) -> Iterator[pa.RecordBatch]:
    """The wanted columns of a file in its order, with `line` in front. An optional column that is missing is empty.

    Raises FileUnusable. A row with too few fields has empty ones; one with more fields than the head has columns is wholly
    empty, for nobody knows which field is which. Whole numbers and local times in
    `exact` columns of a Parquet file stay what they are.
    """
    try:
        path.open("rb").close()
        if is_parquet(path):
            yield from _parquet(path, columns, optional, exact)
        else:
            yield from _csv(path, columns, optional)
    except pa.ArrowException:
        raise FileUnusable(
            file=path, why="不是完好的 Parquet 文件", why_en="is no sound Parquet file"
        ) from None
    except OSError as error:
        why = error.strerror or "?"
        raise FileUnusable(file=path, why=f"打不开（{why}）", why_en=f"cannot be opened ({why})") from None


def table(path: Path, columns: tuple[str, ...], *, optional: tuple[str, ...] = ()) -> pa.Table:
    """All of a file at once."""
    schema = pa.schema([(LINE, pa.int64()), *((name, pa.string()) for name in (*columns, *optional))])
    return pa.Table.from_batches(batches(path, columns, optional=optional), schema)


def ahead(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """The batches, the next one worked out on another core while somebody uses one."""
    left = iter(batches)
    with ThreadPoolExecutor(1) as other:
        coming = other.submit(next, left, None)
        while (batch := coming.result()) is not None:
            coming = other.submit(next, left, None)
            yield batch


def at_once(work: Callable[[Any], Any], items: Iterable[Any]) -> Iterator[Any]:
    """What the work makes of each item, in order; of two at a time, while the next ones are fetched."""
    with ThreadPoolExecutor(_AT_ONCE) as others:
        begun: deque[Any] = deque()
        for item in items:
            begun.append(others.submit(work, item))
            if len(begun) > _AT_ONCE:
                yield begun.popleft().result()
        while begun:
            yield begun.popleft().result()


def is_parquet(path: Path) -> bool:
    """Whether the name says so."""
    return path.suffix.lower() == ".parquet"


def _places(
    path: Path, head: list[str], columns: tuple[str, ...], optional: tuple[str, ...]
) -> list[int | None]:
    names = [name.strip() for name in head]
    for name in (*columns, *optional):
        if names.count(name) > 1:
            raise FileUnusable(file=path, why=f"栏目 {name} 出现两次", why_en=f"has the column {name} twice")
    missing = [name for name in columns if name not in names]
    if missing:
        raise FileUnusable(
            file=path,
            why=f"缺少栏目 {'、'.join(missing)}；现有 {'、'.join(names)[:200]}",
            why_en=f"lacks the column(s) {', '.join(missing)}; there are {', '.join(names)[:200]}",
        )
    return [names.index(name) if name in names else None for name in (*columns, *optional)]


def _encoding(path: Path) -> str:
    """UTF-8 with or without a mark in front, else GB18030: the whole file decides, not its first lines."""
    for encoding in _ENCODINGS:
        decoder = codecs.getincrementaldecoder(encoding)()
        try:
            with path.open("rb") as file:
                while block := file.read(_BLOCK):
                    decoder.decode(block)
                decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            continue
        return encoding
    raise FileUnusable(
        file=path, why="编码既不是 UTF-8 也不是 GB18030", why_en="is encoded neither as UTF-8 nor as GB18030"
    )


def _csv(path: Path, columns: tuple[str, ...], optional: tuple[str, ...]) -> Iterator[pa.RecordBatch]:
    names = [LINE, *columns, *optional]
    with path.open(encoding=_encoding(path), newline="") as file:
        reader = csv.reader(file, strict=True)
        try:
            head = next(filter(None, reader), None)
            if head is None:
                raise FileUnusable(
                    file=path, why="是空的，连表头也没有", why_en="is empty, without even a head"
                )
            places = _places(path, head, columns, optional)
            rows = _rows(reader)
            while taken := list(islice(rows, ROWS)):
                yield pa.record_batch(_arrays(taken, len(head), places), names=names)
        except csv.Error as error:
            raise FileUnusable(
                file=path,
                why=f"第 {reader.line_num} 行的引号或分隔不对",
                why_en=f"has wrong quotes or separators at line {reader.line_num} ({error})",
            ) from None


def _rows(reader: Any) -> Iterator[tuple[int, list[str]]]:
    """The rows with the lines on which they begin; blank lines are counted and left out."""
    after = reader.line_num
    for row in reader:
        if row:
            yield after + 1, row
        after = reader.line_num


def _arrays(taken: list[tuple[int, list[str]]], width: int, places: list[int | None]) -> list[pa.Array]:
    rows = [row if len(row) <= width or not any(row[width:]) else [] for _, row in taken]
    by_column = list(islice(zip_longest(*rows, fillvalue=""), width))
    by_column += [("",) * len(rows)] * (width - len(by_column))
    nothing = ("",) * len(rows)
    lines = pa.array([line for line, _ in taken], pa.int64())
    return [lines, *(pa.array(nothing if at is None else by_column[at], pa.string()) for at in places)]


def _parquet(
    path: Path, columns: tuple[str, ...], optional: tuple[str, ...], exact: tuple[str, ...]
) -> Iterator[pa.RecordBatch]:
    with pq.ParquetFile(path) as file:
        heads = file.schema_arrow.names
        places = _places(path, heads, columns, optional)
        names = [None if at is None else heads[at] for at in places]
        line = 2
        for batch in file.iter_batches(ROWS, columns=[name for name in names if name is not None]):
            nothing = pa.array([""] * batch.num_rows, pa.string())
            read = [nothing if name is None else _read(path, name, batch[name], exact) for name in names]
            lines = pa.array(np.arange(line, line + batch.num_rows))
            yield pa.record_batch([lines, *read], names=[LINE, *columns, *optional])
            line += batch.num_rows


def _read(path: Path, name: str, values: pa.Array, exact: tuple[str, ...]) -> pa.Array:
    local = pa.types.is_timestamp(values.type) and not values.type.tz
    return (
        values
        if name.strip() in exact and (local or pa.types.is_integer(values.type))
        else as_text(path, name.strip(), values)
    )


def as_text(path: Path, name: str, values: pa.Array) -> pa.Array:
    """A column of a Parquet file as the CSV would have it; nothing is an empty text. Raises FileUnusable."""
    kind = values.type
    if pa.types.is_floating(kind) or (pa.types.is_timestamp(kind) and kind.tz):
        why = ("浮点数，不精确", "a floating-point number, which is not exact")
        if pa.types.is_timestamp(kind):
            why = ("带时区的时间，应为当地时间", "a time with a zone, local time is wanted")
        raise FileUnusable(file=path, why=f"栏目 {name} 是{why[0]}", why_en=f"has in column {name} {why[1]}")
    if pa.types.is_timestamp(kind):
        values = pc.replace_substring_regex(pc.cast(values, pa.string()), r"\.0+$", "")
    return pc.fill_null(pc.cast(values, pa.string()), "")
