"""DuckDB, the engine of one machine."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
import ibis
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from onehall.contexts.rating.api import Month, SumTooLarge
from onehall.runs.rate_files import calls, expression

MEMORY = "1200MB"
"""Above it DuckDB puts aside what it cannot hold, beside the results."""
AT_ONCE, PORTION = 1_000_000, 250_000  # structural: rows sorted, and handed over, at once


class Duck:
    """The expression on a DuckDB in memory over staged files."""

    def __init__(self, folder: Path, path: Path, month: Month) -> None:
        self._connection = ibis.duckdb.connect(memory_limit=MEMORY, temp_directory=str(folder / "aside"))
        names = expression.Tables._fields
        calls.stage(path, folder / "calls.parquet")
        paths = {name: folder / f"{name}.parquet" for name in names}
        tables = expression.Tables(
            *(self._connection.read_parquet(paths[name], table_name=name) for name in names)
        )
        lengths = pc.unique(pc.utf8_length(pq.read_table(paths["prefixes"])["prefix"])).to_pylist()
        judged = expression.judged(tables, month, lengths)
        self._judged = self._connection.create_table("judged", judged, temp=True)
        self._accounts = tables.accounts

    def rated(self) -> pa.RecordBatchReader:
        """The calls that are rated, in order, a batch at a time.

        Some accounts after others: what is sorted at once stays in memory, and results are written while the next are worked out.
        """
        schema = expression.rated(self._judged, self._accounts).schema().to_pyarrow()
        return pa.RecordBatchReader.from_batches(schema, self._portions())

    def _portions(self) -> Iterator[pa.RecordBatch]:
        rows, accounts = (table.count().execute() for table in (self._judged, self._accounts))
        step = accounts * AT_ONCE // max(AT_ONCE, rows) + 1
        for first in range(0, accounts, step):
            some = (
                table.filter(table.place >= first, table.place < first + step)
                for table in (self._judged, self._accounts)
            )
            yield from expression.rated(*some).to_pyarrow_batches(chunk_size=PORTION)

    def totals(self) -> pa.Table:
        """Every account in the order of numbers."""
        return expression.totals(self._judged, self._accounts).to_pyarrow()

    def suspense(self) -> pa.Table:
        """What is not rated, in the order of the file."""
        return expression.suspense(self._judged).to_pyarrow()

    def close(self) -> None:
        """Lets go of memory and files."""
        self._connection.disconnect()


@contextmanager
def engine(folder: Path, path: Path, month: Month) -> Iterator[Duck]:
    """The results of staged tables and a file of calls. Raises SumTooLarge where 64 bits do not hold a sum."""
    try:
        duck = Duck(folder, path, month)
        try:
            yield duck
        finally:
            duck.close()
    except (duckdb.OutOfRangeException, duckdb.ConversionException):
        raise SumTooLarge from None
