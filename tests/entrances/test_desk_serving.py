"""The desk serves one customer at a time, mentions an offer once, speaks as the hall speaks, and locks (ORD-12, ORD-15, WRD-01, SEC-03)."""

import re

import pytest
from django.test import Client

from onehall.contexts.floor.models import SuggestionAnswer
from onehall.contexts.subscriptions import api as subscriptions
from onehall.foundation.scopes import Scope
from tests.cast import dwelling
from tests.entrances.board_room import BoardRoom, post, room, words
from tests.entrances.test_known_customers import desk

__all__ = ["room"]
HOME = ("dw", "1", "2", "502")
PASSWORD = "onehall-demo"


def arrived(room: BoardRoom, browser: Client) -> int:
    """Somebody verified at the counter."""
    card = room.cast.registered(room.clerk)
    assert post(browser, f"/desk/customers/{card.id}/purpose", purpose="id_document").status_code == 303
    return card.id


@pytest.mark.rule("ORD-12")
def test_another_customers_page_asks_for_an_apology_and_a_reason_first(room: BoardRoom) -> None:
    browser, zhang = desk(room), room.cast.registered(room.clerk)
    wang = arrived(room, browser)
    page = words(browser.get(f"/desk/customers/{zhang.id}"))
    assert "您正在为另一位客户办理" in page and "对不起，请您稍等一下" in page
    assert zhang.phone_masked not in page
    refused = post(browser, "/desk/serving/hold", reason="接紧急电话", then=zhang.id)
    assert refused.status_code == 400 and "还没有向客户致歉" in words(refused)
    sent = post(browser, "/desk/serving/hold", reason="接紧急电话", apologised="1", then=zhang.id)
    assert (sent.status_code, sent["Location"]) == (303, f"/desk/customers/{zhang.id}")
    assert "为什么打开这位客户的资料" in words(browser.get(f"/desk/customers/{zhang.id}"))
    home = words(browser.get("/desk/"))
    assert "请稍候的客户" in home and "接紧急电话" in home
    assert f"/desk/customers/{wang}" in home


@pytest.mark.rule("ORD-15", "SEC-03")
def test_before_the_end_more_is_asked_for_and_nothing_of_the_customer_is_on_the_screen(
    room: BoardRoom,
) -> None:
    browser = desk(room)
    assert browser.get("/desk/farewell")["Location"] == "/desk/"
    wang = arrived(room, browser)
    page = words(browser.get("/desk/farewell"))
    assert "请问还有别的业务要办吗？" in page and "王建国" not in page
    assert post(browser, "/desk/serving/end", asked="1")["Location"] == "/desk/"
    shown = words(browser.get(f"/desk/customers/{wang}"))
    assert "为什么打开这位客户的资料" in shown


@pytest.mark.rule("ORD-12")
def test_an_unfinished_basket_is_paid_held_or_declined_before_the_end(room: BoardRoom) -> None:
    browser = desk(room)
    wang = arrived(room, browser)
    room.cast.basket(room.clerk, wang, dwelling(*HOME), ("new_broadband", "bb20-year"))
    page = words(browser.get("/desk/farewell"))
    assert "880.00" in page and "没有了，结束服务" not in page
    assert post(browser, "/desk/serving/end", asked="1").status_code == 409
    assert post(browser, "/desk/serving/hold", reason="回家取钱", apologised="1").status_code == 303
    assert "回家取钱" in words(browser.get("/desk/"))
    assert post(browser, "/desk/serving/end", asked="1").status_code == 303


@pytest.mark.rule("ORD-15")
def test_an_offer_is_mentioned_once_and_never_pressed(room: BoardRoom) -> None:
    browser = desk(room)
    wang = arrived(room, browser)
    room.cast.basket(room.clerk, wang, dwelling(*HOME), ("new_broadband", "bb20-year"))
    address = f"/desk/customers/{wang}?home={dwelling(*HOME)}"
    page = words(browser.get(address))
    assert "新装用户常要人帮忙调路由器" in page
    choice = re.findall(r'name="choice" value="(router_setup:[^"]+)"', page)[0]
    form = {"kind": "router", "choice": choice, "home": dwelling(*HOME)}
    assert post(browser, f"/desk/customers/{wang}/suggestion", **form, answer="maybe").status_code == 400
    assert post(browser, f"/desk/customers/{wang}/suggestion", **form, answer="declined").status_code == 303
    assert "新装用户常要人帮忙调路由器" not in words(browser.get(address))
    kept = SuggestionAnswer.objects.get()
    assert (kept.kind, kept.answer, kept.party_id) == ("router", "declined", wang)


@pytest.mark.rule("ORD-15")
def test_what_the_customer_takes_is_in_the_basket_and_kept(room: BoardRoom) -> None:
    room.cast.new_line(room.clerk, offering="bb4-month")
    room.cast.later(days=110)
    room.clerk = room.cast.clerk(drawer=False)
    browser = desk(room)
    (line,) = subscriptions.subscriptions_at(dwelling_id=dwelling(*HOME), scope=Scope.operator())
    address = f"/desk/customers/{line.party_id}"
    post(browser, f"{address}/purpose", purpose="id_document")
    page = words(browser.get(address))
    assert "长一些的期限更省" in page
    choice = re.findall(r'name="choice" value="(renewal:[^"]+)"><', page.replace("\n", ""))
    form = {"kind": "longer_term", "choice": choice[0], "home": dwelling(*HOME), "answer": "accepted"}
    assert post(browser, f"{address}/suggestion", **form).status_code == 303
    assert "收款并打印" in words(browser.get(address))
    assert SuggestionAnswer.objects.get().answer == "accepted"


@pytest.mark.rule("WRD-01")
def test_each_step_has_its_words_and_the_lists_are_complete(room: BoardRoom) -> None:
    browser = desk(room)
    assert "您好，请坐，请问您办什么业务？" in words(browser.get("/desk/"))
    card = room.cast.registered(room.clerk)
    assert "请出示您的身份证" in words(browser.get(f"/desk/customers/{card.id}"))
    arrived(room, browser)
    lists = words(browser.get("/desk/words"))
    for heading in ("礼貌十字", "四声", "要这样说", "不要这样说", "服务禁语"):
        assert heading in lists
    for code, number in (("courtesy", 5), ("right_phrases", 9), ("wrong_phrases", 9)):
        part = lists.split(f'class="words {code}"')[1].split("</ul>")[0]
        assert part.count("<li>") == number, code


@pytest.mark.rule("SEC-03")
def test_a_locked_counter_shows_nothing_until_its_persons_password_is_given(room: BoardRoom) -> None:
    browser = desk(room)
    wang = arrived(room, browser)
    assert '<meta name="lock" content="180">' in words(browser.get("/desk/"))
    assert browser.post("/lock").status_code == 204
    sent = browser.get(f"/desk/customers/{wang}")
    assert (sent.status_code, sent["Location"]) == (302, f"/unlock?next=%2Fdesk%2Fcustomers%2F{wang}")
    part = browser.get("/desk/top", headers={"HX-Request": "true", "X-Live": "1"})
    assert (part.status_code, part.content) == (401, b"")
    assert browser.get("/desk/display").status_code == 200
    page = browser.get(sent["Location"])
    assert "已锁屏" in words(page) and "王建国" not in words(page)
    wrong = browser.post("/unlock", {"password": "guessed"}, headers={"HX-Request": "true"})
    assert wrong.status_code == 401
    assert browser.get("/desk/").status_code == 302
    back = browser.post("/unlock", {"password": PASSWORD, "next": f"/desk/customers/{wang}"})
    assert back["Location"] == f"/desk/customers/{wang}"
    assert "王建国" in words(browser.get(f"/desk/customers/{wang}"))


@pytest.mark.rule("SEC-03", "SEC-08")
def test_guessing_at_the_lock_ends_the_session(room: BoardRoom) -> None:
    browser = desk(room)
    browser.post("/lock")
    answers = [browser.post("/unlock", {"password": "guessed"}).status_code for _ in range(5)]
    assert answers == [401] * 4 + [423]
    assert browser.get("/desk/")["Location"].startswith("/sign-in")
