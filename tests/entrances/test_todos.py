"""What waits, in order, and an enquiry from the first question over a colleague to its end (ORD-16, ORD-04)."""

import re
from typing import Any
from uuid import uuid4

import pytest

from onehall.contexts.workforce import api as workforce
from onehall.foundation.audit import trail
from onehall.foundation.scopes import Scope
from onehall.journeys.hold_basket import hold_basket
from onehall.readings.todos import todos
from tests.cast import Cast, dwelling
from tests.entrances.board_room import post, words
from tests.entrances.worksite import CLERK, Worksite, in_order

COLLEAGUE, OTHER_HALL = "0211", "0311"


@pytest.fixture
def site(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Worksite:
    monkeypatch.setattr("onehall.foundation.identity.middleware.now", lambda: cast.now)
    return Worksite(cast)


def taken(site: Worksite, what: str = "想把宽带移到 5-1-302") -> int:
    """李敏 is asked; the enquiry's number."""
    answer = post(site.browser(CLERK), "/desk/enquiries/", what=what)
    assert answer.status_code == 303
    return int(answer["Location"].rsplit("/", 1)[-1])


def step(site: Worksite, who: str, number: int, name: str, **typed: str) -> Any:
    return post(site.browser(who), f"/desk/enquiries/{number}/{name}", **typed)


def list_of(site: Worksite, who: str) -> str:
    return words(site.browser(who).get("/desk/todos/"))


@pytest.mark.rule("ORD-16")
def test_customers_stand_before_colleagues_before_paper_and_the_head_counts_them(site: Worksite) -> None:
    site.finished("502")
    clerk = site.who(CLERK)
    site.cast.later(minutes=5)
    site.cast.new_line(clerk, "501")
    card = site.cast.registered(clerk)
    basket = site.cast.basket(clerk, card.id, dwelling("dw", "1", "2", "401"), ("new_broadband", "bb20-year"))
    hold_basket(basket_id=basket.id, reason="缺证件", by=clerk, at=site.cast.now)
    number = taken(site)
    page = list_of(site, CLERK)
    assert in_order(page, ["客户在等", "客户的受理单挂着", "同事在等"]), page
    assert f'href="/desk/enquiries/{number}"' in page and "回单" in page and "发单" in page
    waits = todos(by=clerk, at=site.cast.now, limit=100, scope=clerk.scope)
    top = words(site.browser(CLERK).get("/desk/top"))
    assert f'href="/desk/todos/">待办 <b class="num strong">{len(waits)}</b>' in top and len(waits) >= 4
    assert [int(one.waits_for) for one in waits] == sorted(int(one.waits_for) for one in waits)


@pytest.mark.rule("ORD-16")
def test_nothing_waiting_is_said_and_another_halls_things_do_not_wait_here(site: Worksite) -> None:
    taken(site)
    there = words(site.browser(OTHER_HALL, "guandi").get("/desk/todos/"))
    assert "没有待办" in there
    assert "没有未办结的咨询" in words(site.browser(OTHER_HALL, "guandi").get("/desk/enquiries/"))


@pytest.mark.rule("ORD-04")
def test_it_is_passed_on_only_with_acceptance_and_the_first_asked_closes_it(site: Worksite) -> None:
    number = taken(site)
    assert step(site, COLLEAGUE, number, "answer", outcome="我来").status_code == 409, "it is not hers"
    assert step(site, CLERK, number, "offer", to=COLLEAGUE, note="她懂移机").status_code == 303
    assert "同事请您接手" in list_of(site, COLLEAGUE)
    assert step(site, COLLEAGUE, number, "answer", outcome="好").status_code == 409, "offered is not accepted"
    refused = step(site, COLLEAGUE, number, "receipt", receipt="decline")
    assert refused.status_code == 400 and "原因" in words(refused)
    assert step(site, COLLEAGUE, number, "receipt", receipt="decline", remark="在休假").status_code == 303
    assert "答复客户的咨询" in list_of(site, CLERK), "refused, it stays with whoever has it"
    step(site, CLERK, number, "offer", to=COLLEAGUE, note="下午回来请办")
    assert step(site, COLLEAGUE, number, "receipt", receipt="accept").status_code == 303
    assert step(site, CLERK, number, "answer", outcome="好").status_code == 409, "accepted, it is hers"
    assert step(site, COLLEAGUE, number, "answer", outcome="可以移，费用三十元").status_code == 303
    assert step(site, COLLEAGUE, number, "closing").status_code == 409, "only the first asked closes"
    assert "请您确认办结" in list_of(site, CLERK)
    assert step(site, CLERK, number, "closing").status_code == 303
    shown = workforce.enquiry(number, scope=Scope.operator())
    assert (shown.first_name, shown.holder_name, shown.answered_by) == (
        "李敏",
        "郑洁",
        "郑洁",
    ) and shown.closed_at
    page = words(site.browser(CLERK).get(f"/desk/enquiries/{number}"))
    assert in_order(page, ["首问人", "在休假", "已接手"])
    actions = [
        line.action.split(".")[1] for line in trail(scope=Scope.operator(), limit=20, subject="enquiry")
    ]
    assert actions == ["closed", "answered", "accepted", "offered", "refused", "offered", "taken"]


@pytest.mark.rule("ORD-04", "ORD-13")
def test_a_double_click_takes_one_and_bad_words_are_refused_with_the_reason(site: Worksite) -> None:
    browser, intent = site.browser(CLERK), str(uuid4())
    addresses = {
        post(browser, "/desk/enquiries/", what="问价钱", intent=intent)["Location"] for _ in range(2)
    }
    assert len(addresses) == 1
    for what, why in (("", "没有填"), ("回电 13812345678", "有长号码")):
        answer = post(browser, "/desk/enquiries/", what=what)
        assert answer.status_code == 400 and why in words(answer)
    number = int(re.sub(r"\D", "", addresses.pop()))
    for to in ("", CLERK, "0311", "9999"):
        answer = step(site, CLERK, number, "offer", to=to, note="请办")
        assert answer.status_code == 400 and "本厅没有这位同事" in words(answer)
    assert step(site, CLERK, number, "answer", outcome="说了").status_code == 303
    assert step(site, CLERK, number, "answer", outcome="又说").status_code == 409
    assert "已办结" in words(site.browser(CLERK).get(f"/desk/enquiries/{number}"))
