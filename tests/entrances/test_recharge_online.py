"""网上充值 王建国 recharges his telephone from his own page: late, doubled, lost notices; two windows; a line closed meanwhile (PAY-03)."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from onehall.adapters.payment.simulator import Provider
from onehall.contexts.acquiring import api as acquiring
from onehall.contexts.custody import api as custody
from onehall.contexts.organisation.models import OnlineCounter
from onehall.contexts.voice import api as voice
from onehall.entrances.jobs.online import end_online_days, settle_recharges
from onehall.foundation.scopes import Actor
from onehall.foundation.values.money import Money
from onehall.foundation.values.period import day_of, local
from onehall.journeys.ask_charge import ask_charge
from onehall.journeys.recharge_line import recharge_line
from onehall.journeys.refund_charge import refund_charge
from onehall.readings.day_books import journal, three_way
from onehall.readings.match_days import match_days
from onehall.readings.todos import todos
from onehall.readings.verification import run_checks
from onehall.runs.see_to_charges import see_to_charges
from onehall.steps import charging
from onehall.steps.month_end import open_items
from tests.cast import count
from tests.entrances.telephones import connected
from tests.entrances.test_portal import OWN, Home, home, said
from tests.journeys.test_recharge_line import owner
from tests.telephone import ALL, left, opened

__all__ = ["home"]
FIFTY = 500_000


class Portal:
    """His telephone in his browser, and the clock of the hall."""

    def __init__(self, home: Home, line: voice.Line, provider: Provider) -> None:
        self.home, self.cast, self.line, self.provider = home, home.cast, line, provider
        home.sign_in()
        home.choose()

    def ask(self, amount: str = "50", intent: str = "", **other: Any) -> Any:
        form = {
            "line": self.line.id,
            "provider": "wechat",
            "amount": amount,
            "intent": intent or str(uuid4()),
        }
        return self.home.client.post("/my/recharges", {**form, **other})

    def charges(self) -> list[acquiring.Charge]:
        hall = OnlineCounter.objects.get(hall__code="xinyuan").hall_id
        return list(acquiring.charges_of_hall(hall, limit=9, scope=ALL))

    def press(self, step: str) -> str:
        at = f"/my/recharges/{self.charges()[0].id}"
        assert self.home.client.post(f"{at}/{step}").status_code == 303
        return self.page()

    def page(self) -> str:
        return said(self.home.get(f"/my/recharges/{self.charges()[0].id}"))

    def pay(self) -> None:
        self.provider.pay(self.charges()[0].number)

    def clock(self, **span: float) -> None:
        at = self.cast.later(**span)
        see_to_charges(acquirer_of=charging.acquirer, at=at)
        settle_recharges(at)
        end_online_days(at)


@pytest.fixture
def portal(home: Home, tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Portal]:
    line = opened(home.cast.clerk(drawer=False))
    with connected(home.cast, tmp_path / "acquirers", settings, monkeypatch) as provider:
        yield Portal(home, line, provider)


def agrees() -> bool:
    """Every check of the whole database."""
    return {one.check.title.zh for one in run_checks(scope=ALL) if one.faults} == set()


def clerk_of(portal: Portal) -> OnlineCounter:
    return OnlineCounter.objects.get(hall__code="xinyuan")


@pytest.mark.rule("PAY-03", "BIL-02", "LED-02", "LED-03")
def test_a_recharge_is_shown_as_a_code_paid_booked_once_and_every_book_agrees(portal: Portal) -> None:
    assert "10.00 到 2,000.00 元" in said(portal.home.get("/my/telephone"))
    assert portal.ask().headers["Location"] == f"/my/recharges/{portal.charges()[0].id}"
    waiting = portal.page()
    assert "请用微信支付扫码" in waiting and "<svg" in waiting and "every 2s" in waiting
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


@pytest.mark.rule("PAY-03")
def test_lost_doubled_and_late_answers_lead_to_one_recharge(portal: Portal) -> None:
    portal.ask()
    number = portal.charges()[0].number
    portal.pay()
    headers, body = portal.provider.notice(number)
    for _ in range(2):
        answer = Client().post(
            "/intake/charges/wechat", body, content_type="application/json", headers=headers
        )
        assert answer.status_code < 300, answer.content
    assert "正在入帐" in portal.page()
    assert "充值成功" in portal.press("query")
    portal.clock(minutes=1)
    assert left() == FIFTY and agrees()


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


@pytest.mark.rule("PAY-03")
def test_given_up_it_makes_room_and_nobody_pays_it_any_more(portal: Portal) -> None:
    portal.ask()
    assert "没有付，已经取消" in portal.press("cancellation")
    portal.ask("80")
    first = portal.charges()[1]
    assert (first.amount, portal.charges()[0].amount) == (Money.yuan("50.00"), Money.yuan("80.00"))
    portal.clock(minutes=9)
    assert "没有付，已经取消" in portal.page() and not portal.provider.paid()
    assert left() == 0 and agrees()


@pytest.mark.rule("PAY-03", "SEC-04")
def test_what_is_paid_after_it_was_given_up_waits_for_the_manager_and_goes_back(portal: Portal) -> None:
    portal.ask()
    number, late = portal.charges()[0].number, portal.provider
    portal.press("cancellation")
    late.orders[number].state = "NOTPAY"  # the close was lost at the provider's
    late.pay(number)
    headers, body = late.notice(number)
    for _ in range(2):
        Client().post("/intake/charges/wechat", body, content_type="application/json", headers=headers)
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
    assert "已原路退回" in portal.page() and not portal.provider.paid() and agrees()


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
