"""Every change of a line at the desk: in sight with its price or with why not, chosen, paid, and on the board when lost."""

import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from onehall.contexts.subscriptions import api as subscriptions
from onehall.foundation.scopes import Scope
from onehall.journeys.add_item import add_item
from tests.cast import count, dwelling, work_of
from tests.entrances.board_room import BoardRoom, post, room, words
from tests.entrances.programme import Programme
from tests.entrances.test_known_customers import desk
from tests.entrances.worksite import Worksite

__all__ = ["room"]
ALL = Scope.operator()
OTHERS = ("电信", "联通", "中国移动", "广电", "Telecom", "Unicom")


def line(account: str = "dw0120502") -> subscriptions.Subscription:
    found = subscriptions.subscription_by_account(account_name=account, scope=ALL)
    assert found is not None
    return found


def opened(room: BoardRoom, account: str = "dw0120502") -> tuple[Client, str]:
    """李敏 opens the record of whoever has the account; her browser, and the page's address."""
    room.clerk = room.cast.clerk(drawer=False) if count("custody_drawersession") else room.cast.clerk()
    here, browser = line(account), desk(room)
    assert post(browser, f"/desk/customers/{here.party_id}/purpose", purpose="id_document").status_code == 303
    return browser, f"/desk/customers/{here.party_id}?home={here.dwelling_id}"


def installed(room: BoardRoom) -> None:
    Worksite(room.cast).finished()
    room.cast.later(days=30)


def grey(page: str) -> dict[str, str]:
    """What is greyed, business by business, as it reads."""
    rows = re.findall(r'<li data-row="no:(\w+)">(.*?)</li>', page, re.S)
    return {business: " ".join(re.sub(r"<[^>]+>", " ", row).split()) for business, row in rows}


@pytest.mark.rule("ORD-05", "CHG-03", "CHG-04", "CAT-02")
def test_an_annual_line_may_do_everything_and_each_stands_with_its_price(room: BoardRoom) -> None:
    installed(room)
    browser, address = opened(room)
    page = words(browser.get(address))
    for choice in ("suspension:suspend-3", "suspension:suspend-6", "speed_change:bb10-year", "move:move"):
        assert f'data-row="{choice}"' in page
    assert not {"suspension", "move", "speed_change"} & set(grey(page))
    assert "不能改速率" in grey(page)["renewal"] and "到期改速率" in grey(page)["renewal"]


@pytest.mark.rule("ORD-05", "CHG-03", "CHG-04")
def test_what_cannot_be_done_says_why_by_which_rule_and_what_instead(room: BoardRoom) -> None:
    room.cast.new_line(room.clerk, offering="bb4-month")
    room.cast.later(days=10)
    browser, address = opened(room)
    no = grey(words(browser.get(address)))
    assert "不满一年" in no["suspension"] and "CHG-03" in no["suspension"] and "不续" in no["suspension"]
    assert "没有完工" in no["move"] and "CHG-04" in no["move"]
    room.cast.later(days=40)
    browser, address = opened(room)
    no = grey(words(browser.get(address)))
    assert "已经到期" in no["move"] and "续费" in no["move"]
    assert "已经到期" in no["speed_change"] and "CAT-02" in no["speed_change"]
    empty = words(browser.get(f"{address.partition('?')[0]}?home={dwelling('dw', '1', '2', '602')}"))
    assert all("新装宽带" in grey(empty)[business] for business in ("move", "suspension", "speed_change"))


@pytest.mark.rule("CHG-04", "FEE-01", "ORD-05")
def test_a_move_is_asked_where_to_and_stands_in_the_basket(room: BoardRoom) -> None:
    installed(room)
    browser, address = opened(room)
    party, home = line().party_id, line().dwelling_id
    asked = words(browser.get(f"/desk/customers/{party}/move?home={home}"))
    assert "30.00" in asked and "dw0120502" in asked
    form = {"home": home, "offering": "move"}
    where = f"/desk/customers/{party}/move"
    for typed, said in (
        ("", "移到哪一户"),
        ("99-9-9999", "地址"),
        ("曲江观邸 1-1-101", "不在本小区"),
        ("1-2-502", "现在的住址"),
    ):
        answer = browser.post(where, {**form, "address": typed})
        assert answer.status_code in (400, 404, 409), typed
        assert said in words(answer), typed
    assert count("orders_basketitem") == 1, "the sale of the line itself"
    assert browser.post(where, {**form, "address": "1-2-601"}).status_code == 303
    page = words(browser.get(address))
    assert "dw0120502 → dw0120601" in page and "CHG-04" in page


@pytest.mark.rule("LAW-07", "CHG-03")
def test_a_suspension_in_the_basket_carries_the_legal_hint_and_the_line_says_until_when(
    room: BoardRoom,
) -> None:
    installed(room)
    browser, address = opened(room)
    here = line()
    add = {"home": here.dwelling_id, "choice": "suspension:suspend-3"}
    assert browser.post(f"/desk/customers/{here.party_id}/items", add).status_code == 303
    page = words(browser.get(address))
    assert "消费者权益保护法第26条" in page and "到期顺延至" in page
    basket = room.cast.basket(room.clerk, here.party_id, here.dwelling_id)
    room.cast.pay(room.clerk, basket.id)
    pause = line().resting
    assert pause is not None
    assert "停机 2026-12-24 至 2027-03-24" in words(browser.get(address))
    room.cast.later(days=2)
    browser, address = opened(room)
    page = words(browser.get(address))
    assert "停机保号" in page and "2027-03-24 自动复机" in grey(page)["suspension"]
    diagnosis = words(browser.get(f"/desk/customers/{here.party_id}/line/dw0120502"))
    assert "2027-03-24 自动复机" in diagnosis


@pytest.mark.rule("API-01", "ORD-05", "CHG-03", "CHG-04")
def test_programmes_are_told_the_same_and_do_the_same(room: BoardRoom) -> None:
    installed(room)
    here, clerk = line(), Programme.of("0213", counter="3", at=room.cast.now)
    options = clerk.get(f"/customers/{here.party_id}/options?home={here.dwelling_id}").good()["items"]
    said = {(one["business"], one["offering"]): one for one in options}
    assert said["move", "move"]["refused"] is None and said["move", "move"]["amount"] == 3000
    assert said["suspension", "suspend-6"]["amount"] == 1000
    assert said["speed_change", "bb20-year"]["refused"]["rule"] == "CAT-02"
    stated = {"kind": "present_verified", "verification": "id_document"}
    clerk.post(f"/customers/{here.party_id}/purposes", stated).good()
    item: dict[str, Any] = {"home": here.dwelling_id, "business": "move", "offering": "move"}
    where = f"/customers/{here.party_id}/items"
    nowhere = clerk.post(where, item, key=uuid4()).json
    assert nowhere["rule"] == "CHG-04"
    taken = clerk.post(where, {**item, "to": here.dwelling_id}, key=uuid4()).json
    assert "现在的住址" in taken["detail"]
    basket = clerk.do(where, {**item, "to": dwelling("dw", "1", "2", "601")})
    assert basket["items"][0]["name"]["zh"].endswith("dw0120502 → dw0120601")


@pytest.mark.rule("LAW-05", "CHG-07")
def test_porting_out_has_a_page_that_asks_nothing_and_names_no_other_operator(room: BoardRoom) -> None:
    room.cast.new_line(room.clerk, offering="bb4-month")
    room.cast.later(days=10)
    browser, _ = opened(room)
    page = f"/desk/accounts/{line().id}/ending"
    asks = words(browser.get(page))
    assert "为什么不用了" in asks and "提了什么办法" in asks and "能不能帮您解决" in asks
    quiet = words(browser.get(f"{page}?porting=1"))
    assert "能不能帮您解决" not in quiet and 'name="reason"' not in quiet and 'name="offer"' not in quiet
    assert not [name for name in OTHERS if name in quiet] and quiet.count('class="script"') == 1
    early = post(browser, page, cause="porting")
    assert early.status_code == 409 and "LAW-14" in words(early)


@pytest.mark.rule("CHG-07")
def test_who_was_kept_stands_on_the_board_with_the_list_behind_it(room: BoardRoom) -> None:
    room.cast.new_line(room.clerk, offering="bb4-month")
    room.cast.later(days=10)
    browser, _ = opened(room)
    page = f"/desk/accounts/{line().id}/ending"
    missing = post(browser, page, cause="other", reason=" ")
    assert missing.status_code == 400 and "CHG-07" in words(missing)
    assert (
        post(browser, page, cause="price", reason="贵", offer="换半年", outcome="stayed").status_code == 303
    )
    assert line().ending is None and line().ended_at is None
    manager = room.browser()
    board = words(manager.get("/board/lost/"))
    assert "嫌贵" in board and "换半年" in board and "留下了" in board and "dw0120502" in board
    assert "换半年" not in words(manager.get("/board/lost/?cause=moving"))
    assert "这个月没有客户要拆机" in words(manager.get("/board/lost/?day=2020-01-01"))
    assert post(browser, page, cause="moving").status_code == 303
    assert subscriptions.subscription_by_account(account_name="dw0120502", scope=ALL) is None


@pytest.mark.rule("CHG-04", "WRK-01")
def test_the_installer_sees_a_move_and_finishes_it_at_the_new_dwelling(room: BoardRoom) -> None:
    installed(room)
    here, by = line(), room.cast.sign_in("0213", counter="3")
    basket = add_item(
        party_id=here.party_id, dwelling_id=here.dwelling_id, offering="move", business="move", quantity=1, by=by,
        to=dwelling("dw", "1", "2", "601"), at=room.cast.now,
    )  # fmt: skip
    case = work_of(room.cast.pay(by, basket.id))
    board = words(room.browser().get(f"/board/work/{case.id}"))
    assert "移机" in board and "dw0120601" in board and "601" in case.address
    assert case.due_at - case.accepted_at > timedelta(days=1)
