"""What may be typed for goods and money of others, and how long a service runs (CAT-11)."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onehall.contexts.goods import api as goods
from onehall.contexts.goods.rules import check_settlement
from onehall.foundation.values.ids import HallId, OrderId, SubscriptionId
from onehall.foundation.values.money import Money
from onehall.foundation.values.period import CHINA, Period
from onehall.foundation.values.text import Text

NOON = datetime(2026, 11, 23, 12, tzinfo=CHINA)
ZERO = Money.zero()
STATEMENT = goods.Statement(
    goods.Principal(1, "water", Text("水", "water"), "224111"), HallId(1), date(2026, 10, 1), opening=Money(500),
    collected=Money(9_000), given_back=Money(1_000), settled=ZERO, due=Money(8_500),
)  # fmt: skip


def imei(body: str) -> str:
    """The fourteen digits with the digit that checks them, worked out the other way round: by trying."""
    for last in "0123456789":
        digits = [int(sign) for sign in body + last]
        total = sum(digits[0::2]) + sum((0, 2, 4, 6, 8, 1, 3, 5, 7, 9)[digit] for digit in digits[1::2])
        if total % 10 == 0:
            return body + last
    raise AssertionError(body)


@pytest.mark.rule("CAT-11")
@given(st.text("0123456789", min_size=14, max_size=14), st.integers(1, 9))
def test_an_imei_is_known_by_its_last_digit(body: str, off: int) -> None:
    whole = imei(body)
    assert goods.serial_kept(f" {whole[:2]}-{whole[2:8]} {whole[8:]} ") == whole
    wrong = whole[:14] + str((int(whole[14]) + off) % 10)
    with pytest.raises(goods.GoodsRefused, match="校验") as refused:
        goods.serial_kept(wrong)
    assert refused.value.field == "serial"


@pytest.mark.rule("CAT-11")
def test_other_serials_are_capitals_and_digits() -> None:
    assert goods.serial_kept("sn-2026 0001x") == "SN20260001X"
    for odd in ("", "1234567", "A" * 21, "串号12345678", "12345678;"):
        with pytest.raises(goods.GoodsRefused):
            goods.serial_kept(odd)


@pytest.mark.rule("CAT-11")
def test_a_number_with_a_principal_and_the_sum_stay_within_bounds() -> None:
    assert goods.reference_kept(" 0301-2287 ") == "0301-2287"
    for odd in ("", "12", "1" * 31, "户号 3"):
        with pytest.raises(goods.GoodsRefused):
            goods.reference_kept(odd)
    goods.check_sum(Money(1), least=Money(1), most=Money(5))
    goods.check_sum(Money(5), least=Money(1), most=Money(5))
    for fen in (0, -1, 6):
        with pytest.raises(goods.GoodsRefused, match=r"0\.01 到 0\.05"):
            goods.check_sum(Money(fen), least=Money(1), most=Money(5))
    for months in (0, 13, -1):
        with pytest.raises(goods.GoodsRefused, match="1 到 12"):
            goods.check_months(months, most=12)


@pytest.mark.rule("CAT-11")
def test_a_service_begins_when_what_was_paid_before_ends() -> None:
    first = goods.AddOn(
        1, HallId(1), OrderId(1), SubscriptionId(1), "video", Period.months_from(NOON, 2), ended_at=None
    )
    assert goods.next_period([], months=1, at=NOON) == Period.months_from(NOON, 1)
    assert goods.next_period([first], months=1, at=NOON) == Period.months_from(first.period.end, 1)
    for over in (replace(first, ended_at=NOON), replace(first, period=Period(NOON - timedelta(2), NOON))):
        assert goods.next_period([over], months=1, at=NOON).start == NOON


@pytest.mark.rule("CAT-11", "LED-02")
def test_a_month_is_settled_when_it_is_over_at_the_sum_shown() -> None:
    assert STATEMENT.closing == Money(8_500)
    asked = {"shown": Money(8_500), "transfer": " 转  66 ", "today": date(2026, 11, 1)}
    assert check_settlement(STATEMENT, **asked) == "转 66"  # type: ignore[arg-type]
    for change, why in (
        ({"today": date(2026, 10, 31)}, "还没有过完"), ({"shown": Money(8_501)}, "85.00"), ({"transfer": " "}, "转账凭证号"),
    ):  # fmt: skip
        with pytest.raises(goods.SettlementRefused, match=why):
            check_settlement(STATEMENT, **{**asked, **change})  # type: ignore[arg-type]
    with pytest.raises(goods.SettlementRefused, match="没有要付"):
        check_settlement(replace(STATEMENT, due=ZERO), **{**asked, "shown": ZERO})  # type: ignore[arg-type]
