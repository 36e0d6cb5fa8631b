"""Several screens in one hall: what one changes the others show at once, and nobody's typing is disturbed (WRK-11)."""

import pytest
from playwright.sync_api import expect

from onehall.contexts.orders import api as orders
from onehall.foundation.scopes import Scope
from onehall.journeys.hold_basket import hold_basket
from tests.browser.desk_room import DeskRoom, room

__all__ = ["room"]
pytestmark = pytest.mark.parts("chromium")

SOON = 30_000  # milliseconds; how soon it comes on a calm machine is not for a test to judge
"""Milliseconds; the rule says one second, the rest is for a test machine under load."""


@pytest.mark.rule("WRK-11")
def test_a_basket_at_one_counter_shows_at_the_other_within_a_second(room: DeskRoom) -> None:
    li_min, zheng = room.clerk(), room.clerk("0211")
    found = room.household(li_min, "徐立新")
    beside = room.page(zheng)
    box = beside.locator("[role=combobox]")
    box.fill("王")
    box.focus()
    mine = room.opened(li_min, found)
    mine.keyboard.press("1")
    expect(mine.locator(".due")).to_be_visible()
    row = beside.locator("tr", has_text="徐立新")
    expect(row).to_contain_text("办理中", timeout=SOON)
    mine.locator("[name=reason]").fill("去取身份证")
    mine.keyboard.press("F4")
    expect(row).to_contain_text("去取身份证", timeout=SOON)
    expect(row.get_by_role("button", name="继续")).to_be_visible()
    expect(box).to_have_value("王")
    expect(box).to_be_focused()


@pytest.mark.rule("WRK-11")
def test_a_payment_shows_on_the_clerks_other_window_and_in_the_drawer(room: DeskRoom) -> None:
    li_min = room.clerk()
    found = room.household(li_min, "何桂香")
    window = room.page(li_min)
    rows = window.locator("tr[data-row^=p]", has_text="何桂香")
    expect(rows).to_have_count(1)
    drawer = window.locator("#status").inner_text()
    mine = room.opened(li_min, found)
    mine.keyboard.press("1")
    expect(mine.locator(".due")).to_be_visible()
    mine.keyboard.press("F9")
    expect(mine.locator(".figures")).to_be_visible()
    expect(rows).to_have_count(2, timeout=SOON)
    expect(window.locator("#status")).not_to_have_text(drawer)


@pytest.mark.rule("WRK-11", "ORD-06")
def test_a_second_clerk_with_the_same_customer_sees_it_and_keeps_what_was_typed(room: DeskRoom) -> None:
    li_min, zheng = room.clerk(), room.clerk("0211")
    found = room.household(li_min, "胡凤兰")
    beside = room.opened(zheng, found)
    address = beside.locator("[name=address]")
    address.fill("馨苑 3-1-")
    address.focus()
    mine = room.opened(li_min, found)
    mine.keyboard.press("1")
    expect(mine.locator(".due")).to_be_visible()
    expect(beside.get_by_text("3 号台席正在为这位客户办理")).to_be_visible(timeout=SOON)
    expect(address).to_have_value("馨苑 3-1-")
    expect(address).to_be_focused()
    mine.keyboard.press("F9")
    expect(mine.locator(".figures")).to_be_visible()
    expect(beside.locator(".time")).to_contain_text("宽带20M包年 · ¥880.00", timeout=SOON)
    expect(beside.get_by_text("正在为这位客户办理")).to_be_hidden()
    expect(address).to_have_value("馨苑 3-1-")


@pytest.mark.rule("ORD-01", "ORD-06")
def test_a_held_basket_is_resumed_and_paid_at_another_counter(room: DeskRoom) -> None:
    li_min, zheng = room.clerk(), room.clerk("0211")
    found = room.household(li_min, "陈志强")
    basket = room.cast.basket(li_min, found.party_id, found.home, ("renewal", "bb20-year"))
    hold_basket(basket_id=basket.id, reason="忘带证件", by=li_min, at=room.cast.now)
    page = room.page(zheng)
    page.locator("tr", has_text="陈志强").get_by_role("button", name="继续").click()
    expect(page.get_by_text("为什么打开这位客户的资料")).to_be_visible()
    page.keyboard.press("1")
    expect(page.locator(".due")).to_have_text("¥880.00")
    page.keyboard.press("F9")
    expect(page.locator(".figures")).to_be_visible()
    settled = orders.basket(basket_id=basket.id, scope=Scope.operator())
    assert settled.state is orders.BasketState.SETTLED
    assert zheng.counter_id in [paid.counter for paid in room.payments(found)]
