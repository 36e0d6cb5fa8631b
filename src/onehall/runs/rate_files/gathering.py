"""The calls of a file judged for the kernel, a batch at a time: who called and who was called are asked and not kept.

Memory never touched is time saved: what one batch needs stays near the processor and is used again for the next.
"""

from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from onehall.contexts.rating.api import Month, Reason, SumTooLarge
from onehall.runs.rate_files import calls, kernel
from onehall.runs.rate_files.texts import at_once

REASONS = (None, *Reason)
_LARGEST = 9.2e18  # structural: what 64 bits hold
_BYTE = 256  # structural


class Calls(NamedTuple):
    """Calls in the order of the file.

    place: the caller's account · kind: the callee's class; both NEVER where there is none · reason: place in REASONS; minutes and charge
    are those of a call that is not in suspense.
    """

    line: Any
    call_id: pa.LargeStringArray
    moment: Any
    place: Any
    kind: Any
    minutes: Any
    charge: Any
    reason: Any


def gathered(folder: Path, path: Path, accounts: pa.Table, month: Month) -> tuple[Calls, pa.Array]:
    """(the calls, the classes that `kind` counts) of a file and staged tables. Raises FileUnusable, SumTooLarge."""
    tree = _Tree(pq.read_table(folder / "prefixes.parquet"))
    judge = _Judge(accounts, tree, pq.read_table(folder / "prices.parquet"), month)
    names, columns = Texts(), tuple(map(Column, _KINDS))
    for batch, judged in at_once(lambda batch: (batch, judge.judged(batch)), calls.batches(path)):
        names.add(batch["call_id"])
        for column, values in zip(columns, (batch["line"].to_numpy(), *judged), strict=True):
            column.add(values)
    line, codes, *rest = (column.whole() for column in columns)
    found = Calls(line, names.whole(), *rest)
    repeated = kernel.repeats(codes, found.reason != _BAD, *text(found.call_id))
    found.reason[repeated] = REASONS.index(Reason.REPEAT)
    if found.charge.sum(dtype=np.float64, where=found.reason == 0) > _LARGEST:
        raise SumTooLarge
    return found, tree.names


_BAD = REASONS.index(Reason.BAD_ROW)
_KINDS = (np.int64, np.uint64, np.int64, np.int32, np.int32, np.int32, np.int64, np.int8)


class Column:
    """Numbers one after the other. What is not yet wanted is reserved, not touched; what is touched comes in large pages."""

    def __init__(self, kind: Any) -> None:
        self._kept, self.size = np.empty(0, kind), 0

    def add(self, values: Any) -> None:
        begin, self.size = self.size, self.size + values.size
        if self.size > self._kept.size:
            kept, self._kept = self._kept, np.empty(2 * self.size, self._kept.dtype)
            self._kept[:begin] = kept[:begin]
        self._kept[begin : self.size] = values

    def whole(self) -> Any:
        return self._kept[: self.size]


class Texts:
    """Texts one after the other, which may be more than two gigabytes."""

    def __init__(self) -> None:
        self._offsets, self._text = Column(np.int64), Column(np.uint8)
        self._offsets.add(np.zeros(1, np.int64))

    def add(self, column: pa.Array) -> None:
        offsets, kept = text(column)
        self._offsets.add(offsets[1:] + (self._text.size - np.int64(offsets[0])))
        self._text.add(kept[offsets[0] : offsets[-1]])

    def whole(self) -> pa.LargeStringArray:
        buffers = map(pa.py_buffer, (self._offsets.whole(), self._text.whole()))
        return pa.LargeStringArray.from_buffers(self._offsets.size - 1, *buffers)


def text(column: pa.Array) -> tuple[Any, Any]:
    """Offsets and bytes of a column of texts, as Arrow keeps them."""
    _, offsets, kept = column.buffers()
    wide = np.int64 if pa.types.is_large_string(column.type) else np.int32
    begins = (
        np.frombuffer(offsets, wide)[column.offset :][: len(column) + 1] if offsets else np.zeros(1, wide)
    )
    return begins, np.frombuffer(kept or b"", np.uint8)


def numbers_of(column: pa.Array) -> Any:
    """A column of whole numbers, NEVER where there is none."""
    return pc.fill_null(column, kernel.NEVER).to_numpy()


class _Judge:
    """The questions of the expression, asked of one batch."""

    def __init__(self, accounts: pa.Table, tree: "_Tree", prices: pa.Table, month: Month) -> None:
        self._accounts, self._tree, self._month = _Accounts(accounts["number"].chunk(0)), tree, month
        plans = accounts["plan"].combine_chunks().dictionary_encode()
        names, classes = plans.dictionary.to_pylist(), tree.names.to_pylist()
        # A row without account, or without class, looks into the last row or column, where nothing has a price.
        self._plan = np.append(plans.indices.to_numpy(), len(names))
        self._known = np.append(accounts["known"].combine_chunks().to_numpy(zero_copy_only=False), False)
        self._prices = np.full((len(names) + 1, len(classes) + 1), kernel.NEVER, np.int64)
        for row in prices.to_pylist():
            if row["plan"] in names and row["class"] in classes:
                self._prices[names.index(row["plan"]), classes.index(row["class"])] = row["price"]

    def judged(self, batch: pa.RecordBatch) -> tuple[Any, ...]:
        """(hash of call_id, moment, place, kind, minutes, charge, reason but for repeats) of every row."""
        moment, seconds = numbers_of(batch["moment"]), numbers_of(batch["seconds"])
        place, kind = self._accounts.places(batch["caller"]), self._tree.classes(batch["callee"])
        price = self._prices[self._plan[place], kind]
        unread = pc.or_(pc.is_null(batch["moment"]), pc.is_null(batch["seconds"]))
        asked = (  # from the last to the first
            (Reason.NO_PRICE, (price < 0) & (seconds > 0)),
            (Reason.OTHER_MONTH, (moment < self._month.first) | (moment >= self._month.after)),
            (Reason.UNKNOWN_PLAN, ~self._known[place]),
            (Reason.UNKNOWN_ACCOUNT, place < 0),
            (Reason.BAD_ROW, unread.to_numpy(zero_copy_only=False)),
        )
        reason = np.zeros(place.size, np.int8)
        for why, failed in asked:
            reason[failed] = REASONS.index(why)
        minutes = np.where(reason == 0, (seconds + 59) // 60, 0)  # structural: a minute
        price = np.maximum(price, 0)
        charge = minutes * price
        # A repeat may cost more than 64 bits hold: it is not charged.
        charge[minutes.astype(np.float64) * price > _LARGEST] = np.iinfo(np.int64).max
        codes = kernel.codes(*text(batch["call_id"]))
        return codes, moment, place, kind, minutes.astype(np.int32), charge, reason


class _Accounts:
    """The numbers of the accounts, to be found fast."""

    def __init__(self, numbers: pa.Array) -> None:
        self._texts = text(numbers)
        self._codes = kernel.codes(*self._texts)
        self._slots = kernel.slots(self._codes)

    def places(self, callers: pa.Array) -> Any:
        texts = text(callers)
        return kernel.places(kernel.codes(*texts), texts, self._slots, self._codes, self._texts)


class _Tree:
    """The prefixes as a tree of their bytes; `names` are the classes."""

    def __init__(self, prefixes: pa.Table) -> None:
        coded = prefixes["class"].combine_chunks().dictionary_encode()
        words = [prefix.encode() for prefix in prefixes["prefix"].to_pylist()]
        alphabet = {letter: at for at, letter in enumerate(sorted(set(b"".join(words))))}
        nodes, kinds = _grown(words, coded.indices.to_pylist())
        self._nodes = np.full((len(nodes), max(1, len(alphabet))), kernel.NEVER, np.int32)
        for at, children in enumerate(nodes):
            for letter, child in children.items():
                self._nodes[at, alphabet[letter]] = child
        self._letters = np.full(_BYTE, kernel.NEVER, np.int16)
        self._letters[list(alphabet)] = list(alphabet.values())
        self._kinds, self.names = np.array(kinds, np.int32), coded.dictionary

    def classes(self, callees: pa.Array) -> Any:
        return kernel.classes(*text(callees), self._letters, self._nodes, self._kinds)


def _grown(words: list[bytes], kinds: list[int]) -> tuple[list[dict[int, int]], list[int]]:
    """(where each letter leads from each node, the kind of each node or NEVER)."""
    nodes: list[dict[int, int]] = [{}]
    found = [kernel.NEVER]
    for word, kind in zip(words, kinds, strict=True):
        node = 0
        for letter in word:
            if letter not in nodes[node]:
                nodes[node][letter] = len(nodes)
                nodes.append({})
                found.append(kernel.NEVER)
            node = nodes[node][letter]
        found[node] = kind
    return nodes, found
