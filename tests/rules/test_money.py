"""Money is whole fen, is read as people type it, and is written as banks demand it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onehall.foundation.values.money import LARGEST_FEN, Money, NotAnAmount

DIGITS = {digit: value for value, digit in enumerate("零壹贰叁肆伍陆柒捌玖")}
UNITS = {"拾": 10, "佰": 100, "仟": 1000}


def _whole(written: str) -> int:
    """Reads formal numerals by cutting at the largest unit, which is not how they are written."""
    for name, unit in (("亿", 10**8), ("万", 10**4)):
        if name in written:
            high, low = written.rsplit(name, 1)
            return _whole(high) * unit + _whole(low)
    total, digit = 0, 0
    for sign in written:
        if sign in UNITS:
            total, digit = total + digit * UNITS[sign], 0
        else:
            digit = DIGITS[sign]
    return total + digit


def read_capitals(written: str) -> int:
    """Fen from formal numerals; written by the reader's side of the same public rule."""
    sign = -1 if written.startswith("负") else 1
    rest = written.removeprefix("负").removesuffix("整")
    yuan, _, rest = rest.partition("元") if "元" in rest else ("", "", rest)
    jiao, _, fen = rest.partition("角") if "角" in rest else ("", "", rest)
    last = fen.removesuffix("分").strip("零")
    return sign * (
        (_whole(yuan) if yuan else 0) * 100
        + (DIGITS[jiao.strip("零")] * 10 if jiao else 0)
        + (DIGITS[last] if last else 0)
    )


@pytest.mark.rule("RCP-06")
@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("1680.32", "壹仟陆佰捌拾元零叁角贰分"),
        ("107000.53", "壹拾万柒仟元零伍角叁分"),
        ("1409.50", "壹仟肆佰零玖元伍角整"),
        ("6007.14", "陆仟零柒元壹角肆分"),
        ("16409.02", "壹万陆仟肆佰零玖元零贰分"),
        ("325.04", "叁佰贰拾伍元零肆分"),
        ("560", "伍佰陆拾元整"),
        ("1286", "壹仟贰佰捌拾陆元整"),
        ("10", "壹拾元整"),
        ("0", "零元整"),
        ("0.05", "伍分"),
        ("0.50", "伍角整"),
        ("10001", "壹万零壹元整"),
        ("100005000", "壹亿零伍仟元整"),
        ("1000000010000", "壹万亿零壹万元整"),
        ("10000000000000", "壹拾万亿元整"),
        ("-5.01", "负伍元零壹分"),
    ],
)
def test_an_amount_is_written_out_as_banks_demand(typed: str, written: str) -> None:
    assert Money.yuan(typed).capitals == written


@pytest.mark.rule("RCP-06")
@given(st.integers(-LARGEST_FEN, LARGEST_FEN))
def test_every_amount_reads_back_from_its_capitals(fen: int) -> None:
    assert read_capitals(Money(fen).capitals) == fen


@pytest.mark.rule("RCP-06")
@given(st.lists(st.sampled_from([0, 0, 0, 1, 9]), min_size=1, max_size=15))
def test_amounts_full_of_zeros_read_back_and_never_double_a_zero(digits: list[int]) -> None:
    fen = int("".join(map(str, digits)))
    written = Money(fen).capitals
    assert read_capitals(written) == fen
    assert "零零" not in written
    assert written.endswith("分") == (fen % 10 != 0)


@pytest.mark.rule("LED-01")
@given(st.integers(-LARGEST_FEN, LARGEST_FEN))
def test_what_is_shown_can_be_typed_again(fen: int) -> None:
    assert Money.yuan(Money(fen).text) == Money(fen)


@pytest.mark.parametrize(
    ("typed", "fen"),
    [
        ("50.00", 5000),
        ("50", 5000),
        (" 50.5 ", 5050),
        ("1,286.00", 128600),
        ("１，２８６．０５", 128605),
        ("0.01", 1),
    ],
)
def test_amounts_are_read_as_people_type_them(typed: str, fen: int) -> None:
    assert Money.yuan(typed).fen == fen


@pytest.mark.parametrize(
    "typed", ["", "50.005", "12,86", "5e3", "五十", "٥", "1.", ".5", "--1", "1 286", "9" * 30, "nan", "50元"]
)
def test_what_is_not_an_amount_is_refused_with_a_sentence(typed: str) -> None:
    with pytest.raises(NotAnAmount) as refused:
        Money.yuan(typed)
    assert refused.value.status == 400
    assert "不是金额" in refused.value.sentence("zh")


@pytest.mark.rule("LED-01")
@pytest.mark.parametrize(
    "broken",
    [
        lambda: Money(0.1),
        lambda: Money(True),
        lambda: Money.yuan(50.0),
        lambda: Money(1) + 1,
        lambda: Money(1) - 0.5,
        lambda: Money(1) * 1.5,
        lambda: Money(1) < 2,
        lambda: sum([Money(1), Money(2)]),
    ],
)
def test_money_mixes_with_nothing_but_money(broken) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(TypeError):
        broken()


@given(st.lists(st.integers(-(10**9), 10**9)))
def test_a_total_is_the_sum_of_its_fen(amounts: list[int]) -> None:
    assert Money.total(Money(fen) for fen in amounts).fen == sum(amounts)


def test_money_compares_negates_and_multiplies() -> None:
    assert Money.yuan("1") < Money.yuan("1.01")
    assert -Money(5) == Money(-5) == Money.zero() - Money(5)
    assert 3 * Money(5) == Money(5) * 3 == Money(15)
    assert abs(Money(-5)) == Money(5)
    assert not Money.zero()
    assert f"{Money(-128600)}" == "-1,286.00"
