"""Customers are told when a telephone line runs low, is used up, and is about to be stopped: once each (BIL-02, BIL-06)."""

from datetime import timedelta

import pytest

from onehall.foundation.notices.models import Notice
from onehall.runs.rate_calls import rate_calls
from onehall.runs.remind_balances import remind_balances
from tests.cast import Cast, dwelling, wang
from tests.telephone import LI_MIN, WANG, called, deliver, opened, paid_in


@pytest.mark.rule("BIL-02", "BIL-06")
def test_each_is_told_once_until_the_next_recharge(cast: Cast) -> None:
    clerk = cast.clerk()
    card = cast.registered(clerk, wang(phone="13812346021"))
    cast.pay(
        clerk, cast.basket(clerk, card.id, dwelling("dw", "1", "2", "502"), ("new_broadband", "bb20-year")).id
    )
    line, at = opened(clerk), cast.now
    paid_in(opened(clerk, WANG), "50.00", "2026-11-01")
    paid_in(line, "1.05", "2026-11-01")
    assert remind_balances(at=at) == 0

    def call(minutes: int, day: int) -> None:
        deliver([called(LI_MIN, f"2026-11-{day:02d} 10:00:00", 60 * minutes)], at=at)
        rate_calls(at=at + timedelta(minutes=day))

    call(1, 2)
    assert [remind_balances(at=at + timedelta(hours=n)) for n in (0, 1)] == [1, 0]
    call(6, 3)
    assert [remind_balances(at=at + timedelta(hours=n)) for n in (2, 3)] == [1, 0]
    assert [remind_balances(at=at + timedelta(days=n)) for n in (5, 6, 7)] == [0, 1, 0]
    told = Notice.objects.order_by("pk").values("kind", "text")
    assert [row["kind"] for row in told] == ["phone_low", "phone_out", "phone_stop"]
    assert "余额0.90元" in told[0]["text"]
    assert "2026-11-30停机" in told[1]["text"]
    assert "明天停机" in told[2]["text"]
    paid_in(line, "0.50", f"{at + timedelta(days=7):%Y-%m-%d %H:%M:%S}")
    assert [remind_balances(at=at + timedelta(days=8, hours=n)) for n in (0, 1)] == [1, 0]
