"""Spark, the engine of operators beyond one machine: the same expression, the same rows (VOI-02)."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import ibis
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from ibis.expr.types import Table
from pyspark.errors import ArithmeticException
from pyspark.sql import SparkSession

from onehall.contexts.rating.api import EngineMissing, Month, SumTooLarge
from onehall.runs.rate_files import calls, expression

MASTER = "ONEHALL_SPARK"
"""The address of the cluster; without it Spark runs here, on all cores. The results' folder must be seen by all its machines."""


class Spark:
    """The expression on Spark over staged files; every result is a folder of Parquet files in their order."""

    def __init__(self, session: SparkSession, folder: Path, path: Path, month: Month) -> None:
        self._session, self._folder = session, folder
        self._connection = ibis.pyspark.connect(session)
        calls.stage(path, folder / "calls.parquet")
        names = expression.Tables._fields
        tables = expression.Tables(*(self._table(name, folder / f"{name}.parquet") for name in names))
        prefixes = pq.read_table(folder / "prefixes.parquet")["prefix"]
        judged = expression.judged(tables, month, pc.unique(pc.utf8_length(prefixes)).to_pylist())
        self._judged = self._table("judged", self._kept(judged, "judged"))
        self._accounts = tables.accounts

    def _table(self, name: str, place: Path) -> Table:
        return self._connection.read_parquet(place, table_name=name)

    def _kept(self, rows: Table, name: str) -> Path:
        """Rows worked out and written; never by way of pandas, whose numbers may be floats."""
        place = self._folder / f"{name}.spark"
        self._session.sql(self._connection.compile(rows)).write.parquet(str(place))
        return place

    def _files(self, rows: Table, name: str) -> list[Path]:
        return sorted(self._kept(rows, name).glob("part-*.parquet"))

    def rated(self) -> pa.RecordBatchReader:
        """The calls that are rated, in order, a batch at a time."""
        files = self._files(expression.rated(self._judged, self._accounts), "rated")
        schema = pa.schema([(one.name, one.type) for one in pq.read_schema(files[0])])
        batches = (batch.cast(schema) for file in files for batch in pq.ParquetFile(file).iter_batches())
        return pa.RecordBatchReader.from_batches(schema, batches)

    def totals(self) -> pa.Table:
        """Every account in the order of numbers."""
        return self._whole(expression.totals(self._judged, self._accounts), "totals")

    def suspense(self) -> pa.Table:
        """What is not rated, in the order of the file."""
        return self._whole(expression.suspense(self._judged), "suspense")

    def _whole(self, rows: Table, name: str) -> pa.Table:
        return pa.concat_tables(
            pq.read_table(file) for file in self._files(rows, name)
        ).replace_schema_metadata()


@contextmanager
def engine(folder: Path, path: Path, month: Month) -> Iterator[Spark]:
    """The results of staged tables and a file of calls. Raises SumTooLarge, EngineMissing without Java."""
    if shutil.which("java") is None and "JAVA_HOME" not in os.environ:
        raise EngineMissing(engine="spark", why="缺少 Java", why_en="Java is missing")
    session = _session(folder)
    try:
        yield Spark(session, folder, path, month)
    except ArithmeticException:
        raise SumTooLarge from None
    finally:
        session.stop()


def _session(folder: Path) -> SparkSession:
    settings = {
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.local.dir": str(folder),
        "spark.sql.warehouse.dir": str(folder / "warehouse"),
        "spark.sql.ansi.enabled": "true",  # an overflow is an error, never another number
        "spark.sql.shuffle.partitions": "8",
        "spark.log.level": "OFF",
    }
    master = os.environ.get(MASTER, "local[*]")
    if master.startswith("local"):
        settings |= {"spark.driver.host": "127.0.0.1", "spark.driver.bindAddress": "127.0.0.1"}
    builder = SparkSession.builder.appName("onehall rate").master(master)
    for name, value in settings.items():
        builder = builder.config(name, value)
    return builder.getOrCreate()
