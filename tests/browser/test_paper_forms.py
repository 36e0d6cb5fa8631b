"""A form from paper with the keyboard alone, and the manager's look at it (CON-03)."""

from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from playwright.sync_api import expect

from onehall.foundation.values.period import CHINA
from tests.browser.desk_room import DeskRoom, Hands, no_sideways, room

__all__ = ["room"]

pytestmark = pytest.mark.parts("chromium")


@pytest.mark.rule("CON-03")
def test_a_paper_form_is_typed_in_without_the_mouse(room: DeskRoom) -> None:
    clerk = room.clerk("0215")
    found = room.person(clerk)
    page, number = room.opened(clerk, found), f"P{uuid4().hex[:6].upper()}"
    hands = Hands(page)
    hands.press("b")
    page.wait_for_url("**/paper*")
    expect(page.locator("#f-number")).to_be_focused()
    hands.type(number)
    page.locator("#f-written_at").fill(f"{datetime.now(CHINA) - timedelta(hours=2):%Y-%m-%dT%H:%M}")
    page.locator("#f-incident").focus()
    hands.copy("停电")
    hands.press("F9")
    expect(page.locator("#written")).to_contain_text(number)
    no_sideways(page)
    page.locator("body").click(position={"x": 700, "y": 5})
    hands.press("1")
    expect(page.locator("#basket .items")).to_be_visible()
    expect(page.locator("#serving")).to_contain_text("补录")
    hands.press("F9")
    page.wait_for_url("**/payment*")
    expect(page.locator("#written")).to_contain_text(number)
    no_sideways(page)
