"""The line at the desk: a purpose first, then why it does not work, cutting it, a new password (NET-04, SEC-01, LAW-03)."""

from datetime import timedelta

import pytest
from django.test import Client

from onehall.contexts.subscriptions import api as subscriptions
from onehall.foundation.scopes import Scope
from tests import network_life as net
from tests.cast import dwelling
from tests.entrances.board_room import BoardRoom, post, room, words
from tests.entrances.test_known_customers import desk

__all__ = ["room"]
ACCOUNT, MINUTE = "dw0120502", timedelta(minutes=1)


@pytest.fixture
def party(room: BoardRoom) -> int:
    """王建国 with a paid line, ten days later."""
    room.cast.new_line(room.clerk)
    room.cast.later(days=10)
    room.clerk = room.cast.clerk(drawer=False)
    (line,) = subscriptions.subscriptions_at(
        dwelling_id=dwelling("dw", "1", "2", "502"), scope=Scope.operator()
    )
    return line.party_id


def opened(room: BoardRoom, party: int) -> Client:
    browser = desk(room)
    assert post(browser, f"/desk/customers/{party}/purpose", purpose="id_document").status_code == 303
    return browser


@pytest.mark.rule("SEC-01", "NET-04")
def test_without_a_purpose_nobody_looks_at_sessions(room: BoardRoom, party: int) -> None:
    browser, address = desk(room), f"/desk/customers/{party}/line/{ACCOUNT}"
    net.on_line(ACCOUNT, room.cast.now - 90 * MINUTE, room.cast.now)
    sent = browser.get(address)
    assert (sent.status_code, sent["Location"]) == (303, f"/desk/customers/{party}")
    assert post(browser, f"{address}/cut", reason="试").status_code == 403
    assert post(browser, f"{address}/password").status_code == 403


@pytest.mark.rule("NET-04")
def test_the_page_tells_all_that_the_query_asks_for(room: BoardRoom, party: int) -> None:
    now = room.cast.now
    net.device(now)
    net.on_line(ACCOUNT, now - 90 * MINUTE, now - MINUTE)
    net.refused(ACCOUNT, now - 95 * MINUTE)
    net.was_on_line(ACCOUNT, now - 600 * MINUTE, now - 120 * MINUTE)
    net.traffic(ACCOUNT, now, 1.5, 12.5)
    browser = opened(room, party)
    page = words(browser.get(f"/desk/customers/{party}/line/{ACCOUNT}"))
    for told in (
        "在线，自", "初始密码，客户还没有改", "↓ 20 · ↑ 4 Mbit/s", "馨苑BRAS-1", "100.64.3.9", "密码不对", "客户断开",
        "12.5", "都已生效",
    ):  # fmt: skip
        assert told in page, told
    assert f'href="/desk/customers/{party}/line/{ACCOUNT}"' in words(browser.get(f"/desk/customers/{party}"))


@pytest.mark.rule("NET-04")
def test_a_customer_who_cannot_get_on_is_told_why(room: BoardRoom, party: int) -> None:
    for minutes in (2, 4, 6):
        net.refused(ACCOUNT, room.cast.now - minutes * MINUTE)
    page = words(opened(room, party).get(f"/desk/customers/{party}/line/{ACCOUNT}"))
    assert "密码不对：最近一次" in page
    assert "连续 3 次" in page


@pytest.mark.rule("SEC-10")
def test_anothers_account_is_not_found_on_this_customers_page(room: BoardRoom, party: int) -> None:
    browser = opened(room, party)
    assert browser.get(f"/desk/customers/{party}/line/dw0120501").status_code == 404
    assert post(browser, f"/desk/customers/{party}/line/dw0120501/password").status_code == 404


@pytest.mark.rule("LAW-03")
def test_a_reset_password_is_shown_once_on_its_slip(room: BoardRoom, party: int) -> None:
    browser, address = opened(room, party), f"/desk/customers/{party}/line/{ACCOUNT}"
    assert "a123456" in words(post(browser, f"{address}/password"))
    assert "a123456" not in words(browser.get(address))


@pytest.mark.rule("SEC-08")
def test_a_page_that_asks_by_itself_keeps_nobody_signed_in(room: BoardRoom, party: int) -> None:
    browser, address = opened(room, party), f"/desk/customers/{party}/line/{ACCOUNT}"
    assert '"X-Unattended": "1"' in words(browser.get(address))
    for _ in range(4):
        room.cast.later(minutes=10)
        last = browser.get(address, headers={"X-Unattended": "1"})
    assert last.headers["Location"].startswith("/sign-in")
