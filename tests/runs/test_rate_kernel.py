"""What the kernel does where hashes and portions meet: never another result (VOI-02)."""

from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onehall.contexts.rating.api import month
from onehall.runs.rate_files import compiled, duck, gathering, kernel, texts
from onehall.runs.rate_files.rating import rate
from tests import rating_room as room

WORDS = st.lists(st.text("01a", max_size=3), max_size=40)


def hashes(words, likeness):
    """The words' own hashes, or few different ones, or one: what should never happen, and must change nothing."""
    own = kernel.codes(*gathering.text(pa.array(words, pa.string())))
    return {"own": own, "few": own & np.uint64(1), "one": own & np.uint64(0)}[likeness]


@pytest.mark.rule("VOI-02")
@settings(deadline=None)  # the first call compiles
@given(
    words=WORDS,
    flags=st.lists(st.booleans(), min_size=40, max_size=40),
    likeness=st.sampled_from(["own", "few", "one"]),
)
def test_a_repeat_is_what_a_good_row_before_was_named_whatever_the_hashes_say(words, flags, likeness):
    good = np.array(flags[: len(words)], np.bool_)
    texts = gathering.text(pa.array(words, pa.large_string()))
    found = kernel.repeats(hashes(words, likeness), good, *texts)
    before: set[str] = set()
    for at, word in enumerate(words):
        assert found[at] == (flags[at] and word in before)
        if flags[at]:
            before.add(word)


@pytest.mark.rule("VOI-02")
@settings(deadline=None)  # the first call compiles
@given(
    words=WORDS,
    known=WORDS.map(lambda some: list(dict.fromkeys(some))),
    likeness=st.sampled_from(["own", "few", "one"]),
)
def test_a_caller_has_the_account_of_its_number_and_of_no_other(words, known, likeness):
    codes = hashes(known, likeness)
    texts, numbers = (gathering.text(pa.array(some, pa.string())) for some in (words, known))
    found = kernel.places(hashes(words, likeness), texts, kernel.slots(codes), codes, numbers)
    assert found.tolist() == [known.index(word) if word in known else kernel.NEVER for word in words]


@pytest.mark.rule("VOI-02")
@settings(deadline=None)  # the first call compiles
@given(parts=st.lists(WORDS, max_size=6), begin=st.integers(0, 3))
def test_texts_come_together_as_they_were_from_slices_too(parts, begin):
    kept = gathering.Texts()
    for words in parts:
        kept.add(pa.array(words, pa.string())[begin:])
    assert kept.whole().to_pylist() == [word for words in parts for word in words[begin:]]


TOPPED_UP = st.lists(
    st.tuples(st.sampled_from(room.EVERYBODY), st.integers(1, 31), st.integers(1, 900)), max_size=8
).map(lambda some: [(f"T{n}", who[0], f"2026-10-{day:02d} 12:00:00", f"{yuan}.00") for n, (who, day, yuan) in enumerate(some)])  # fmt: skip
RESULTS = ("rated.csv", "accounts.csv", "suspense.csv", "summary.json")


@pytest.mark.rule("VOI-02")
@settings(max_examples=8, deadline=None)
@given(calls=room.calls, topups=TOPPED_UP)
def test_however_few_are_rated_at_once_the_results_are_the_same(
    calls: list[tuple[str, ...]], topups: list[tuple[str, ...]]
) -> None:
    with TemporaryDirectory() as name, pytest.MonkeyPatch.context() as patch:
        folder = Path(name)
        files = room.desk(folder / "in", calls, room.EVERYBODY)
        paid = room.write_csv(folder / "topups.csv", ("topup_id", "number", "at", "amount_yuan"), topups)
        wanted = (
            ("duckdb", files, RESULTS),
            ("kernel", files, RESULTS),
            ("kernel", replace(files, topups=paid), (*RESULTS, "exhausted.csv")),
        )

        def written(at_once: str) -> list[bytes]:
            found = []
            for number, (engine, given_files, names) in enumerate(wanted):
                out = folder / at_once / str(number)
                rate(given_files, month=month("2026-10"), out=out, engine=engine)
                found += [(out / one).read_bytes() for one in names]
            return found

        whole = written("all")
        for module, size in ((texts, "ROWS"), (compiled, "PORTION"), (duck, "AT_ONCE"), (duck, "PORTION")):
            patch.setattr(module, size, 2)
        assert written("few") == whole
