"""A whole visit with a thumb: from today's list to the customer's signature, with a network that fails on the way."""

from collections.abc import Iterator
from datetime import datetime
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from onehall.contexts.fieldwork import api as fieldwork
from onehall.contexts.fieldwork.api import MaterialUse, State, WorkOrder
from onehall.foundation.scopes import Scope
from onehall.foundation.values.period import CHINA
from tests.browser.conftest import PHONE, Screen
from tests.cast import Cast
from tests.conftest_database import PointedTo
from tests.conftest_server import HallServer
from tests.entrances.worksite import INSTALLER, Worksite

pytestmark = pytest.mark.parts("chromium")


@pytest.fixture
def site(hall_server: HallServer, django_db_blocker: object) -> Iterator[Worksite]:
    with PointedTo(urlsplit(hall_server.database_url).path.strip("/"), django_db_blocker):
        yield Worksite(Cast(now=datetime.now(CHINA)))


def phone(site: Worksite, hall: HallServer, screen: Screen, path: str) -> Page:
    token = site.browser(INSTALLER).cookies["onehall_session"].value
    return screen(f"{hall.url}{path}", size=PHONE, cookies={"onehall_session": token})


def draw(page: Page) -> None:
    box = page.locator("#sign canvas").bounding_box()
    assert box
    page.mouse.move(box["x"] + 40, box["y"] + 120)
    page.mouse.down()
    for step in range(12):
        page.mouse.move(box["x"] + 40 + step * 20, box["y"] + 120 - (step % 4) * 18)
    page.mouse.up()


def last_visit(case: WorkOrder) -> fieldwork.Visit:
    return fieldwork.visits(case.id, scope=Scope.operator())[-1]


@pytest.mark.rule("WRK-02", "WRK-04", "WRK-11")
def test_from_the_list_to_the_signature(site: Worksite, hall_server: HallServer, screen: Screen) -> None:
    page = phone(site, hall_server, screen, "/pocket/")
    case = site.to_visit("1101", "王建国")
    page.get_by_role("link", name=case.address).click()
    covered = page.get_by_role("button", name="显示号码")
    expect(covered).to_be_visible()
    page.wait_for_load_state(
        "domcontentloaded"
    )  # a hand waits for the page, a script would press before it is read
    covered.click()
    expect(page.locator("#number a")).to_have_attribute("href", f"tel:{case.contact.phone}")
    page.get_by_role("button", name="到达，开始").click()
    page.get_by_role("link", name="去测线").click()
    page.get_by_label("下行").fill("19.6")
    page.get_by_role("button", name="记下测试").click()
    expect(page.get_by_label("上行")).to_be_focused()
    page.get_by_label("上行").fill("4.1")
    page.get_by_role("button", name="记下测试").click()
    page.get_by_role("link", name="去完工").click()
    cable = page.locator("fieldset", has_text="3 米网线").get_by_role("button", name="加一").first
    cable.click()
    expect(cable).to_be_disabled()
    page.get_by_role("link", name="下一步：信息点").click()
    page.get_by_label("说明").fill("客厅一个点")
    page.get_by_role("link", name="下一步：签名").click()
    expect(page.locator("[data-tally]")).to_have_text("3 米网线 1 根")
    page.get_by_role("button", name="完工").click()
    expect(page.get_by_text("！请先签名")).to_be_visible()
    draw(page)
    page.get_by_role("button", name="完工").click()
    expect(page.locator("#place")).to_contain_text("已完工")
    assert site.now(case).state is State.TO_RETURN
    visit = last_visit(case)
    assert visit.materials == (MaterialUse("patch-3m", 1),) and visit.note == "客厅一个点"
    assert visit.signature_sha256


@pytest.mark.rule("WRK-02", "ORD-13")
def test_what_was_filled_in_survives_the_network_and_the_phone(
    site: Worksite, hall_server: HallServer, screen: Screen
) -> None:
    case = site.in_work("1102", "刘芳")
    page = phone(site, hall_server, screen, f"/pocket/jobs/{case.id}/finish")
    page.locator("[name=own-cable]").fill("12")
    page.reload()
    expect(page.locator("[name=own-cable]")).to_have_value("12")
    page.get_by_role("link", name="下一步：信息点").click()
    page.get_by_role("link", name="下一步：签名").click()
    draw(page)
    page.context.set_offline(True)
    page.get_by_role("button", name="完工").click()
    expect(page.get_by_text("网络断了，还不知道这一笔办成没有")).to_be_visible()
    page.context.set_offline(False)
    page.get_by_role("button", name="重试").click()
    expect(page.locator("#place")).to_contain_text("已完工")
    assert last_visit(case).materials == (MaterialUse("cable", 12, own=True),)


@pytest.mark.rule("WRK-02")
def test_a_tap_is_no_signature_and_nothing_is_lost(
    site: Worksite, hall_server: HallServer, screen: Screen
) -> None:
    case = site.in_work("1103", "陈㛃")
    page = phone(site, hall_server, screen, f"/pocket/jobs/{case.id}/finish#sign")
    page.locator("#sign canvas").click()
    page.get_by_role("button", name="完工").click()
    expect(page.locator("#refusal")).to_contain_text("没有签名或盖章")
    assert site.now(case).state is State.IN_WORK
    page.get_by_role("link", name="客户签在纸单上").click()
    page.get_by_role("button", name="客户签了名，完工").click()
    expect(page.locator("#place")).to_contain_text("已完工")


@pytest.mark.rule("WRK-11")
def test_a_new_job_comes_by_itself(site: Worksite, hall_server: HallServer, screen: Screen) -> None:
    page = phone(site, hall_server, screen, "/pocket/")
    page.wait_for_timeout(500)
    case = site.to_visit("1104", "欧阳建华")
    expect(page.get_by_role("link", name=case.address)).to_be_visible(timeout=30_000)


def test_nothing_is_wider_than_the_phone(site: Worksite, hall_server: HallServer, screen: Screen) -> None:
    case = site.in_work("1004", "阿布都热西提·买买提江·吐尔逊")
    for path in (
        "/pocket/",
        *(f"/pocket/jobs/{case.id}{part}" for part in ("", "/line-test", "/finish", "/abandonment")),
    ):
        page = phone(site, hall_server, screen, path)
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE[0], path
        small = page.eval_on_selector_all(
            "main a.btn, main button, .thumb .btn",
            "all => all.filter(one => one.checkVisibility() && one.getBoundingClientRect().height < 44).length",
        )
        assert small == 0, path
