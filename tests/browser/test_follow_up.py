"""A returned sheet and its follow-up call with the keyboard alone: nobody answers at first, then the case is archived."""

from collections.abc import Iterator
from datetime import datetime
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from onehall.contexts.fieldwork import api as fieldwork
from onehall.contexts.fieldwork.api import State
from onehall.foundation.scopes import Scope
from onehall.foundation.values.period import CHINA
from tests.browser.conftest import Screen
from tests.cast import Cast
from tests.conftest_database import PointedTo
from tests.conftest_server import HallServer
from tests.entrances.worksite import AGENT, Worksite

pytestmark = pytest.mark.parts("chromium")


@pytest.fixture
def site(hall_server: HallServer, django_db_blocker: object) -> Iterator[Worksite]:
    with PointedTo(urlsplit(hall_server.database_url).path.strip("/"), django_db_blocker):
        yield Worksite(Cast(now=datetime.now(CHINA)))


def desk(site: Worksite, hall: HallServer, screen: Screen, path: str) -> Page:
    token = site.browser(AGENT).cookies["onehall_session"].value
    return screen(f"{hall.url}{path}", cookies={"onehall_session": token})


@pytest.mark.rule("WRK-04", "WRK-05")
def test_from_the_sheet_over_an_unanswered_call_to_the_archive(
    site: Worksite, hall_server: HallServer, screen: Screen
) -> None:
    case = site.finished("1201", "王建国")
    page = desk(site, hall_server, screen, "/desk/returns/")
    page.keyboard.type(case.serial)
    page.keyboard.press("Enter")
    page.get_by_label("纸单上有单位公章").wait_for(state="attached")
    page.keyboard.press("2")
    page.keyboard.press("F9")
    expect(page.get_by_text(f"{case.serial} 已回单")).to_be_visible()

    page.goto(f"{hall_server.url}/desk/follow-ups/{case.id}")
    expect(page.locator(".dial")).to_contain_text("****")
    page.keyboard.press("F3")
    expect(page.locator(".dial")).to_have_text(case.contact.phone)
    page.keyboard.press("F2")
    expect(page.get_by_text(f"{case.serial} 已记下")).to_be_visible()
    assert site.now(case).tries == 1

    page.get_by_role("link", name=case.address).click()
    expect(page.locator("#record")).to_contain_text("打过 1 次")
    page.keyboard.press("4")
    page.keyboard.press("F4")
    page.keyboard.type("满意，说师傅很细心")
    page.keyboard.press("F9")
    expect(page.get_by_text("可以归档了")).to_be_visible()
    page.keyboard.press("F9")
    expect(page.get_by_text(f"{case.serial} 已记下")).to_be_visible()
    assert site.now(case).state is State.ARCHIVED
    kept = fieldwork.calls(case.id, scope=Scope.operator())
    assert [(one.outcome.value, one.satisfaction) for one in kept] == [("unanswered", None), ("passed", 4)]


@pytest.mark.rule("WRK-05")
def test_an_answered_call_without_an_opinion_stays_on_the_screen(
    site: Worksite, hall_server: HallServer, screen: Screen
) -> None:
    case = site.returned("1202", "刘芳")
    page = desk(site, hall_server, screen, f"/desk/follow-ups/{case.id}")
    page.keyboard.press("F4")
    page.keyboard.type("刚才断线了")
    page.keyboard.press("F8")
    page.wait_for_timeout(300)
    assert site.now(case).tries == 0
    expect(page.get_by_label("怎么处理的")).to_have_value("刚才断线了")


@pytest.mark.rule("WRK-11")
def test_what_one_agent_records_the_other_sees(
    site: Worksite, hall_server: HallServer, screen: Screen
) -> None:
    case = site.returned("1203", "孙丽")
    watching = desk(site, hall_server, screen, "/desk/follow-ups/")
    expect(watching.get_by_role("link", name=case.address)).to_be_visible()
    calling = desk(site, hall_server, screen, f"/desk/follow-ups/{case.id}")
    calling.keyboard.press("5")
    calling.keyboard.press("F9")
    expect(watching.locator("#passed")).to_contain_text(case.serial, timeout=30_000)
