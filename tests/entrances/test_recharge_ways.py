"""网上充值 By WeChat or by Alipay: shown, paid, booked once; late, doubled, refused, paid after it was given up (PAY-03)."""

import re
from uuid import uuid4

import pytest

from onehall.foundation.values.money import Money
from onehall.journeys.refund_charge import refund_charge
from onehall.readings.todos import todos
from tests.cast import count
from tests.entrances.recharges import FIFTY, Alipay, Portal, WeChat, agrees, portal
from tests.entrances.test_portal import OWN, home, said
from tests.telephone import left, opened

__all__ = ["home", "portal"]
pytestmark = pytest.mark.parametrize("portal", [WeChat.name, Alipay.name], indirect=True)


@pytest.mark.rule("PAY-03", "BIL-02", "LED-02", "LED-03")
def test_a_recharge_is_shown_as_a_code_paid_booked_once_and_every_book_agrees(portal: Portal) -> None:
    assert "10.00 到 2,000.00 元" in said(portal.home.get("/my/telephone"))
    assert portal.ask().headers["Location"] == f"/my/recharges/{portal.charges()[0].id}"
    waiting = portal.page()
    assert f"请用{portal.payer.words}扫码" in waiting and "<svg" in waiting and "every 2s" in waiting
    portal.pay()
    portal.clock(seconds=3)
    assert left() == FIFTY
    done = portal.page()
    assert "充值成功" in done and "50.00" in done and "XYW00000001" in done and "every 2s" not in done
    (paper,) = re.findall(r'href="(/v/[\w-]+)"', done)
    assert "XYW00000001" in said(portal.home.get(paper))
    portal.clock(seconds=3)
    assert left() == FIFTY and count("ledger_payment", "amount = 5000") == 1
    assert agrees()


@pytest.mark.rule("PAY-03")
def test_lost_doubled_and_late_answers_lead_to_one_recharge(portal: Portal) -> None:
    portal.ask()
    number = portal.charges()[0].number
    portal.pay()
    assert [portal.payer.tell(number) for _ in range(2)] == [portal.payer.thanks] * 2
    assert "正在入帐" in portal.page()
    assert "充值成功" in portal.press("query")
    portal.clock(minutes=1)
    assert left() == FIFTY and agrees()


@pytest.mark.rule("PAY-03")
def test_given_up_it_makes_room_and_nobody_pays_it_any_more(portal: Portal) -> None:
    portal.ask()
    assert "没有付，已经取消" in portal.press("cancellation")
    portal.ask("80")
    first = portal.charges()[1]
    assert (first.amount, portal.charges()[0].amount) == (Money.yuan("50.00"), Money.yuan("80.00"))
    portal.clock(minutes=9)
    assert "没有付，已经取消" in portal.page() and not portal.payer.paid()
    assert left() == 0 and agrees()


@pytest.mark.rule("PAY-03", "SEC-04")
def test_what_is_paid_after_it_was_given_up_waits_for_the_manager_and_goes_back(portal: Portal) -> None:
    portal.ask()
    number, late = portal.charges()[0].number, portal.payer
    portal.press("cancellation")
    late.reopen(number)
    late.pay(number)
    for _ in range(2):
        late.tell(number)
    portal.clock(seconds=3)
    assert left() == 0 and "已转营业厅经理" in portal.page() and agrees()
    portal.clock(minutes=30)
    manager = portal.cast.sign_in("0201")
    (todo,) = [
        one
        for one in todos(by=manager, at=portal.cast.now, limit=99, scope=manager.scope)
        if number in one.detail
    ]
    assert todo.kind == "charge"
    refund_charge(
        charge_id=portal.charges()[0].id, reason="过时才付", intent=uuid4(), by=manager, at=portal.cast.now
    )
    portal.clock(seconds=3)
    portal.clock(seconds=30)
    assert not late.paid() and left() == 0 and agrees()


@pytest.mark.rule("BIL-02", "PAY-03", "SEC-04")
def test_money_for_a_line_that_was_closed_meanwhile_goes_back_by_the_manager(portal: Portal) -> None:
    portal.ask()
    portal.pay()
    cast, manager = portal.cast, portal.cast.sign_in("0201")
    opened(manager, since=f"{cast.now:%Y-%m-%d} 00:00:00", closed=True)
    portal.clock(seconds=3)
    assert left() == 0 and "已转营业厅经理" in portal.page()
    portal.clock(minutes=30)
    manager = cast.sign_in("0201")
    assert [
        one
        for one in todos(by=manager, at=cast.now, limit=99, scope=manager.scope)
        if portal.charges()[0].number in one.detail
    ]
    refund_charge(
        charge_id=portal.charges()[0].id, reason="号码已销", intent=uuid4(), by=manager, at=cast.now
    )
    portal.clock(seconds=3)
    portal.clock(seconds=30)
    portal.home.sign_in(OWN)
    assert "已原路退回" in portal.page() and not portal.payer.paid() and agrees()


@pytest.mark.rule("PAY-03")
def test_what_the_provider_refuses_costs_nothing_and_makes_room(portal: Portal) -> None:
    portal.ask()
    portal.payer.refuse(portal.charges()[0].number)
    assert "没有付，已经取消" in portal.press("query") and not portal.payer.paid()
    portal.ask("80")
    portal.pay()
    assert "充值成功" in portal.press("query")
    assert left() == 800_000 and agrees()
