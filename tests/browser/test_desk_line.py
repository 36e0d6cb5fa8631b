"""A line's page under a clerk's hands."""

import pytest
from playwright.sync_api import expect

from tests.browser.desk_room import DeskRoom, room  # noqa: F401 - the fixture

pytestmark = pytest.mark.parts("chromium", "fonts-noto-cjk")


@pytest.mark.rule("LAW-03", "NET-04")
def test_one_stroke_by_mistake_resets_no_password_and_three_do(room: DeskRoom) -> None:  # noqa: F811
    li_min = room.clerk()
    found = room.household(li_min)
    page = room.opened(li_min, found)
    page.keyboard.press("n")
    expect(page.locator("#reset")).to_be_visible()
    page.keyboard.press("p")
    expect(page.locator("[name=asked]")).to_be_checked()
    expect(page.locator("#reset button")).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.locator("#reset button")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#secret")).to_be_visible()
