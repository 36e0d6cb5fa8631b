"""One formula for X and Z, a count that stays blind as long as the policy says, and a hand-in that holds (LAW-40, CSH-03)."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onehall.contexts.custody.contracts import CountRefused, EntryKind, Standing
from onehall.contexts.custody.rules import Told, check_hand_in, standing, told
from onehall.foundation.values.money import Money

fen = st.integers(0, 10**7).map(Money)
entry = st.one_of(
    st.tuples(st.just(EntryKind.SALE), fen, fen),
    st.tuples(st.sampled_from([EntryKind.REFUND, EntryKind.CASH_OUT]), st.just(Money(0)), fen),
    st.tuples(st.just(EntryKind.CASH_IN), fen, st.just(Money(0))),
)
shift = st.lists(entry, max_size=30)
PARTS = ("received", "change", "refunds", "put_in", "deposits", "sales", "reversals")


def delta(later: Standing, earlier: Standing) -> tuple[int, ...]:
    """What happened between two readings."""
    return tuple(
        int(getattr(getattr(later, part), "fen", getattr(later, part)))
        - int(getattr(getattr(earlier, part), "fen", getattr(earlier, part)))
        for part in PARTS
    )


@pytest.mark.rule("LAW-40")
@given(fen, shift, st.lists(st.integers(0, 30), max_size=6))
def test_z_is_the_last_x_and_the_sum_of_what_lay_between_them(
    opening: Money, entries: list[tuple[EntryKind, Money, Money]], looks: list[int]
) -> None:
    marks = sorted({0, len(entries), *(min(look, len(entries)) for look in looks)})
    readings = [standing("cash", opening, entries[:mark]) for mark in marks]
    z = standing("cash", opening, entries)
    assert readings[-1] == z
    between = [delta(later, earlier) for earlier, later in pairwise(readings)]
    assert (
        delta(z, standing("cash", opening, ())) == tuple(map(sum, zip(*between, strict=True))) or not between
    )
    moved = sum(received.fen - given.fen for _, received, given in entries)
    assert z.balance == opening + Money(moved)


@pytest.mark.rule("LAW-40")
def test_a_session_without_a_sale_stands_at_its_opening() -> None:
    z = standing("cash", Money.yuan("500"), ())
    assert (z.balance, z.sales, z.reversals) == (Money.yuan("500"), 0, 0)
    assert told(turn=1, difference=Money(0), blind_counts=2) is Told.AGREES
    check_hand_in(told=Told.AGREES, stale=False, reason="")


@pytest.mark.rule("LAW-40")
@given(st.integers(1, 9), st.integers(-(10**6), 10**6), st.integers(1, 5))
def test_a_difference_is_told_only_after_the_blind_counts(turn: int, short: int, blind: int) -> None:
    seen = told(turn=turn, difference=Money(short), blind_counts=blind)
    assert (seen is Told.AGREES) == (short == 0)
    assert (seen is Told.DIFFERS) == (short != 0 and turn >= blind)


@pytest.mark.rule("CSH-03", "LAW-40")
@pytest.mark.parametrize(
    ("seen", "stale", "reason", "words"),
    [
        (None, False, "少收一张", "还没有清点"),
        (Told.AGREES, True, "", "进出过钱"),
        (Told.COUNT_AGAIN, False, "少收一张", "没有复点"),
        (Told.DIFFERS, False, "  ", "写明原因"),
    ],
)
def test_a_hand_in_that_does_not_hold_says_what_to_do(
    seen: Told | None, stale: bool, reason: str, words: str
) -> None:
    with pytest.raises(CountRefused) as refused:
        check_hand_in(told=seen, stale=stale, reason=reason)
    assert words in refused.value.sentence("zh") and refused.value.alternative("en")
    check_hand_in(told=Told.DIFFERS, stale=False, reason="少收一张")
