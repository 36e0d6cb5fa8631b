"""The kernel as an engine: columns in, results out, and top-ups where there are any."""

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from onehall.contexts.rating.api import Month
from onehall.runs.rate_files import expression, gathering, kernel

PORTION = 250_000  # structural: rows written at once
TOPUPS = "topups.parquet"
EXHAUSTED = ("number", "from", "until", "calls", "charge")
_TOTALS = ("minutes", "charge", "credit_used", "balance")


class Kernel:
    """A month of calls, judged when it is made and charged while `rated` is read. Raises SumTooLarge."""

    def __init__(self, folder: Path, path: Path, month: Month) -> None:
        self._accounts = pq.read_table(folder / "accounts.parquet").combine_chunks()
        self._calls, self._kinds = gathering.gathered(folder, path, self._accounts, month)
        size = self._accounts.num_rows
        self._rows, self._begins = kernel.by_place(self._calls.place, self._calls.reason, size)
        self._money = np.column_stack([self._account(name) for name in ("credit", "balance")])
        self._topups = _topups(folder, size)
        self._totals = np.zeros((size, len(_TOTALS)), np.int64)
        self._spans = [np.zeros((0, len(EXHAUSTED)), np.int64)]

    def rated(self) -> pa.RecordBatchReader:
        """The calls that are rated, in order, a portion at a time. To be read to its end, once, before totals and spans are asked for."""
        size = self._accounts.num_rows
        ends = np.searchsorted(self._begins, np.arange(PORTION, self._rows.size, PORTION))
        places = pairwise(np.unique([0, *ends, size]).tolist())
        return pa.RecordBatchReader.from_batches(_RATED, (self._portion(*some) for some in places))

    def _portion(self, first: int, after: int) -> pa.RecordBatch:
        """The calls of some accounts."""
        begins = self._begins[first : after + 1]
        rows = self._rows[begins[0] : begins[-1]]
        begins = begins - begins[0]
        when = kernel.sort(begins, rows, self._calls.moment, *gathering.text(self._calls.call_id))
        minutes, charge, kind = self._calls.minutes[rows], self._calls.charge[rows], self._calls.kind[rows]
        topups = self._topups[0][first : after + 1], *self._topups[1:]
        used, left, spans = kernel.walk(
            begins, (when, minutes, charge), self._money[first:after], topups, self._totals[first:after]
        )
        spans[:, 0] += first
        self._spans.append(spans)
        columns = (
            self._calls.call_id.take(pa.array(rows)).cast(pa.string()),
            self._accounts["number"]
            .chunk(0)
            .take(pa.array(np.repeat(np.arange(first, after), np.diff(begins)))),
            self._kinds.take(pa.array(kind, mask=kind < 0)),
            *map(pa.array, (minutes.astype(np.int64), charge, used, charge - used, left)),
        )
        return pa.record_batch(list(columns), schema=_RATED)

    def totals(self) -> pa.Table:
        """Every account in the order of numbers."""
        minutes, charge, used, balance = self._totals.T
        credit = self._account("credit")
        figures = (np.diff(self._begins), minutes, charge, used, credit - used, charge - used, balance)
        return pa.table([self._accounts["number"], *map(pa.array, figures)], names=expression.TOTALS)

    def _account(self, name: str) -> Any:
        return gathering.numbers_of(self._accounts[name])

    def suspense(self) -> pa.Table:
        """What is not rated, in the order of the file."""
        found = np.flatnonzero(self._calls.reason)
        rows, reasons = (
            pa.array(found),
            [gathering.REASONS[code] for code in self._calls.reason[found].tolist()],
        )
        columns = (
            pa.array(self._calls.line[found]), self._calls.call_id.take(rows).cast(pa.string()), pa.array(reasons, pa.string())
        )  # fmt: skip
        return pa.table(list(columns), names=expression.SUSPENSE)

    def exhausted(self) -> pa.Table:
        """The spans in which credit and balance were used up; no `from`: before the month, no `until`: still at its end."""
        place, *spans = np.concatenate(self._spans).T
        moments = (
            pa.array(span, mask=span < 0).cast(pa.timestamp("s")).cast(pa.string()) for span in spans[:2]
        )
        columns = (self._accounts["number"].take(pa.array(place)), *moments, *map(pa.array, spans[2:]))
        return pa.table(list(columns), names=EXHAUSTED)


_RATED = pa.schema(
    [(name, pa.string() if name in expression.RATED[:3] else pa.int64()) for name in expression.RATED]
)


@contextmanager
def engine(folder: Path, path: Path, month: Month) -> Iterator[Kernel]:
    """The results of staged tables and a file of calls. Raises SumTooLarge."""
    yield Kernel(folder, path, month)


def _topups(folder: Path, accounts: int) -> tuple[Any, Any, Any]:
    if not (folder / TOPUPS).exists():
        return np.zeros(accounts + 1, np.int64), np.zeros(0, np.int64), np.zeros(0, np.int64)
    read = pq.read_table(folder / TOPUPS)
    place, moment, amount = (column.to_numpy() for column in read.columns)
    return np.searchsorted(place, np.arange(accounts + 1)), moment, amount
