"""Signing in with the keyboard: the computer knows its counter, a wrong password costs no more than the password."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import DESK, PHONE, Screen
from tests.browser.desk_room import no_sideways
from tests.conftest_server import HallServer

pytestmark = pytest.mark.parts("chromium")

PASSWORD = "onehall-demo"


def choose(page: Page, words: str) -> None:
    """The seat whose name holds the words."""
    value = page.locator("option", has_text=words).first.get_attribute("value")
    page.select_option("[name=place]", value=value)


@pytest.mark.rule("SEC-08", "ORG-07")
def test_a_clerk_signs_in_by_keyboard_and_the_computer_remembers_its_counter(
    hall_server: HallServer, screen: Screen
) -> None:
    page = screen(f"{hall_server.url}/sign-in")
    expect(page.locator("[name=place]")).to_be_focused()
    choose(page, "曲江观邸厅 · 2号")
    page.keyboard.press("Tab")
    page.keyboard.type("0311")
    page.keyboard.press("Enter")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/desk/")
    expect(page.locator(".place")).to_contain_text("2号")
    expect(page.locator(".place")).to_contain_text("方圆")
    page.locator(
        ".menu:not(.guide) summary"
    ).click()  # she has no drawer: whoever has one settles it first (CSH-03)
    page.get_by_role("button", name="退出").click()
    page.wait_for_url("**/sign-in")
    expect(page.locator("option:checked")).to_contain_text("2号")
    expect(page.locator("[name=staff_no]")).to_be_focused()


@pytest.mark.rule("SEC-08")
def test_a_wrong_password_is_said_plainly_and_keeps_the_rest(hall_server: HallServer, screen: Screen) -> None:
    page = screen(f"{hall_server.url}/sign-in")
    choose(page, "馨苑厅 · 4号")
    page.fill("[name=staff_no]", "0215")
    page.fill("[name=password]", "guessed-wrong")
    page.get_by_role("button", name="登录").click()
    expect(page.get_by_role("alert")).to_be_visible()
    expect(page.locator("[name=staff_no]")).to_have_value("0215")
    expect(page.locator("[name=password]")).to_have_value("")
    expect(page.locator("option:checked")).to_contain_text("4号")


@pytest.mark.rule("ORG-06")
def test_who_was_sent_to_sign_in_comes_back_to_the_page_they_asked_for(
    hall_server: HallServer, screen: Screen
) -> None:
    page = screen(f"{hall_server.url}/desk/help")
    page.wait_for_url("**/sign-in?next=*")
    choose(page, "馨苑厅 · 5号")
    page.fill("[name=staff_no]", "0211")
    page.fill("[name=password]", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/desk/help")


@pytest.mark.parametrize("size", [DESK, PHONE])
@pytest.mark.parametrize(("lang", "theme"), [("zh", "light"), ("en", "dark")])
def test_sign_in_and_errors_fit_every_screen(
    hall_server: HallServer, screen: Screen, size: tuple[int, int], lang: str, theme: str
) -> None:
    page = screen(f"{hall_server.url}/sign-in", size=size, lang=lang, theme=theme)
    no_sideways(page)
    page.goto(f"{hall_server.url}/nowhere")
    no_sideways(page)
    expect(page.locator("body")).to_contain_text("There is no such page" if lang == "en" else "没有这个页面")
