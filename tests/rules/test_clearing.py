"""A provider's file beside our charges: every difference found, and settling all of them brings the books to the file (PAY-03)."""

from collections import Counter
from datetime import UTC, date, datetime
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onehall.contexts.clearing.contracts import File, Found, Kind, Ours, Row, Verdict
from onehall.contexts.clearing.rules import SIGN, Key, compare, fee_of, shares
from onehall.foundation.values.ids import HallId
from onehall.foundation.values.money import Money

DAY, NEXT = date(2026, 11, 25), date(2026, 11, 26)
AT = datetime(2026, 11, 25, 4, 0, tzinfo=UTC)
RATE = 60
HALL = HallId(1)
fen = st.integers(1, 10_000_000).map(Money)
kinds = st.sampled_from([Kind.CHARGE, Kind.REFUND])


def row(kind: Kind, number: str, amount: Money, fee: Money | None = None) -> Row:
    usual = Money(SIGN[kind] * fee_of(amount, rate=RATE).fen)
    return Row(kind, number, f"42{number}", amount, usual if fee is None else fee, AT)


def ours(kind: Kind, number: str, amount: Money, day: date = DAY) -> Ours:
    return Ours(kind, number, HALL, amount, day)


def found(rows: list[Row], known: list[Ours], booked: dict[Key, Money] | None = None) -> list[Found]:
    file = File("wechat", DAY, "m-20261125", tuple(rows))
    return compare(file, ours=known, before={}, booked=booked or {}, rate=RATE)


TEN = Money.yuan("10.00")
FAULTS = [
    ([], [ours(Kind.CHARGE, "a", TEN)], Verdict.ONLY_OURS),
    ([], [ours(Kind.REFUND, "a", TEN)], Verdict.ONLY_OURS),
    ([row(Kind.CHARGE, "a", TEN)], [], Verdict.ONLY_THEIRS),
    ([row(Kind.REFUND, "a", TEN)], [ours(Kind.CHARGE, "b", TEN, NEXT)], Verdict.ONLY_THEIRS),
    ([row(Kind.CHARGE, "a", TEN + Money(1))], [ours(Kind.CHARGE, "a", TEN)], Verdict.AMOUNT),
    ([row(Kind.CHARGE, "a", TEN - Money(1))], [ours(Kind.CHARGE, "a", TEN)], Verdict.AMOUNT),
    ([row(Kind.CHARGE, "a", TEN)] * 2, [ours(Kind.CHARGE, "a", TEN)], Verdict.TWICE),
    ([row(Kind.CHARGE, "a", TEN)], [ours(Kind.CHARGE, "a", TEN, NEXT)], Verdict.DAY),
    ([row(Kind.CHARGE, "a", TEN, Money(7))], [ours(Kind.CHARGE, "a", TEN)], Verdict.FEE),
]  # fmt: skip


@pytest.mark.rule("PAY-03")
@pytest.mark.parametrize(("rows", "known", "verdict"), FAULTS)
def test_a_file_that_differs_by_a_row_a_fen_a_day_or_a_fee_is_found(
    rows: list[Row], known: list[Ours], verdict: Verdict
) -> None:
    named = [one.verdict for one in found(rows, known) if one.number == "a"]
    assert named == [verdict]


@pytest.mark.rule("PAY-03")
@given(st.lists(st.tuples(kinds, st.sampled_from("abcdef"), fen), unique_by=lambda one: one[:2]))
def test_a_file_that_says_what_we_say_differs_in_nothing(movements: list[tuple[Kind, str, Money]]) -> None:
    assert found([row(*one) for one in movements], [ours(*one) for one in movements]) == []


@pytest.mark.rule("PAY-03", "LED-02")
@given(
    st.lists(st.tuples(kinds, st.sampled_from("abcdef"), fen), unique_by=lambda one: one[:2]),
    st.lists(st.tuples(kinds, st.sampled_from("abcdef"), fen)),
)
def test_settling_every_difference_brings_the_books_to_the_file_fen_by_fen(
    held: list[tuple[Kind, str, Money]], said: list[tuple[Kind, str, Money]]
) -> None:
    rows, known = [row(*one) for one in said], [ours(*one) for one in held]
    booked = {(one.kind, one.number): one.theirs - one.ours for one in found(rows, known)}
    books = Counter({(kind, number): amount.fen for kind, number, amount in held})
    books.update({key: gap.fen for key, gap in booked.items()})
    theirs: Counter[Key] = Counter()
    for kind, number, amount in said:
        theirs[kind, number] += amount.fen
    assert +books == +theirs and min(books.values(), default=0) >= 0
    assert found(rows, known, booked) == []


@pytest.mark.rule("PAY-03")
@given(fen, st.integers(0, 500))
def test_a_fee_is_the_rate_rounded_half_up_to_the_fen(amount: Money, rate: int) -> None:
    exact = Fraction(amount.fen * rate, 10_000)
    assert -Fraction(1, 2) < exact - fee_of(amount, rate=rate).fen <= Fraction(1, 2) or (
        fee_of(amount, rate=rate).fen - exact == Fraction(1, 2)
    )
    assert (fee_of(Money(2500), rate=RATE), fee_of(Money(2491), rate=RATE)) == (Money(15), Money(15))


@pytest.mark.rule("LED-02")
@given(st.lists(st.tuples(st.sampled_from([1, 2, 3]), kinds, fen, st.integers(-500, 500))))
def test_what_the_provider_owes_is_shared_out_whole(rows: list[tuple[int, Kind, Money, int]]) -> None:
    due = shares([(HallId(hall), row(kind, "a", amount, Money(fee))) for hall, kind, amount, fee in rows])
    whole = sum((amount.fen if kind is Kind.CHARGE else -amount.fen) - fee for _, kind, amount, fee in rows)
    assert sum(share.fen for share in due.values()) == whole
    for hall in due:
        alone = [(one[1], one[2], one[3]) for one in rows if one[0] == hall]
        assert due[hall].fen == sum(SIGN[kind] * amount.fen - fee for kind, amount, fee in alone)
