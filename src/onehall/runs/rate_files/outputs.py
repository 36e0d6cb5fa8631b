"""Results are written aside and put in their place when they are whole."""

import json
import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

import pyarrow as pa
import pyarrow.csv as pc
import pyarrow.parquet as pq

from onehall.contexts.rating.api import OutUnusable
from onehall.runs.rate_files.texts import ahead, is_parquet

SUMMARY = "summary.json"
KINDS = (".csv", ".parquet")
NAMES = ("rated", "accounts", "suspense", "exhausted")
_EACH_ITS_OWN = ("call_id", "balance_after")
"""Columns in which nothing repeats: a dictionary of them is built for nothing."""


@contextmanager
def folder(out: Path, *, keep: Iterable[Path]) -> Iterator[Path]:
    """A folder to write into; what it holds replaces the results in `out` when the block ends well, and vanishes if not.

    The summary goes first and comes last: where it stands, the other results are whole and its own. Other files in `out` are
    left alone; `keep` are inputs that must not be overwritten. Raises OutUnusable.
    """
    results = {(out / f"{name}{kind}").resolve() for name in NAMES for kind in KINDS} | {
        (out / SUMMARY).resolve()
    }
    mine = next((path for path in keep if path.resolve() in results), None)
    if mine is not None:
        raise OutUnusable(
            folder=out,
            why=f"会覆盖输入文件 {mine.name}",
            why_en=f"the input {mine.name} would be overwritten",
        )
    try:
        out.mkdir(parents=True, exist_ok=True)
        aside = Path(tempfile.mkdtemp(prefix=".rate-", dir=out))
    except OSError as error:
        why = error.strerror or "?"
        raise OutUnusable(
            folder=out, why=f"不能写入（{why}）", why_en=f"cannot be written to ({why})"
        ) from None
    try:
        yield aside
        _put(aside, out)
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def _put(aside: Path, out: Path) -> None:
    (out / SUMMARY).unlink(missing_ok=True)
    for name in NAMES:
        for kind in KINDS:
            if (aside / f"{name}{kind}").exists():
                os.replace(aside / f"{name}{kind}", out / f"{name}{kind}")
            else:
                (out / f"{name}{kind}").unlink(missing_ok=True)
    os.replace(aside / SUMMARY, out / SUMMARY)


def write(rows: pa.RecordBatchReader, path: Path) -> int:
    """A table as CSV or Parquet, as the name says; how many rows."""
    count = 0
    with _writer(path, rows.schema) as writer:
        for batch in ahead(rows):
            writer.write_batch(batch)
            count += batch.num_rows
    return count


@contextmanager
def _writer(path: Path, schema: pa.Schema) -> Iterator[Any]:
    if is_parquet(path):
        repeating = [name for name in schema.names if name not in _EACH_ITS_OWN]
        with pq.ParquetWriter(
            path, schema, compression="zstd", use_dictionary=repeating, write_statistics=repeating
        ) as parquet:
            yield parquet
        return
    with path.open("wb") as file:
        file.write((",".join(schema.names) + "\n").encode())
        yield _Csv(file)


class _Csv:
    """Quotation marks only in a batch where a text needs them."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file

    def write_batch(self, batch: pa.RecordBatch) -> None:
        """Appends the rows."""
        try:
            text = self._text(batch, "none")
        except pa.ArrowInvalid:
            text = self._text(batch, "needed")
        self._file.write(text)

    @staticmethod
    def _text(batch: pa.RecordBatch, quotes: str) -> pa.Buffer:
        written = pa.BufferOutputStream()
        options = pc.WriteOptions(include_header=False, quoting_style=quotes)
        pc.write_csv(batch, written, write_options=options)
        return written.getvalue()


def write_summary(summary: dict[str, Any], aside: Path) -> None:
    """The summary, for people and programmes."""
    text = json.dumps(summary, ensure_ascii=False, indent=2)
    (aside / SUMMARY).write_text(text + "\n", encoding="utf-8")
