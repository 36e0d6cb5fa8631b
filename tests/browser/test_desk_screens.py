"""Every page of the desk on both sizes, in both languages and themes: nothing beyond the edge, focus in sight, light to load."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from onehall.foundation.scopes import Actor
from tests.browser.conftest import DESK, PHONE
from tests.browser.desk_room import DeskRoom, Household, no_sideways, room

__all__ = ["room"]
pytestmark = pytest.mark.parts("chromium")

LONG = "阿不都热合曼·阿不力米提·买买提江·吐尔逊·艾合买提·肉孜·库尔班江·玉素甫·依明·喀迪尔·热杰甫·艾山·㛃𠮷"
WEIGHT = 150_000


def pages(room: DeskRoom, by: Actor, found: Household) -> list[str]:
    """One address for every kind of page."""
    paid = room.payments(found)[0]
    line = f"/desk/customers/{found.party_id}?home={found.home}"
    return [
        "/desk/", "/desk/help", "/desk/drawer", "/desk/customers/new", line, f"/desk/premises/{room.person(by).home}",
        f"/desk/baskets/{paid.basket}/payment", f"/desk/payments/{paid.id}/void",
    ]  # fmt: skip


@pytest.mark.parametrize("size", [DESK, PHONE])
@pytest.mark.parametrize(("lang", "theme"), [("zh", "light"), ("en", "dark")])
def test_no_page_is_wider_than_its_screen(
    room: DeskRoom, size: tuple[int, int], lang: str, theme: str
) -> None:
    li_min = room.clerk()
    found = room.household(li_min, LONG)
    page = room.opened(li_min, found, size=size, lang=lang, theme=theme)
    for path in pages(room, li_min, found):
        page.goto(room.hall.url + path)
        no_sideways(page)
        assert page.evaluate("document.documentElement.lang").startswith(lang)
    page.goto(f"{room.hall.url}/desk/customers/{found.party_id}?home={found.home}")
    page.locator("[name=choice]").first.click()
    expect(page.locator(".due")).to_be_visible()
    no_sideways(page)
    expect(page.locator(".who .name")).to_have_text(LONG)


def test_language_and_theme_are_switched_from_the_menu(room: DeskRoom) -> None:
    page = room.page(room.clerk())
    light = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.locator(".menu:not(.guide) summary").click()
    page.get_by_role("button", name="English").click()
    expect(page.get_by_text("What can be done")).to_be_visible()
    page.locator(".menu:not(.guide) summary").click()
    page.get_by_role("button", name="Dark").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") != light


def test_wherever_tab_leads_the_focus_is_seen(room: DeskRoom) -> None:
    li_min = room.clerk()
    page = room.opened(li_min, room.household(li_min))
    page.keyboard.press("1")
    expect(page.locator("[name=received]")).to_be_focused()
    unseen = """() => {
      const one = document.activeElement;
      if (one === document.body) return '';
      const marked = (style) => style.outlineStyle !== 'none' || style.boxShadow !== 'none';
      const near = one.closest('label, .control, .pick') ?? one;
      return marked(getComputedStyle(one)) || marked(getComputedStyle(near)) ? '' : one.outerHTML;
    }"""
    for _ in range(24):
        page.keyboard.press("Tab")
        assert page.evaluate(unseen) == ""


def test_the_page_of_a_customer_weighs_less_than_150_kilobytes(room: DeskRoom) -> None:
    li_min = room.clerk()
    page = room.opened(li_min, room.household(li_min))
    page.wait_for_timeout(300)
    weights = page.evaluate(
        "performance.getEntriesByType('resource').concat(performance.getEntriesByType('navigation'))"
        ".map((part) => [part.name, part.encodedBodySize])"
    )
    assert sum(weight for _, weight in weights) < WEIGHT, weights


def test_pages_forbid_scripts_from_elsewhere_and_are_kept_nowhere(room: DeskRoom) -> None:
    li_min = room.clerk()
    page = room.page(li_min)
    answer = page.request.get(f"{room.hall.url}/desk/")
    policy = answer.headers["content-security-policy"]
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.rule("SEC-01", "SEC-07")
def test_a_record_opens_for_a_reason_only_and_shows_one_number_at_a_time(room: DeskRoom) -> None:
    li_min, zheng = room.clerk(), room.clerk("0211")
    found = room.household(zheng, "张秀英")
    page = room.page(li_min, f"/desk/customers/{found.party_id}")
    expect(page.get_by_text("没有事由不能打开客户资料")).to_be_visible()
    expect(page.locator("body")).not_to_contain_text("宽带20M包年")
    whole = f"1390000{found.digits}"
    expect(page.locator("body")).not_to_contain_text(whole)
    page.keyboard.press("1")
    expect(page.get_by_text("本次目的：本人到厅")).to_be_visible()
    expect(page.locator("body")).not_to_contain_text(whole)
    phone = page.locator("dd", has_text=found.digits)
    phone.get_by_role("button", name="显示").click()
    expect(page.locator("dd", has_text=whole)).to_be_visible()


def typed(page: Page) -> Callable[[str, str], None]:
    """Fills a field of the page."""
    return lambda name, value: page.locator(f"[name={name}]").fill(value)


@pytest.mark.rule("CUS-01")
def test_one_step_back_keeps_what_was_typed_and_the_end_of_the_service_clears_it(room: DeskRoom) -> None:
    page = room.page(room.clerk())
    page.keyboard.press("1")
    expect(page.locator("[name=number]")).to_be_focused()
    fill = typed(page)
    fill("name", "邓子轩")
    fill("phone", "13900001234")
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    expect(page.get_by_text("还没有客户").first).to_be_visible()
    page.keyboard.press("1")
    expect(page.locator("[name=name]")).to_have_value("邓子轩")
    expect(page.locator("[name=phone]")).to_have_value("13900001234")
    page.keyboard.press("F10")
    expect(page.get_by_text("还没有客户").first).to_be_visible()
    page.keyboard.press("1")
    expect(page.locator("[name=number]")).to_be_focused()
    expect(page.locator("[name=name]")).to_have_value("")


@pytest.mark.rule("CHG-02")
def test_a_line_inside_its_year_is_booked_to_end_and_kept_after_all(room: DeskRoom) -> None:
    li_min = room.clerk()
    page = room.opened(li_min, room.household(li_min))
    page.keyboard.press("0")
    expect(page.get_by_text("包年期内不能拆机")).to_be_visible()
    expect(page.locator("[name=cause]")).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("F9")
    expect(page.locator(".svc")).to_contain_text("已登记到期拆机")
    page.keyboard.press("0")
    expect(page.get_by_text("客户留下，撤销拆机")).to_be_visible()
    page.keyboard.press("F9")
    expect(page.locator(".svc")).to_contain_text("还有")


@pytest.mark.rule("RCP-06", "RCP-01")
def test_a_receipt_opens_beside_the_desk_and_further_copies_are_marked(room: DeskRoom) -> None:
    li_min = room.clerk()
    found = room.household(li_min)
    page = room.page(li_min, f"/desk/baskets/{room.payments(found)[0].basket}/payment")
    expect(page.locator("#till")).to_contain_text("捌佰捌拾元整")
    with page.context.expect_page() as opened:
        page.keyboard.press("1")
    assert opened.value.url.endswith(".pdf") or opened.value.url == "about:blank"
    opened.value.close()
    page.reload()
    expect(page.locator("#till")).to_contain_text("正本")
    expect(page.get_by_text("打印收据（A5）")).to_be_hidden()
    with page.context.expect_page() as again:
        page.locator("[name=reason]").fill("客户遗失")
        page.get_by_role("button", name="补打").click()
    again.value.close()
    page.reload()
    expect(page.locator("#till")).to_contain_text("补打第 2 份")
