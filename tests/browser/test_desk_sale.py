"""A sale with the keyboard alone, in strokes that are counted; money in large figures; a no that helps."""

import re
import time

import pytest
from playwright.sync_api import Page, Route, expect

from onehall.contexts.orders import api as orders
from onehall.foundation.scopes import Scope
from onehall.foundation.values.ids import BasketId
from tests.browser.desk_room import DeskRoom, Hands, room
from tests.cast import mobile, resident_id

__all__ = ["room"]
pytestmark = pytest.mark.parts("chromium")

RENEWAL_STROKES, INSTALLATION_STROKES = 10, 60


@pytest.mark.rule("ORD-01", "ORD-06", "CUS-04")
def test_a_renewal_for_a_known_customer_takes_ten_strokes_from_the_empty_desk(room: DeskRoom) -> None:
    li_min, zheng = room.clerk(), room.clerk("0211")
    found = room.household(zheng, "王建国")
    page = room.page(li_min)
    hands = Hands(page)
    hands.press("Control+k")
    hands.type(found.digits)
    expect(page.locator("[role=option]").first).to_contain_text("王建国")
    hands.press("Enter")
    expect(page.get_by_text("为什么打开这位客户的资料")).to_be_visible()
    hands.press("1")
    expect(page.locator("[name=choice]").first).to_contain_text("续费 宽带20M包年")
    hands.press("1")
    expect(page.locator(".due")).to_have_text("¥880.00")
    hands.press("F9")
    expect(page.locator(".figures")).to_contain_text("¥880.00")
    assert hands.strokes <= RENEWAL_STROKES, hands.strokes
    assert [paid.amount.text for paid in room.payments(found)] == ["880.00", "880.00"]


@pytest.mark.rule("ORD-01", "ORD-06")
def test_a_new_customer_gets_an_installation_in_sixty_strokes_and_one_payment(room: DeskRoom) -> None:
    li_min = room.clerk()
    page = room.page(li_min)
    hands = Hands(page)
    hands.press("1")
    expect(page.locator("[name=number]")).to_be_focused()
    for own, field in ((resident_id(), "name"), ("刘芳", "phone"), (mobile(), None)):
        hands.copy(own)
        hands.press("Enter")
        if field:
            expect(page.locator(f"[name={field}]")).to_be_focused()
    hands.press("Alt+1", "2", "F9")
    expect(page.locator("[name=address]")).to_be_focused()
    hands.copy(f"馨苑 {room.room()}")
    hands.press("Enter")
    year = page.locator("[name=choice]", has_text="新装宽带 宽带20M包年")
    hands.press(year.get_attribute("data-key") or "")
    expect(page.locator("[name=received]")).to_be_focused()
    visit = page.locator("[name=choice]", has_text="路由器")
    hands.press(f"Alt+{visit.get_attribute('data-key')}")
    expect(page.locator(".due")).to_have_text("¥910.00")
    expect(page.locator("[name=received]")).to_be_focused()
    hands.type("1000")
    expect(page.locator("[data-change]")).to_have_text("¥90.00")
    hands.press("F9")
    expect(page.get_by_text("初始密码")).to_be_visible()
    assert hands.strokes <= INSTALLATION_STROKES, hands.strokes
    basket = int(re.findall(r"/baskets/(\d+)/", page.url)[0])
    sold = orders.orders_of_basket(basket_id=BasketId(basket), scope=Scope.operator())
    assert [order.business for order in sold] == ["new_broadband", "router_setup"]


@pytest.mark.rule("PAY-02")
def test_due_and_change_are_the_largest_figures_and_are_called_out(room: DeskRoom) -> None:
    li_min = room.clerk()
    page = room.opened(li_min, room.household(li_min))
    page.keyboard.press("1")
    expect(page.locator("[name=received]")).to_be_focused()
    page.keyboard.type("1000")
    expect(page.locator("[data-change]")).to_have_text("¥120.00")
    expect(page.locator("[data-change-script]")).to_have_text("“收您一千元，找您一百二十元，请核对。”")
    assert size(page, ".due") >= 36
    page.keyboard.press("F9")
    expect(page.locator(".figures .change")).to_have_text("¥120.00")
    expect(page.locator(".script.large")).to_contain_text("收您 1,000.00 元，找您 120.00 元")
    assert size(page, ".figures .change") >= 36


def size(page: Page, selector: str) -> float:
    """Height of the letters in pixels."""
    return float(page.locator(selector).first.evaluate("one => parseFloat(getComputedStyle(one).fontSize)"))


@pytest.mark.rule("ORD-05", "CHG-02", "ADR-07", "CAT-02")
def test_what_is_not_allowed_is_in_sight_with_its_reason_rule_and_alternative(room: DeskRoom) -> None:
    li_min = room.clerk()
    page = room.opened(li_min, room.household(li_min))
    for words, rule, instead in (
        ("新装宽带", "ADR-07", "请改办续费"),
        ("续费：其他档次", "CAT-02", "可按原速率续费"),
        ("拆机", "CHG-02", "可以登记到期拆机"),
    ):
        grey = page.locator(".act[aria-disabled]", has_text=words).first
        expect(grey).to_contain_text(instead)
        expect(grey.locator(".rule")).to_have_text(rule)


@pytest.mark.rule("ORD-05", "CSH-01")
def test_without_an_open_drawer_nothing_is_taken_and_the_screen_says_what_to_do(room: DeskRoom) -> None:
    wu_qian = room.clerk("0215", drawer=False)
    found = room.household(room.clerk())
    page = room.opened(wu_qian, found)
    page.keyboard.press("1")
    expect(page.locator("#till")).to_contain_text("钱箱还没有开")
    page.keyboard.press("F9")
    no = page.locator("#refusal .notice")
    expect(no).to_be_visible()
    expect(no.locator(".rule")).to_have_text("CSH-01")
    assert len(room.payments(found)) == 1


@pytest.mark.rule("FEE-02", "ORD-01")
def test_points_are_counted_up_and_down_with_plus_and_minus(room: DeskRoom) -> None:
    li_min = room.clerk()
    page = room.opened(li_min, room.household(li_min))
    point = page.locator("[name=choice]", has_text="加信息点")
    page.keyboard.press(point.get_attribute("data-key") or "")
    expect(page.locator(".due")).to_have_text("¥30.00")
    page.keyboard.press("+")
    expect(page.locator(".due")).to_have_text("¥60.00")
    expect(page.locator(".items")).to_contain_text("加信息点 ×2")
    expect(page.locator("[name=received]")).to_have_value("")
    page.keyboard.press("-")
    expect(page.locator(".due")).to_have_text("¥30.00")


@pytest.mark.rule("PAY-02", "ORD-13")
def test_f9_pressed_twice_makes_one_payment(room: DeskRoom) -> None:
    li_min = room.clerk()
    found = room.household(li_min)
    page = room.opened(li_min, found)
    page.keyboard.press("1")
    expect(page.locator(".due")).to_be_visible()
    page.keyboard.press("F9")
    page.keyboard.press("F9")
    expect(page.locator(".figures")).to_be_visible()
    assert len(room.payments(found)) == 2


@pytest.mark.rule("PAY-02", "ORD-13")
def test_a_lost_answer_is_retried_and_brings_the_same_receipt(room: DeskRoom) -> None:
    li_min = room.clerk()
    found = room.household(li_min)
    page = room.opened(li_min, found)

    def lose(route: Route) -> None:
        route.fetch()
        route.abort()

    page.route("**/payment", lose)
    page.reload()  # a page that is already open may still send past the new route
    page.keyboard.press("1")
    expect(page.locator(".due")).to_be_visible()
    page.keyboard.press("F9")
    expect(page.get_by_role("alert")).to_contain_text("网络断了")
    assert len(room.payments(found)) == 2
    page.wait_for_timeout(700)  # the other screens have been told meanwhile; this one keeps its form
    page.unroute("**/payment")
    page.get_by_role("button", name="重试").click()
    expect(page.locator(".figures")).to_be_visible()
    newest = max(room.payments(found), key=lambda paid: paid.id)
    assert f"/baskets/{newest.basket}/" in page.url
    assert len(room.payments(found)) == 2


@pytest.mark.rule("ORD-13")
def test_on_a_slow_network_buttons_rest_and_nothing_happens_twice(room: DeskRoom) -> None:
    li_min = room.clerk()
    found = room.household(li_min)
    page = room.opened(li_min, found)
    line = page.context.new_cdp_session(page)
    line.send(
        "Network.emulateNetworkConditions",
        {"offline": False, "latency": 800, "downloadThroughput": -1, "uploadThroughput": -1},
    )
    page.keyboard.press("1")
    page.keyboard.press("1")
    began = time.monotonic()
    expect(page.locator("[name=choice]").first).to_be_disabled()
    expect(page.locator(".due")).to_have_text("¥880.00")
    page.keyboard.press("F9")
    expect(page.get_by_role("button", name="收款并打印")).to_be_disabled()
    page.keyboard.press("F9")
    expect(page.locator(".figures")).to_be_visible()
    assert time.monotonic() - began < 12
    assert len(room.payments(found)) == 2
