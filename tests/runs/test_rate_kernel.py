"""What the kernel does where hashes and portions meet: never another result (VOI-02)."""

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onehall.runs.rate_files import gathering, kernel

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
