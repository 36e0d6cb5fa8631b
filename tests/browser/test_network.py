"""The network as a manager sees it on the board, and a customer on the phone: who is on line, what waits, expiry, usage, renewal."""

from collections.abc import Iterator
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from playwright.sync_api import Page, expect

from onehall.contexts.subscriptions import api as subscriptions
from onehall.foundation.database import fetch_all
from onehall.foundation.scopes import Scope
from onehall.journeys.cut_session import cut_session
from tests import network_life as net
from tests.browser.conftest import PHONE
from tests.browser.desk_room import DeskRoom, Hands, Household, no_sideways, room
from tests.cast import dwelling, wang

__all__ = ["room"]
pytestmark = pytest.mark.parts("chromium")
SILENT, NAME, OWN = "127.0.0.99", "浏览器机房BRAS", "yu2house88"


def account_of(found: Household) -> str:
    """What the household dials in with."""
    (line,) = subscriptions.subscriptions_at(dwelling_id=found.home, scope=Scope.operator())
    return line.account_name


@pytest.fixture
def behind(room: DeskRoom) -> Iterator[str]:
    """An account on line behind a device that answers no command; nothing of it stays for other tests."""
    account = account_of(room.household(room.clerk()))
    now = room.cast.now
    net.device(now, NAME, SILENT)
    net.on_line(account, now - timedelta(minutes=90), now + timedelta(minutes=5), nas=SILENT)
    yield account
    for table in ("access.session", "access.session_ended", "provisioning_command"):
        with connection.cursor() as cursor:
            cursor.execute(f"delete from {table} where account = %s", [account])
    with connection.cursor() as cursor:
        cursor.execute("delete from access.nas where name = %s", [NAME])


@pytest.mark.rule("NET-03", "NET-04")
def test_the_board_shows_sessions_what_is_not_yet_in_effect_and_the_devices(
    room: DeskRoom, behind: str
) -> None:
    manager = room.cast.sign_in("0201")
    page = room.page(manager, "/board/network/")
    device = page.locator("tr", has_text=NAME)
    expect(device).to_contain_text("1")
    clerk = room.clerk()
    cut_session(account=behind, reason="客户要求", intent=uuid4(), by=clerk, at=room.cast.now)
    page.reload()
    waits = page.locator("tr", has=page.locator("td", has_text=behind))
    # The reconciler may have told the device before the clerk did: then two commands wait.
    expect(waits.first).to_contain_text("断开")
    page.get_by_role("link", name="馨苑", exact=True).first.click()
    expect(page.locator("#sessions tr", has_text=behind)).to_contain_text(NAME)
    page.get_by_label("账号").fill("zz-nobody")
    page.keyboard.press("Enter")
    expect(page.locator("#sessions")).to_contain_text("没有这样的会话")
    page.get_by_label("账号").fill(behind)
    page.keyboard.press("Enter")
    expect(page.locator("#sessions tbody tr")).to_have_count(1)
    _every_page_fits(page, room.hall.url)


def _every_page_fits(page: Page, origin: str) -> None:
    for size in ({"width": 1366, "height": 768}, {"width": PHONE[0], "height": PHONE[1]}):
        page.set_viewport_size(size)  # type: ignore[arg-type]
        for part in ("", "sessions", "sessions?ended=1", "waiting", "devices"):
            page.goto(f"{origin}/board/network/{part}")
            no_sideways(page)


@pytest.fixture
def at_home(room: DeskRoom) -> tuple[str, str]:
    """于芳 bought a line; her account and the last four figures of her document."""
    clerk, given, where = room.clerk(), wang("于芳"), room.room()
    building, unit, number = where.split("-")
    home = dwelling("dw", building, unit, number)
    card = room.cast.registered(clerk, given)
    room.cast.pay(clerk, room.cast.basket(clerk, card.id, home, ("new_broadband", "bb20-year")).id)
    found = Household(card.id, "于芳", home, where, "")
    return account_of(found), given.document.number[-4:]


@pytest.mark.rule("NET-04", "LAW-03", "BIL-06")
def test_a_customer_sees_expiry_usage_and_the_price_of_a_renewal_on_the_phone(
    room: DeskRoom, at_home: tuple[str, str]
) -> None:
    account, proof = at_home
    net.traffic(account, room.cast.now, 1.5, 12.5)
    page = room.screen(f"{room.hall.url}/my/", size=PHONE)
    expect(page.locator("[name=account]")).to_be_focused()
    hands = Hands(page)
    hands.copy(account)
    hands.press("Tab")
    hands.copy("a123456")
    hands.press("Enter")
    expect(page.locator("[name=proof]")).to_be_visible()
    for name, typed in (("proof", proof), ("new", OWN), ("again", OWN)):
        page.locator(f"[name={name}]").fill(typed)
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_contain_text("密码换好了")
    page.goto(f"{room.hall.url}/my/")
    expect(page.locator("#line")).to_contain_text("天")
    expect(page.locator("#renew")).to_contain_text("880.00")
    expect(page.locator("#renew a[href^='tel:']")).to_be_visible()
    expect(page.locator("#traffic")).to_contain_text("12.5")
    no_sideways(page)
    _expire(account)
    page.reload()
    expect(page.locator("#line")).to_contain_text("已到期")
    expect(page.locator("#renew")).to_contain_text("几秒内自动恢复")
    no_sideways(page)


def _expire(account: str) -> None:
    """The paid term ended a minute ago, as the network has it."""
    fetch_all(
        "update access.broadband set valid_from = now() - interval '1 year', valid_until = now() - interval '1 minute'"
        " where account = %(account)s returning account",
        {"account": account},
    )
