"""The run: read, stage, rate on an engine, write."""

import importlib
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import astuple, dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from onehall.contexts.rating.api import EngineMissing, Month, Reason, booked
from onehall.runs.rate_files import expression, inputs, outputs, texts

_WIDE = pa.decimal128(38)  # structural: a sum of 64 bits never overflows it
ENGINES = {"duckdb": "duck", "spark": "spark", "kernel": "compiled"}
EXHAUSTED = "exhausted"


@dataclass(frozen=True, slots=True)
class Files:
    """What is rated."""

    calls: Path
    accounts: Path
    prefixes: Path
    plans: Path
    topups: Path | None = None


def rate(files: Files, *, month: Month, out: Path, engine: str = "duckdb") -> dict[str, Any]:
    """Rates the calls of a month and answers the summary. Results are Parquet where the calls or `out` are named so.

    Top-ups take the kernel, which alone looks at the order inside the month. Raises FileUnusable, PlaceUnusable, OutUnusable,
    EngineMissing, SumTooLarge; then nothing is written.
    """
    kind = ".parquet" if texts.is_parquet(files.calls) or texts.is_parquet(out) else ".csv"
    chosen = _engine(engine if files.topups is None else "kernel")
    given = [path for path in astuple(files) if path is not None]
    with outputs.folder(out, keep=given) as aside:
        with _staged(files, month, aside) as folder, chosen(folder, files.calls, month) as results:
            summary = {"month": month.text, **_written(results, aside, kind)}
            if files.topups is not None:
                outputs.write(results.exhausted().to_reader(), aside / f"{EXHAUSTED}{kind}")
        outputs.write_summary(summary, aside)
    return summary


@contextmanager
def _staged(files: Files, month: Month, aside: Path) -> Iterator[Path]:
    """A folder with all inputs but the calls as Parquet, judged and exact: what every engine begins from."""
    read = inputs.read(accounts=files.accounts, prefixes=files.prefixes, plans=files.plans)
    with tempfile.TemporaryDirectory(prefix="staged-", dir=aside) as name:
        folder = Path(name)
        for table, rows in read._asdict().items():
            pq.write_table(rows, folder / f"{table}.parquet")
        if files.topups is not None:
            pq.write_table(inputs.topups(files.topups, read.accounts, month), folder / "topups.parquet")
        yield folder


def _engine(name: str) -> Any:
    try:
        module = importlib.import_module(
            f"{__package__}.{ENGINES[name]}"
        )  # only the engine that is asked for
    except ImportError as error:
        raise EngineMissing(
            engine=name, why=f"缺少 {error.name}", why_en=f"{error.name} is missing"
        ) from None
    return module.engine


def _written(results: Any, aside: Path, kind: str) -> dict[str, Any]:
    rated = outputs.write(results.rated(), aside / f"rated{kind}")
    totals, suspense = results.totals(), results.suspense()
    outputs.write(totals.to_reader(), aside / f"accounts{kind}")
    outputs.write(suspense.to_reader(), aside / f"suspense{kind}")
    counts = {"rows": rated + suspense.num_rows, "rated": rated}
    return {**counts, **_suspended(suspense), **_sums(totals)}


def _suspended(suspense: pa.Table) -> dict[str, Any]:
    counted = {one["values"].as_py(): one["counts"].as_py() for one in pc.value_counts(suspense["reason"])}
    return {
        "suspense": suspense.num_rows,
        "reasons": {reason.value: counted.get(reason.value, 0) for reason in Reason},
    }


def _sums(totals: pa.Table) -> dict[str, Any]:
    sums = {name: int(pc.sum(totals[name].cast(_WIDE)).as_py() or 0) for name in expression.TOTALS[1:]}
    fen, rest = booked(paid=totals["paid"].to_numpy(), carried=0)
    return {"accounts": totals.num_rows, **sums, "booked_fen": int(fen.sum()), "carried": int(rest.sum())}
