"""DuckDB, the engine of one machine."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
import ibis
import pyarrow as pa
from ibis.expr.types import Table

from onehall.contexts.rating.api import SumTooLarge
from onehall.runs.rate_files.expression import Tables

MEMORY = "1200MB"
"""Above it DuckDB puts aside what it cannot hold, beside the results."""


class Duck:
    """A DuckDB in memory over staged files."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._connection = ibis.duckdb.connect(memory_limit=MEMORY, temp_directory=str(folder / "aside"))
        self.tables = Tables(
            *(
                self._connection.read_parquet(folder / f"{name}.parquet", table_name=name)
                for name in Tables._fields
            )
        )

    def keep(self, rows: Table) -> Table:
        """The rows, worked out once."""
        return self._connection.create_table("judged", rows, temp=True)

    def batches(self, rows: Table) -> pa.RecordBatchReader:
        """The rows in their order, a batch at a time."""
        return rows.to_pyarrow_batches()

    def whole(self, rows: Table) -> pa.Table:
        """The rows in their order, at once."""
        return rows.to_pyarrow()

    def close(self) -> None:
        """Lets go of memory and files."""
        self._connection.disconnect()


@contextmanager
def engine(folder: Path) -> Iterator[Duck]:
    """Staged tables on an engine. Raises SumTooLarge where 64 bits do not hold a sum."""
    duck = Duck(folder)
    try:
        yield duck
    except (duckdb.OutOfRangeException, duckdb.ConversionException):
        raise SumTooLarge from None
    finally:
        duck.close()
