"""Ranges of papers: what is left of a lot, which stubs are due, and that each used number is written off once (RCP-01, RCP-02)."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onehall.contexts.numbers import api as numbers
from onehall.contexts.numbers.rules import (
    BookAt,
    check_spoilt,
    check_stubs,
    left_of,
    not_to_oneself,
    stubs_due,
)
from onehall.foundation.values.ids import BookId, CounterId, HallId, UserId

NOON = datetime(2026, 11, 23, 4, tzinfo=UTC)
FIRST = 20001


def book(next_: int, written_off: int | None = None) -> BookAt:
    cover = numbers.BookRange(
        id=BookId(1), kind="receipt", hall_id=HallId(1), counter_id=CounterId(3), prefix="S", first_number="S0020001",
        last_number="S0020050", next_number="", remaining=0,
    )  # fmt: skip
    return BookAt(cover, "S", FIRST, next_, 7, written_off, NOON)


def paper(turn: int, *, void: bool = False) -> numbers.Used:
    return numbers.Used(f"S{FIRST + turn:07d}", void=void)


@pytest.mark.rule("RCP-02", "RCP-01")
@given(st.lists(st.tuples(st.booleans(), st.booleans()), min_size=1, max_size=50))
def test_day_after_day_each_paper_is_written_off_once_and_none_is_left_out(
    papers: list[tuple[bool, bool]],
) -> None:
    """Of each paper: whether it is void, and whether the keeper looks through the stubs after it."""
    written, seen, voids = None, 0, 0
    for turn, (_, looks) in enumerate(papers):
        if not looks and turn + 1 < len(papers):
            continue
        used = [paper(n, void=void) for n, (void, _) in enumerate(papers[: turn + 1])]
        due = stubs_due(book(FIRST + len(papers), written), used)
        assert due is not None and not due.missing
        assert due.first == (FIRST if written is None else written + 1)
        assert due.last_number == paper(turn).number
        written, seen, voids = due.last, seen + due.stubs, voids + due.voids
    assert (seen, voids) == (len(papers), sum(void for void, _ in papers))
    assert stubs_due(book(FIRST + len(papers), written), [paper(n) for n in range(len(papers))]) is None


@pytest.mark.rule("RCP-02")
@given(st.sets(st.integers(0, 30), min_size=1))
def test_a_number_on_no_paper_is_named(turns: set[int]) -> None:
    due = stubs_due(book(FIRST + 31), [paper(turn) for turn in turns])
    assert due is not None and due.stubs == max(turns) + 1
    assert set(due.missing) == {paper(turn).number for turn in set(range(max(turns))) - turns}


@pytest.mark.rule("RCP-02")
@given(st.integers(0, 60), st.integers(0, 60), st.sampled_from(["", "  ", "缺 1 张存根，已报财务"]))
def test_a_difference_needs_its_reason(stubs: int, voids: int, reason: str) -> None:
    due = stubs_due(book(FIRST + 50), [paper(turn, void=turn < 3) for turn in range(50)])
    assert due is not None
    right = (stubs, voids) == (50, 3)
    if right or reason.strip():
        check_stubs(due, numbers.StubsSeen(stubs, voids, reason))
        return
    with pytest.raises(numbers.StubsDiffer) as told:
        check_stubs(due, numbers.StubsSeen(stubs, voids, reason))
    assert "应有存根 50 张、作废 3 份" in told.value.sentence("zh") and told.value.field == "reason_1"


@pytest.mark.rule("RCP-02")
def test_a_gap_needs_its_reason_though_the_count_is_right() -> None:
    due = stubs_due(book(FIRST + 3), [paper(0), paper(2)])
    assert due is not None and due.missing == ("S0020002",)
    with pytest.raises(numbers.StubsDiffer):
        check_stubs(due, numbers.StubsSeen(3, 0))


@pytest.mark.rule("RCP-02")
@given(st.lists(st.integers(1, 9), max_size=6), st.lists(st.booleans(), min_size=6, max_size=6))
def test_what_is_left_of_a_lot_and_what_halls_have_make_the_lot(widths: list[int], taken: list[bool]) -> None:
    parts, at = [], 100
    for width in widths:
        parts.append((at, at + width - 1))
        at += width
    gone = [part for part, has in zip(parts, taken, strict=False) if has]
    left = left_of(100, at + 3, gone)
    every = sorted(n for low, high in (*gone, *left) for n in range(low, high + 1))
    assert every == list(range(100, at + 4))


@pytest.mark.rule("RCP-01")
@pytest.mark.parametrize(
    ("present", "reason", "field"),
    [(2, "卡纸", "copies_present"), (4, "卡纸", "copies_present"), (3, " ", "reason")],
)
def test_a_spoilt_paper_has_its_reason_and_every_copy(present: int, reason: str, field: str) -> None:
    check_spoilt(copies=3, present=3, reason="卡纸")
    with pytest.raises(numbers.SpoiltRefused) as told:
        check_spoilt(copies=3, present=present, reason=reason)
    assert told.value.field == field


@pytest.mark.rule("RCP-02")
def test_nobody_hands_papers_to_himself() -> None:
    not_to_oneself(giver=UserId(1), taker=UserId(2), field="person")
    with pytest.raises(numbers.StockRefused):
        not_to_oneself(giver=UserId(1), taker=UserId(1), field="person")
