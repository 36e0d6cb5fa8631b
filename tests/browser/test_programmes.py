"""A manager gives a programme its token on screen, and the API's description is read from this machine alone (API-01, SEC-08)."""

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest
from playwright.sync_api import Page, expect

from onehall.foundation.values.period import CHINA
from tests.browser.conftest import DESK, PHONE, Screen
from tests.cast import Cast
from tests.conftest_database import PointedTo
from tests.conftest_server import HallServer

pytestmark = pytest.mark.parts("chromium")
TOKENS = "/board/tokens/"


@dataclass
class Hall:
    """The running hall, and everyone in it."""

    server: HallServer
    cast: Cast
    screen: Screen

    def at(self, staff_no: str, address: str, **look: object) -> Page:
        actor = self.cast.sign_in(staff_no)
        token = self.cast.tokens[actor.session_id or 0]
        return self.screen(self.server.url + address, cookies={"onehall_session": token}, **look)


@pytest.fixture
def hall(hall_server: HallServer, screen: Screen, django_db_blocker: object) -> Iterator[Hall]:
    name = urlsplit(hall_server.database_url).path.lstrip("/")
    with PointedTo(name, django_db_blocker):
        yield Hall(hall_server, Cast(now=datetime.now(CHINA)), screen)


def kept(page: Page, name: str) -> None:
    """A picture to look at, where a folder for it is named."""
    folder = os.environ.get("ONEHALL_SHOTS")
    if folder:
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)


@pytest.mark.rule("SEC-08", "API-01")
def test_a_manager_issues_a_token_it_works_and_dies_when_it_is_revoked(hall: Hall) -> None:
    page = hall.at("0201", TOKENS)
    kept(page, "tokens-empty")
    page.get_by_label("以谁的身份").select_option("0213")
    page.get_by_role("button", name="选定").click()
    page.get_by_label("用途").fill("报表程序")
    kept(page, "tokens-form")
    page.keyboard.press("F9")
    expect(page.locator("#refusal")).to_contain_text("没有选权限")
    expect(page.get_by_label("用途")).to_have_value("报表程序")
    kept(page, "tokens-refused")
    page.get_by_text("查找客户", exact=True).click()
    page.keyboard.press("F9")
    shown = page.locator("#token")
    expect(shown).to_have_value(re.compile("^ohk_.{40,}$"))
    kept(page, "tokens-fresh")
    token = shown.input_value()
    asked = {"Authorization": f"Bearer {token}"}
    with httpx.Client(base_url=hall.server.url, headers=asked, trust_env=False) as programme:
        assert programme.get("/api/v1/customers", params={"q": "王"}).status_code == 200
        assert programme.get("/api/v1/audit").status_code == 403
        page.goto(hall.server.url + TOKENS)
        expect(page.locator("main")).not_to_contain_text(token)
        page.get_by_role("button", name="撤销").first.click()
        expect(page.locator("main")).to_contain_text("已撤销")
        assert programme.get("/api/v1/customers", params={"q": "王"}).status_code == 401
    kept(page, "tokens-revoked")


@pytest.mark.rule("API-01", "API-06")
@pytest.mark.parametrize(("size", "theme", "lang"), [(DESK, "dark", "en"), (PHONE, "light", "zh")])
def test_the_tokens_page_fits_every_screen_and_both_languages(
    hall: Hall, size: tuple[int, int], theme: str, lang: str
) -> None:
    page = hall.at("0201", TOKENS + "?staff_no=0213", size=size, theme=theme, lang=lang)
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 0
    expect(page.locator("h1")).to_have_text("Access tokens" if lang == "en" else "访问令牌")
    kept(page, f"tokens-{size[0]}-{theme}-{lang}")


@pytest.mark.rule("API-01", "SEC-03")
def test_the_documentation_is_shown_from_this_machine_and_within_the_policy_of_its_scripts(
    hall: Hall,
) -> None:
    page = hall.screen(hall.server.url + "/api/docs")
    expect(page.locator(".opblock").first).to_be_visible(timeout=30_000)
    expect(page.locator(".info")).to_contain_text("一厅通 OneHall")
    assert page.locator(".opblock").count() > 50
    kept(page, "docs")
    page.locator(".opblock-summary-control").filter(has_text="/payment").nth(1).click(timeout=60_000)
    expect(page.locator(".opblock-body").first).to_contain_text("Idempotency-Key", timeout=60_000)
    kept(page, "docs-payment")
