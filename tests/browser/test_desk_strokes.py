"""Points, visits, corrections and passwords with the keyboard alone, counted from the empty desk."""

import pytest
from playwright.sync_api import Page, expect

from onehall.contexts.customers import api as customers
from onehall.foundation.scopes import Scope
from tests.browser.desk_room import DeskRoom, Hands, room
from tests.browser.test_desk_services import STROKES, found_by, living, paid
from tests.cast import wang

__all__ = ["room"]
pytestmark = pytest.mark.parts("chromium")


def chosen(page: Page, hands: Hands, words: str) -> None:
    """The act with these words, by its own key or along the list."""
    act = page.locator("#options .act", has_text=words).first
    key = act.get_attribute("data-key")
    if key:
        hands.press(key)
        return
    while page.evaluate("document.activeElement.innerText || ''").find(words) < 0:
        assert hands.strokes <= STROKES, hands.strokes
        hands.press("ArrowDown")
    hands.press("Enter")


@pytest.mark.rule("ORD-01", "ADR-06")
@pytest.mark.parametrize("words", ["信息点", "路由器"])
def test_a_point_or_a_visit_is_sold(room: DeskRoom, words: str) -> None:
    li_min = room.clerk()
    found = living(room, li_min)
    page = room.page(li_min)
    hands = found_by(page, found)
    chosen(page, hands, words)
    expect(page.locator("#basket")).to_contain_text(words)
    due = (page.locator(".due").text_content() or "").strip().lstrip("¥")
    paid(page, hands, due)


@pytest.mark.rule("ORD-01", "SEC-05")
def test_a_name_is_corrected(room: DeskRoom) -> None:
    li_min = room.clerk()
    found = living(room, li_min)
    page = room.page(li_min)
    hands = found_by(page, found)
    hands.press("g")
    expect(page.locator("[name='new.name']")).to_be_focused()
    hands.copy("王建过")
    hands.press("F9")
    expect(page.locator("#done")).to_contain_text("已更正")
    assert customers.card(found.party_id, scope=Scope.operator()).name == "王建过"
    assert hands.strokes <= STROKES, hands.strokes


@pytest.mark.rule("ORD-01", "LAW-03")
def test_a_network_password_is_reset(room: DeskRoom) -> None:
    li_min = room.clerk()
    found = living(room, li_min)
    page = room.page(li_min)
    hands = found_by(page, found)
    hands.press("n")
    expect(page.locator("#reset")).to_be_visible()
    hands.press("p", "Tab", "Enter")
    expect(page.locator("#slip")).to_contain_text("上网密码已重置")
    assert hands.strokes <= STROKES, hands.strokes


@pytest.mark.rule("ORD-01", "SEC-05")
def test_a_line_passes_to_another_owner(room: DeskRoom) -> None:
    li_min = room.clerk()
    given = wang("刘芳")
    liu = room.cast.registered(li_min, given)
    found = living(room, li_min)
    page = room.page(li_min)
    hands = found_by(page, found)
    hands.press("t")
    expect(page.locator("[name=number]")).to_be_focused()
    hands.copy(given.document.number)
    hands.press("F9")
    expect(page.locator(f"[name=owner][value='{liu.id}']")).to_be_checked()
    hands.press("F9")
    expect(page.locator("#owners")).to_contain_text("刘芳")
    assert hands.strokes <= STROKES, hands.strokes
