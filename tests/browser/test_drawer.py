"""Counting the float: the sum runs along, and the whole count fits the counter's screen (CSH-01)."""

from collections.abc import Iterator
from datetime import datetime
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from onehall.foundation.values.period import CHINA
from tests.browser.conftest import PHONE, Screen
from tests.browser.desk_room import DeskRoom
from tests.cast import Cast
from tests.conftest_database import PointedTo
from tests.conftest_server import HallServer

pytestmark = pytest.mark.parts("chromium")


@pytest.fixture
def room(hall_server: HallServer, screen: Screen, django_db_blocker: object) -> Iterator[DeskRoom]:
    with PointedTo(urlsplit(hall_server.database_url).path.strip("/"), django_db_blocker):
        yield DeskRoom(Cast(now=datetime.now(CHINA)), hall_server, screen)


@pytest.mark.rule("CSH-01")
def test_the_sum_runs_along_with_the_count(room: DeskRoom) -> None:
    clerk = room.cast.sign_in("0215", counter="4")
    page = room.page(clerk, "/desk/drawer")
    sum_of, verdict = page.locator("[data-sum]"), page.locator("[data-verdict]")
    expect(sum_of).to_have_text("¥0.00")
    page.keyboard.type("4")
    expect(sum_of).to_have_text("¥400.00")
    expect(verdict).to_have_text("少 ¥100.00")
    page.locator("[data-piece='1000']").fill("１０")
    expect(sum_of).to_have_text("¥500.00")
    expect(verdict).to_have_text("✓ 相符")
    page.locator("[data-piece='10']").fill("3")
    expect(verdict).to_have_text("多 ¥0.30")
    page.locator("[data-piece='1']").fill("x")
    expect(sum_of).to_have_text("—")
    expect(page.locator("[data-piece='1']")).to_have_attribute("aria-invalid", "true")


@pytest.mark.rule("CSH-01")
def test_the_whole_count_fits_the_screen(room: DeskRoom) -> None:
    clerk = room.cast.sign_in("0215", counter="4")
    page = room.page(clerk, "/desk/drawer")
    box = page.get_by_role("button", name="开箱").bounding_box()
    assert box and box["y"] + box["height"] <= 768
    small = room.page(clerk, "/desk/drawer", size=PHONE)
    assert small.evaluate("document.documentElement.scrollWidth") <= PHONE[0]
