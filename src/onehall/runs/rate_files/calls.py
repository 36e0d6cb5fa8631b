"""The calls, made comparable: moments and seconds as whole numbers, null where they cannot be read."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from onehall.contexts.rating.api import LONGEST, whole_seconds
from onehall.runs.rate_files import texts

COLUMNS = ("call_id", "start", "caller", "callee", "seconds")
SCHEMA = pa.schema(
    [
        ("line", pa.int64()),
        ("call_id", pa.string()),
        ("moment", pa.int64()),
        ("caller", pa.string()),
        ("callee", pa.string()),
        ("seconds", pa.int64()),
    ]
)
"""Calls as engines read them; moment and seconds are null in a row that is `bad_row`."""

_SHAPE = np.frombuffer(b"0000-00-00 00:00:00", np.uint8)
_IS_DIGIT = np.equal(_SHAPE, ord("0"))
_DIGITS, _MARKS = np.flatnonzero(_IS_DIGIT), np.flatnonzero(~_IS_DIGIT)


def batches(path: Path) -> Iterator[pa.RecordBatch]:
    """The calls of a file in its order, as SCHEMA says. Raises FileUnusable."""
    for batch in texts.ahead(texts.batches(path, COLUMNS, exact=("start", "seconds"))):
        line, call_id, start, caller, callee, seconds = batch.columns
        yield pa.record_batch(
            [line, call_id, moments(start), caller, callee, lengths(seconds)],
            schema=SCHEMA,
        )


def stage(path: Path, staged: Path) -> None:
    """The calls of a file as Parquet, which every engine reads fast."""
    # Read once and thrown away: compressing it and looking for what repeats took longer than all it saved.
    with pq.ParquetWriter(
        staged, SCHEMA, compression="none", use_dictionary=False, write_statistics=False
    ) as writer:
        for batch in batches(path):
            writer.write_batch(batch)


# structural: marks and digits of a moment
def moments(starts: pa.Array) -> pa.Array:
    """Each text as seconds since 1970 of the wall clock, null where it is none: `moment` of the rules, for many at once."""
    if pa.types.is_timestamp(starts.type):
        seconds = pc.cast(starts, pa.timestamp("s"), safe=False)
        whole = pc.equal(pc.cast(seconds, starts.type), starts)
        return pc.if_else(whole, pc.cast(seconds, pa.int64()), pa.scalar(None, pa.int64()))
    sized = np.asarray(pc.equal(pc.binary_length(starts), _SHAPE.size), bool)
    filler = pa.scalar(_SHAPE.tobytes().decode())
    padded = pc.if_else(pa.array(sized), starts, filler)
    offsets = np.frombuffer(padded.buffers()[1], np.int32)[padded.offset :]
    text = np.frombuffer(padded.buffers()[2], np.uint8)[offsets[0] :][: _SHAPE.size * len(padded)]
    text = text.reshape(-1, _SHAPE.size)
    digits = text[:, _DIGITS].astype(np.int64) - ord("0")
    shaped = sized & (text[:, _MARKS] == _SHAPE[_MARKS]).all(1) & ((digits >= 0) & (digits <= 9)).all(1)
    seconds, real = _since_1970(digits)
    return pa.array(seconds, mask=~(shaped & real))


# structural: the calendar and the clock
def _since_1970(digits: npt.NDArray[np.int64]) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.bool_]]:
    """Seconds of rows of fourteen digits, and which rows are moments of the calendar."""
    century, year, month, day, hour, minute, second = (
        digits[:, at] * 10 + digits[:, at + 1] for at in range(0, digits.shape[1], 2)
    )
    year = century * 100 + year
    months = (year - 1970) * 12 + month - 1
    first = months.astype("datetime64[M]").astype("datetime64[D]").astype(np.int64)
    after = (months + 1).astype("datetime64[M]").astype("datetime64[D]").astype(np.int64)
    real = (year > 0) & (month >= 1) & (month <= 12) & (day >= 1) & (day <= after - first)
    real &= (hour < 24) & (minute < 60) & (second < 60)
    return (((first + day - 1) * 24 + hour) * 60 + minute) * 60 + second, real


def lengths(seconds: pa.Array) -> pa.Array:
    """Each text as whole seconds, null where it is none: `whole_seconds` of the rules; calls are of few lengths."""
    if pa.types.is_integer(seconds.type):
        wide = pc.cast(seconds, pa.int64(), safe=False)
        fits = pc.and_(pc.greater_equal(wide, 0), pc.less_equal(wide, LONGEST))
        return pc.if_else(fits, wide, pa.scalar(None, pa.int64()))
    known = seconds.dictionary_encode()
    return pa.array([whole_seconds(text) for text in known.dictionary.to_pylist()], pa.int64()).take(
        known.indices
    )
