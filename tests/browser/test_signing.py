"""The customer's display beside the desk: asked at one, signed or sent back at the other (ORD-02, ORD-14, LAW-32)."""

import pytest
from playwright.sync_api import Page, expect

from onehall.contexts.orders import api as orders
from onehall.foundation.documents.queries import document
from onehall.foundation.documents.signed import SIGNATURE
from onehall.foundation.scopes import Scope
from tests.browser.desk_room import DeskRoom, no_sideways, room

__all__ = ["room"]
pytestmark = pytest.mark.parts("chromium")


def scrawl(page: Page) -> None:
    """A name, drawn with the pen."""
    box = page.locator(".facing-sign canvas").bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 40, box["y"] + 40)
    page.mouse.down()
    for x, y in ((120, 90), (200, 40), (280, 100), (360, 50)):
        page.mouse.move(box["x"] + x, box["y"] + y, steps=4)
    page.mouse.up()


def signed(page: Page) -> bool:
    return bool(page.locator(".facing-sign input[name=strokes]").input_value())


@pytest.mark.rule("ORD-02", "ORD-14", "LAW-32")
def test_the_customer_checks_ticks_and_signs_on_the_display_what_the_desk_asks(room: DeskRoom) -> None:
    li_min = room.clerk()
    found = room.household(li_min, "宋建华")
    basket = room.cast.basket(li_min, found.party_id, found.home, ("renewal", "bb20-year"))
    desk = room.opened(li_min, found)
    display = room.page(li_min, "/desk/display")
    expect(display.locator("#main")).to_contain_text("880.00")
    desk.keyboard.press("F8")
    expect(desk.get_by_role("button", name="请客户在客户屏签名")).to_be_visible()
    desk.keyboard.press("d")
    expect(desk.locator("#signing")).to_contain_text("正在等客户签名")

    form = display.locator(".facing-sign")
    expect(form).to_contain_text("宋*华")
    expect(form).to_contain_text("880.00")
    for personal in ("宋建华", found.digits, f"{found.room.split('-')[-1]}室"):
        expect(form.locator("dd", has_text=personal).filter(has_not_text="*")).to_have_count(0)
    no_sideways(display)
    display.get_by_role("button", name="确认签名").click()
    expect(form.locator("[data-signed]")).to_have_text("！请先签名")
    scrawl(display)
    assert signed(display)
    form.get_by_role("button", name="重签").click()
    assert not signed(display)
    scrawl(display)
    display.get_by_role("button", name="确认签名").click()
    expect(display.locator("#refusal .notice")).to_contain_text("还没有勾选")
    assert signed(display), "nothing that was drawn is lost"
    form.locator("[name=terms]").check()
    display.get_by_role("button", name="确认签名").click()
    expect(display.locator("#main")).to_contain_text("已签名")
    expect(desk.locator("#centre")).to_contain_text("已经签名")

    kept = orders.signature(basket_id=basket.id, scope=Scope.operator())
    assert kept is not None and kept.document_id is not None
    paper = document(kept.document_id, scope=Scope.operator())
    assert "<path" in paper.content[SIGNATURE]["picture"]
    assert paper.content[SIGNATURE]["form_sha256"] == (kept.document_sha256 or b"").hex()


@pytest.mark.rule("ORD-02")
def test_what_the_customer_says_is_wrong_is_on_the_desk_at_once(room: DeskRoom) -> None:
    li_min = room.clerk()
    found = room.household(li_min, "唐美玲")
    room.cast.basket(li_min, found.party_id, found.home, ("renewal", "bb20-year"))
    display = room.page(li_min, "/desk/display")
    desk = room.opened(li_min, found)
    desk.keyboard.press("F7")
    expect(desk.locator("#centre h1")).to_contain_text("业务受理单")
    desk.keyboard.press("F8")
    expect(desk.get_by_role("button", name="请客户在客户屏签名")).to_be_visible()
    desk.keyboard.press("d")
    display.get_by_text("有不对的地方").click()
    display.get_by_role("button", name="金额不对").click()
    expect(display.locator("#main")).to_contain_text("已经告诉营业员")
    expect(desk.locator("#signing")).to_contain_text("客户在屏上说： 金额不对")
    desk.keyboard.press("Escape")
    expect(desk.locator("#signing-state")).to_contain_text("金额不对")
