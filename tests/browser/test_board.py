"""The board in the browser: what one person does the others see without asking, and nothing on the page moves away under their hands."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from onehall.contexts.custody import api as custody
from onehall.contexts.fieldwork import api as fieldwork
from onehall.foundation.scopes import Actor
from onehall.foundation.values.period import CHINA
from tests.browser.conftest import DESK, PHONE, Screen
from tests.cast import Cast, work_of
from tests.conftest_database import PointedTo
from tests.conftest_server import HallServer

pytestmark = pytest.mark.parts("chromium")
SOON = 30_000  # milliseconds; how soon it comes on a calm machine is not for a test to judge
"""Milliseconds of patience. A hall's machine takes a tenth of it; one that runs all tests at once is not a hall's."""


@dataclass
class Hall:
    """The running hall, and everyone in it."""

    server: HallServer
    cast: Cast
    screen: Screen

    def at(self, staff_no: str, address: str, **look: object) -> Page:
        """A page of the board in the browser of this person."""
        actor = self.cast.sign_in(staff_no)
        token = self.cast.tokens[actor.session_id or 0]
        return self.screen(self.server.url + address, cookies={"onehall_session": token}, **look)

    def sold(self, by: Actor, room: str) -> fieldwork.WorkOrder:
        """A sale that brings a work order."""
        return work_of(self.cast.new_line(by, room))


@pytest.fixture
def hall(hall_server: HallServer, screen: Screen, django_db_blocker: object) -> Iterator[Hall]:
    name = urlsplit(hall_server.database_url).path.lstrip("/")
    with PointedTo(name, django_db_blocker):
        yield Hall(hall_server, Cast(now=datetime.now(CHINA)), screen)


@pytest.fixture
def clerk(hall: Hall) -> Actor:
    """郑洁 at counter 2, whose drawer stays open for the tests that follow."""
    actor = hall.cast.sign_in("0211", counter="2")
    has_one = custody.drawer_of_clerk(actor.user_id, scope=actor.scope) is not None
    return actor if has_one else hall.cast.clerk("0211", "2")


def sign(page: Page) -> None:
    """A line across the pad."""
    pad = page.locator("canvas.pad")
    pad.scroll_into_view_if_needed()
    box = pad.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 30, box["y"] + 80)
    page.mouse.down()
    page.mouse.move(box["x"] + 200, box["y"] + 50, steps=6)
    page.mouse.up()


@pytest.mark.rule("WRK-11", "WRK-02")
def test_dispatch_and_signature_are_seen_on_the_other_screens_by_themselves(hall: Hall, clerk: Actor) -> None:
    case = hall.sold(clerk, "901")
    manager = hall.at("0201", f"/board/work/{case.id}")
    signer = hall.at("0231", f"/board/work/{case.id}")
    listed = hall.at("0201", f"/board/work/?find={case.serial}")
    expect(listed.locator("tbody")).to_contain_text("待发单")
    signer.wait_for_load_state("networkidle")

    manager.get_by_role("button", name="发单").click()
    expect(signer.locator("canvas.pad")).to_be_visible(timeout=SOON)
    expect(listed.locator("tbody")).to_contain_text("已发单", timeout=SOON)

    sign(signer)
    signer.get_by_role("button", name="签名签收").click()
    expect(manager.locator("#case")).to_contain_text("钱军 签收 · 手写签名", timeout=SOON)
    expect(listed.locator("tbody")).to_contain_text("待上门", timeout=SOON)


@pytest.mark.rule("WRK-11")
def test_a_sale_appears_on_the_open_board(hall: Hall, clerk: Actor) -> None:
    board = hall.at("0201", "/board/")
    board.wait_for_load_state("networkidle")
    tile = board.locator("a.tile", has_text="待发单").locator(".value")
    before = int(tile.inner_text())
    hall.sold(clerk, "902")
    expect(tile).to_have_text(str(before + 1), timeout=SOON)


def test_a_choice_half_made_stays_when_the_register_refreshes(hall: Hall, clerk: Actor) -> None:
    first = hall.sold(clerk, "903")
    register = hall.at("0201", "/board/work/register")
    register.wait_for_load_state("networkidle")
    box = register.locator(f'input[name="case"][value="{first.id}"]')
    box.uncheck()
    second = hall.sold(clerk, "904")
    expect(register.locator(f'input[name="case"][value="{second.id}"]')).to_be_checked(timeout=SOON)
    expect(box).not_to_be_checked()


def test_a_policy_shows_the_old_and_the_new_value_while_it_is_typed(hall: Hall) -> None:
    page = hall.at("0201", "/board/policies/fees.additional_point")
    page.get_by_label("新值").fill("36.00")
    expect(page.locator("#preview")).to_contain_text("¥36.00")
    expect(page.locator("#preview")).to_contain_text("¥30.00")


@pytest.mark.parametrize(
    ("lang", "theme", "size", "room"),
    [("zh", "light", DESK, "1001"), ("en", "dark", DESK, "1002"), ("zh", "light", PHONE, "1003")],
)
def test_every_page_of_the_board_fits_its_screen(
    hall: Hall, clerk: Actor, lang: str, theme: str, size: tuple[int, int], room: str
) -> None:
    case = hall.sold(clerk, room)
    addresses = [
        "/board/", "/board/work/", f"/board/work/{case.id}", "/board/work/register", "/board/audit/",
        "/board/policies/", "/board/policies/fees.additional_point", "/board/directory/", "/rules/WRK-02",
    ]  # fmt: skip
    page = hall.at("0201", addresses[0], lang=lang, theme=theme, size=size)
    for address in addresses:
        page.goto(hall.server.url + address)
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, address
