"""The kernel as an engine: columns in, results out, and top-ups where there are any."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from onehall.contexts.rating.api import Month, Reason, SumTooLarge
from onehall.runs.rate_files import calls, expression, kernel

REASONS = (None, *Reason)
PORTION = 250_000  # structural: rows written at once
TOPUPS = "topups.parquet"
EXHAUSTED = ("number", "from", "until", "calls", "charge")
_LARGEST = 9.2e18  # structural: what 64 bits hold


class Kernel:
    """A month of calls, rated when it is made. Raises SumTooLarge."""

    def __init__(self, folder: Path, path: Path, month: Month) -> None:
        self._accounts = pq.read_table(folder / "accounts.parquet").combine_chunks()
        self._calls = _calls(path)
        good = (_numbers(self._calls["seconds"]) >= 0) & _present(self._calls["moment"])
        with ThreadPoolExecutor(1) as other:  # the longest question has a core of its own
            repeated = other.submit(_repeats, self._calls["call_id"], good)
            self._kinds, kind = _classes(self._calls["callee"], pq.read_table(folder / "prefixes.parquet"))
            place = _places(self._calls["caller"], self._accounts["number"])
        self._calls = self._calls.drop_columns(["caller", "callee"])
        reason, self._minutes, self._charge = self._judged(
            folder, month, place, kind, good, repeated.result()
        )
        self._kind, self._reason = kind, reason
        self._walk(folder, np.where(reason == 0, place, kernel.NEVER).astype(np.int32))

    def _judged(
        self, folder: Path, month: Month, place: Any, kind: Any, good: Any, repeated: Any
    ) -> tuple[Any, Any, Any]:
        """(position in REASONS, minutes, charge) of every row: the questions of the expression, from the last to the first."""
        seconds, moment = _numbers(self._calls["seconds"]), _numbers(self._calls["moment"])
        known, price = _prices(folder, self._accounts, self._kinds, place, kind)
        asked = (
            (Reason.NO_PRICE, (price < 0) & (seconds > 0)),
            (Reason.OTHER_MONTH, (moment < month.first) | (moment >= month.after)),
            (Reason.UNKNOWN_PLAN, ~known),
            (Reason.UNKNOWN_ACCOUNT, place < 0),
            (Reason.REPEAT, repeated),
            (Reason.BAD_ROW, ~good),
        )
        reason = np.zeros(place.size, np.int8)
        for why, failed in asked:
            reason[failed] = REASONS.index(why)
        minutes = np.where(reason == 0, (seconds + 59) // 60, 0)  # structural: a minute
        price = np.maximum(price, 0)
        if (minutes * price.astype(np.float64)).sum() > _LARGEST:
            raise SumTooLarge
        return reason, minutes, minutes * price

    def _walk(self, folder: Path, place: Any) -> None:
        moment = _numbers(self._calls["moment"])
        offsets, text = _text(self._calls["call_id"])
        self._rows, self._begins = kernel.sequence(place, moment, offsets, text, self._accounts.num_rows)
        account = np.column_stack([_numbers(self._accounts[name]) for name in ("credit", "balance")])
        begins, when, amount = _topups(folder, self._accounts.num_rows)
        spans = np.zeros((self._accounts.num_rows + when.size, len(EXHAUSTED)), np.int64)
        spans[:, :3] = kernel.NEVER
        self._used, self._after, self._totals, count = kernel.walk(
            self._begins, moment[self._rows], self._charge[self._rows], account, (begins, when, amount), spans
        )
        self._spans = spans[:count]

    def rated(self) -> pa.RecordBatchReader:
        """The calls that are rated, in order, a portion at a time."""
        numbers = np.repeat(np.arange(self._accounts.num_rows, dtype=np.int32), np.diff(self._begins))
        portions = (
            self._portion(slice(at, at + PORTION), numbers) for at in range(0, self._rows.size, PORTION)
        )
        return pa.RecordBatchReader.from_batches(_RATED, portions)

    def _portion(self, some: slice, numbers: Any) -> pa.RecordBatch:
        rows = self._rows[some]
        charge, used = self._charge[rows], self._used[some]
        columns = (
            self._calls["call_id"].chunk(0).take(pa.array(rows)).cast(pa.string()),
            self._accounts["number"].chunk(0).take(pa.array(numbers[some])),
            self._kinds.take(pa.array(self._kind[rows], mask=self._kind[rows] < 0)),
            *map(pa.array, (self._minutes[rows], charge, used, charge - used, self._after[some])),
        )
        return pa.record_batch(list(columns), schema=_RATED)

    def totals(self) -> pa.Table:
        """Every account in the order of numbers."""
        credit, used = _numbers(self._accounts["credit"]), self._totals[:, 0]
        minutes, charge = (self._summed(values) for values in (self._minutes, self._charge))
        figures = (
            np.diff(self._begins),
            minutes,
            charge,
            used,
            credit - used,
            charge - used,
            self._totals[:, 1],
        )
        return pa.table([self._accounts["number"], *map(pa.array, figures)], names=expression.TOTALS)

    def _summed(self, values: Any) -> Any:
        so_far = np.concatenate([[0], np.cumsum(values[self._rows])])
        return np.diff(so_far[self._begins])

    def suspense(self) -> pa.Table:
        """What is not rated, in the order of the file."""
        rows = pa.array(np.flatnonzero(self._reason))
        reasons = [REASONS[code] for code in self._reason[self._reason > 0].tolist()]
        columns = (
            self._calls["line"].take(rows), self._calls["call_id"].take(rows).cast(pa.string()), pa.array(reasons, pa.string())
        )  # fmt: skip
        return pa.table(list(columns), names=expression.SUSPENSE)

    def exhausted(self) -> pa.Table:
        """The spans in which credit and balance were used up; no `from`: before the month, no `until`: still at its end."""
        place, *spans = self._spans.T
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


def _calls(path: Path) -> pa.Table:
    """All calls in memory, in one piece; their texts may be more than two gigabytes."""
    wide = [(one.name, pa.large_string() if one.type == pa.string() else one.type) for one in calls.SCHEMA]
    whole = pa.Table.from_batches(calls.batches(path), calls.SCHEMA).cast(pa.schema(wide)).combine_chunks()
    pa.default_memory_pool().release_unused()  # the pieces were as much again
    return whole


def _text(column: pa.ChunkedArray) -> tuple[Any, Any]:
    """Offsets and bytes of a column of one chunk."""
    if not column.num_chunks:
        return np.zeros(1, np.int64), np.zeros(0, np.uint8)
    _, offsets, text = column.chunk(0).buffers()
    return np.frombuffer(offsets, np.int64)[: len(column) + 1], np.frombuffer(text or b"", np.uint8)


def _numbers(column: pa.ChunkedArray) -> Any:
    return pc.fill_null(column, kernel.NEVER).to_numpy()


def _present(column: pa.ChunkedArray) -> Any:
    return pc.is_valid(column).to_numpy()


def _repeats(column: pa.ChunkedArray, good: Any) -> Any:
    size = 1 << (2 * good.size).bit_length()  # never more than half full
    return kernel.repeats(*_text(column), good, np.full(size, kernel.NEVER, np.int32))


def _places(callers: pa.ChunkedArray, numbers: pa.ChunkedArray) -> Any:
    found = pc.index_in(callers, value_set=numbers.cast(pa.large_string()))
    return pc.fill_null(found, kernel.NEVER).to_numpy()


def _classes(callees: pa.ChunkedArray, prefixes: pa.Table) -> tuple[pa.Array, Any]:
    """(the classes, which of them each callee has): the prefixes as a tree of their bytes."""
    coded = prefixes["class"].combine_chunks().dictionary_encode()
    words = [prefix.encode() for prefix in prefixes["prefix"].to_pylist()]
    alphabet = {letter: at for at, letter in enumerate(sorted(set(b"".join(words))))}
    nodes: list[dict[int, int]] = [{}]
    kinds = [kernel.NEVER]
    for word, kind in zip(words, coded.indices.to_pylist(), strict=True):
        node = 0
        for letter in word:
            if letter not in nodes[node]:
                nodes[node][letter] = len(nodes)
                nodes.append({})
                kinds.append(kernel.NEVER)
            node = nodes[node][letter]
        kinds[node] = kind
    tree = np.full((len(nodes), max(1, len(alphabet))), kernel.NEVER, np.int32)
    for at, children in enumerate(nodes):
        for letter, child in children.items():
            tree[at, alphabet[letter]] = child
    letters = np.full(256, kernel.NEVER, np.int16)  # structural: a byte
    letters[list(alphabet)] = list(alphabet.values())
    return coded.dictionary, kernel.classes(*_text(callees), letters, tree, np.array(kinds, np.int32))


def _prices(folder: Path, accounts: pa.Table, kinds: pa.Array, place: Any, kind: Any) -> tuple[Any, Any]:
    """(the account's plan is known, its price for the class or NEVER) of every row."""
    plans = accounts["plan"].combine_chunks().dictionary_encode()
    names, classes = plans.dictionary.to_pylist(), kinds.to_pylist()
    table = np.full((len(names) + 1, len(classes) + 1), kernel.NEVER, np.int64)
    for row in pq.read_table(folder / "prices.parquet").to_pylist():
        if row["plan"] in names and row["class"] in classes:
            table[names.index(row["plan"]), classes.index(row["class"])] = row["price"]
    # A row without account, or without class, looks into the last row or column, where nothing has a price.
    plan = np.append(plans.indices.to_numpy(), len(names))[place]
    known = np.append(accounts["known"].combine_chunks().to_numpy(zero_copy_only=False), False)[place]
    return known, table[plan, kind]


def _topups(folder: Path, accounts: int) -> tuple[Any, Any, Any]:
    if not (folder / TOPUPS).exists():
        return np.zeros(accounts + 1, np.int64), np.zeros(0, np.int64), np.zeros(0, np.int64)
    read = pq.read_table(folder / TOPUPS)
    place, moment, amount = (column.to_numpy() for column in read.columns)
    return np.searchsorted(place, np.arange(accounts + 1)), moment, amount
