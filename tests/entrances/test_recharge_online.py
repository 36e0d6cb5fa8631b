"""网上充值 王建国 recharges his telephone from his own page: the day of the online counter, two windows, sums and lines that cannot be (PAY-03)."""

from uuid import uuid4

import pytest

from onehall.contexts.acquiring import api as acquiring
from onehall.contexts.custody import api as custody
from onehall.contexts.organisation.models import OnlineCounter
from onehall.foundation.scopes import Actor
from onehall.foundation.values.money import Money
from onehall.foundation.values.period import day_of, local
from onehall.journeys.ask_charge import ask_charge
from onehall.journeys.recharge_line import recharge_line
from onehall.readings.day_books import journal, three_way
from onehall.readings.match_days import match_days
from onehall.steps.month_end import open_items
from tests.cast import count
from tests.entrances.recharges import FIFTY, Portal, agrees, clerk_of, portal
from tests.entrances.telephones import browser_of
from tests.entrances.test_portal import OWN, Home, home, said
from tests.journeys.test_recharge_line import owner
from tests.journeys.test_reversal import WHY, agreed
from tests.telephone import ALL, left, opened

__all__ = ["home", "portal"]


@pytest.mark.rule("CSH-02", "CSH-03", "LED-02")
def test_the_online_counter_stands_in_the_day_like_any_other_and_closes_by_itself(portal: Portal) -> None:
    portal.ask()
    portal.pay()
    portal.clock(seconds=3)
    where, day = clerk_of(portal), day_of(local(portal.cast.now).date())
    (line,) = [one for one in three_way(hall=where.hall_id, span=day, scope=ALL) if one.counter == "90"]
    assert (line.account, line.cash, line.stubs) == (Money.yuan("50.00"),) * 3
    told = journal(hall=where.hall_id, by=where.clerk_id, span=day, scope=ALL)
    assert [(one.means, one.amount, one.receipt) for one in told] == [
        ("wechat", Money.yuan("50.00"), "XYW00000001")
    ]
    assert all(one.agrees for one in match_days(hall=where.hall_id, span=day, scope=ALL))
    (drawer,) = [one for one in custody.open_drawers(scope=ALL) if one.cashless]
    portal.clock(days=1)
    closed = custody.drawer(drawer.id, scope=ALL)
    assert closed.closed_at is not None and closed.confirmed_by == where.clerk_id
    left_over = open_items(hall=where.hall_id, span=day, bank_days=3, at=portal.cast.now, scope=ALL)
    assert not [one for one in left_over if f" {drawer.id} " in one.words.zh]
    portal.home.sign_in(OWN)
    portal.ask("20")
    portal.pay()
    portal.clock(seconds=3)
    assert left() == FIFTY + 200_000 and agrees()


@pytest.mark.rule("PAY-03", "ORD-13")
def test_pressed_twice_or_in_two_windows_it_is_one_recharge(portal: Portal) -> None:
    intent = str(uuid4())
    assert portal.ask(intent=intent).headers["Location"] == portal.ask(intent=intent).headers["Location"]
    other = portal.ask("80")
    assert (
        other.headers["Location"] == f"/my/recharges/{portal.charges()[0].id}" and len(portal.charges()) == 1
    )
    assert "有一笔充值还没有完成" in said(portal.home.get("/my/telephone"))
    portal.pay()
    assert "充值成功" in portal.press("query") and "充值成功" in portal.press("query")
    assert left() == FIFTY and agrees()


@pytest.mark.rule("PAY-03", "LED-01")
@pytest.mark.parametrize(
    ("typed", "told"),
    [("9.99", "一次充值 10.00"), ("十块", "不是金额"), ("", "不是金额"), ("2000.01", "一次充值")],
)
def test_a_sum_that_cannot_be_is_refused_and_stays_as_typed(portal: Portal, typed: str, told: str) -> None:
    answer = portal.ask(typed)
    assert answer.status_code >= 400 and told in said(answer) and f'value="{typed}"' in said(answer)
    assert portal.charges() == []


@pytest.mark.rule("CAT-06", "PAY-03")
def test_lines_and_halls_that_are_not_served_online_say_so(portal: Portal) -> None:
    by = portal.cast.clerk(drawer=False)
    today = f"{portal.cast.now:%Y-%m-%d} 00:00:00"
    opened(by, since=today, partner="unicom")
    assert "68000001 只能在营业厅缴费" in said(portal.home.get("/my/telephone"))
    assert portal.ask().status_code == 409 and count("acquiring_charge") == 0
    opened(by, since=today)
    OnlineCounter.objects.all().delete()
    page = said(portal.home.get("/my/telephone"))
    assert "没有开通网上充值" in page and 'action="/my/recharges"' not in page
    assert portal.ask().status_code == 409 and count("acquiring_charge") == 0


@pytest.mark.rule("SEC-08", "SEC-10")
def test_nobody_signs_in_as_the_online_clerk_or_at_its_counter_and_others_see_no_recharge_of_his(
    portal: Portal,
) -> None:
    where, browser = clerk_of(portal), portal.home.client
    for staff, place in (("9001", f"{where.hall_id}"), ("0213", f"{where.hall_id}-{where.counter_id}")):
        sent = browser.post("/sign-in", {"staff_no": staff, "password": "onehall-demo", "place": place})
        assert sent.status_code in (401, 404), staff
    assert f"{where.hall_id}-{where.counter_id}" not in said(browser.get("/sign-in"))
    portal.ask()
    other = Home(portal.cast, "203.0.113.77")
    assert other.get(f"/my/recharges/{portal.charges()[0].id}").headers["Location"] == "/my/sign-in"
    assert portal.ask(line=10**12).status_code == 404


@pytest.mark.rule("PAY-03", "SEC-10")
def test_a_charge_of_the_desk_is_no_recharge_of_the_page(portal: Portal) -> None:
    from_desk = portal.cast.clerk(drawer=False)
    basket = _at_the_desk(portal, from_desk)
    for number in (basket, 999_999_999, "9" * 30):
        assert portal.home.get(f"/my/recharges/{number}").status_code == 404
        for step in ("query", "cancellation"):
            assert portal.home.client.post(f"/my/recharges/{number}/{step}").status_code == 404


def _at_the_desk(portal: Portal, clerk: Actor) -> int:
    """A charge of the same customer at counter 3."""
    basket = recharge_line(
        party_id=owner(portal.line), line_id=portal.line.id, amount=Money.yuan("50"), intent=uuid4(), by=clerk, at=portal.cast.now
    )  # fmt: skip
    charge, _ = ask_charge(
        basket_id=basket.id, provider=acquiring.Provider.WECHAT, way=acquiring.Way.SHOWN, amount=None, intent=uuid4(), by=clerk,
        at=portal.cast.now,
    )  # fmt: skip
    return charge.id


@pytest.mark.rule("RCP-01", "SEC-04")
def test_the_desk_reverses_it_without_asking_for_paper_that_never_was(portal: Portal) -> None:
    portal.ask()
    portal.pay()
    portal.clock(seconds=3)
    portal.cast.later(days=1)
    clerk, payment = portal.cast.clerk("0211", "4"), portal.charges()[0].payment
    assert payment is not None
    number, browser = agreed(portal.cast, payment, clerk), browser_of(portal.cast, clerk)
    address = f"/desk/payments/{payment}/reversal"
    page = said(browser.get(address))
    assert "电子凭证没有纸联" in page and 'name="copies" value="0"' in page
    form = {"approval": number, "reason": WHY, "copies": "0", "intent": str(uuid4())}
    assert "已冲销" in said(browser.post(address, form))
    assert left() == 0 and agrees()
