"""A float is counted piece by piece, and a difference is never silent."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onehall.contexts.custody.contracts import FloatDiffers, NotADenomination, Standing
from onehall.contexts.custody.rules import NoNote, check_float, check_refused, count_total
from onehall.foundation.values.money import COINS_AND_NOTES, NOTES, Money

counts = st.dictionaries(st.sampled_from([piece.fen for piece in COINS_AND_NOTES]), st.integers(0, 500))
fen = st.integers(0, 10**8).map(Money)


@pytest.mark.rule("CSH-01")
@given(counts)
def test_a_count_is_worth_its_pieces(counted: dict[int, int]) -> None:
    one_by_one = Money.total(Money(piece) for piece, count in counted.items() for _ in range(count))
    assert count_total(counted) == one_by_one


@pytest.mark.rule("CSH-01")
@pytest.mark.parametrize("counted", [{300: 1}, {10_000: -1}, {0: 1}, {10_000: 100_001}])
def test_a_note_that_does_not_exist_is_not_counted(counted: dict[int, int]) -> None:
    with pytest.raises(NotADenomination):
        count_total(counted)


@given(fen, fen)
def test_a_float_that_differs_needs_its_reason(expected: Money, counted: Money) -> None:
    check_float(expected=expected, counted=counted, remark="昨日少留一张")
    if expected == counted:
        check_float(expected=expected, counted=counted, remark="")
        return
    with pytest.raises(FloatDiffers) as refused:
        check_float(expected=expected, counted=counted, remark="  ")
    assert abs(expected - counted).text in refused.value.sentence("zh")


@pytest.mark.rule("LAW-40")
@given(st.tuples(fen, fen, fen, fen, fen, fen))
def test_a_balance_is_what_came_less_what_went(parts: tuple[Money, ...]) -> None:
    opening, received, change, refunds, put_in, deposits = parts
    standing = Standing("cash", opening, received, change, refunds, put_in, deposits)
    assert standing.balance + change + refunds + deposits == opening + received + put_in


@pytest.mark.rule("LAW-02")
@given(st.integers(-1, 20_000), st.integers(-3, 200), st.text(max_size=25))
def test_a_refused_note_is_one_that_exists_and_its_number_is_figures(
    piece: int, pieces: int, mark: str
) -> None:
    fits = piece in {note.fen for note in NOTES} and 0 < pieces <= 100
    written = "".join(mark.split()).upper()
    plain = len(written) <= 20 and (not written or (written.isascii() and written.isalnum()))
    if fits and plain:
        assert check_refused(piece=piece, pieces=pieces, mark=mark) == written
    else:
        with pytest.raises(NoNote):
            check_refused(piece=piece, pieces=pieces, mark=mark)
