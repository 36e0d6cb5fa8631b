"""Notices: whom they reach, receipts, questions with answers, and who has not read (ORG-10)."""

import re
from typing import Any
from uuid import uuid4

import pytest

from onehall.contexts.organisation.models import Counter
from onehall.foundation.audit import trail
from onehall.foundation.scopes import Scope
from tests.cast import Cast, count
from tests.entrances.board_room import AUDITOR, CLERK, MANAGER, post, words
from tests.entrances.worksite import AGENT, Worksite, in_order

HEADQUARTERS, OTHER_CLERK, OTHER_MANAGER, COLLEAGUE = "0101", "0311", "0301", "0211"
NOTICE = {"title": "雨季机房巡查", "body": "下雨后两小时内看机房。", "halls": "here", "read_by": "2026-11-26"}


@pytest.fixture
def site(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Worksite:
    monkeypatch.setattr("onehall.foundation.identity.middleware.now", lambda: cast.now)
    return Worksite(cast)


def sent(site: Worksite, by: str = MANAGER, **typed: Any) -> int:
    answer = post(site.browser(by), "/board/notices/sending", **{**NOTICE, **typed})
    assert answer.status_code == 303, words(answer)
    return int(answer["Location"].rsplit("/", 1)[-1])


def reads(site: Worksite, who: str, number: int, hall: str = "xinyuan") -> int:
    return site.browser(who, hall).post(f"/board/notices/{number}/receipt").status_code


def who_read(page: str) -> str:
    return page.split("谁看过")[1]


@pytest.mark.rule("ORG-10")
def test_it_reaches_whom_it_names_waits_at_the_desk_and_leaves_a_receipt(site: Worksite) -> None:
    number = sent(site, role=["clerk"])
    assert "雨季机房巡查" in words(site.browser(CLERK).get("/desk/todos/"))
    assert "雨季机房巡查" not in words(site.browser(AUDITOR).get("/board/notices/")), "it is for clerks"
    assert "雨季机房巡查" not in words(site.browser(OTHER_CLERK, "guandi").get("/board/notices/"))
    assert site.browser(OTHER_CLERK, "guandi").get(f"/board/notices/{number}").status_code == 404
    manager = site.browser(MANAGER)
    before = words(manager.get(f"/board/notices/{number}"))
    assert in_order(who_read(before), ["郑洁", "李敏", "吴倩"]) and who_read(before).count("未阅") == 3
    assert reads(site, CLERK, number) == 303 and reads(site, CLERK, number) == 303
    assert count("bulletins_noticereading") == 1, "read twice it is one receipt"
    after = words(manager.get(f"/board/notices/{number}"))
    assert in_order(who_read(after), ["郑洁", "吴倩", "李敏"]), "who has not read it stands first"
    assert who_read(after).count("未阅") == 2
    assert "雨季机房巡查" not in words(site.browser(CLERK).get("/desk/todos/"))
    done = [line.action for line in trail(scope=Scope.operator(), limit=9, subject="notice")]
    assert done == ["notice.read", "notice.sent"]


@pytest.mark.rule("ORG-10")
def test_a_counters_mailbox_is_read_by_whoever_sits_there(site: Worksite) -> None:
    third = Counter.objects.get(hall__code="xinyuan", no="3").pk
    number = sent(site, counter=[str(third)])
    assert reads(site, AGENT, number) in (303, 404) and count("bulletins_noticereading") == 0, (
        "not at that counter"
    )
    site.cast.clerk(COLLEAGUE, "4", drawer=False)
    assert "雨季" in words(site.browser(CLERK).get("/board/notices/"))
    assert reads(site, CLERK, number) == 303
    assert "雨季" not in words(site.browser(CLERK).get("/desk/todos/"))
    assert re.search(r"谁看过.*3.*11-23", words(site.browser(MANAGER).get(f"/board/notices/{number}")), re.S)


@pytest.mark.rule("ORG-10")
def test_a_question_is_answered_once_and_the_answer_stands_with_the_notice_for_everybody(
    site: Worksite,
) -> None:
    number = sent(site)
    clerk, intent = site.browser(CLERK), str(uuid4())
    for _ in range(2):
        assert (
            post(clerk, f"/board/notices/{number}/questions", text="夜里也要吗？", intent=intent).status_code
            == 303
        )
    assert count("bulletins_noticequestion") == 1
    assert "夜里也要吗" not in words(site.browser(COLLEAGUE).get(f"/board/notices/{number}")), (
        "not answered yet"
    )
    found = re.search(
        r"/board/notices/questions/(\d+)/answer", words(site.browser(MANAGER).get(f"/board/notices/{number}"))
    )
    assert found is not None
    address = f"/board/notices/questions/{found[1]}/answer"
    assert post(clerk, address, text="要").status_code == 403
    assert post(site.browser(OTHER_MANAGER, "guandi"), address, text="要").status_code == 404
    assert post(site.browser(MANAGER), address, text=" ").status_code == 400
    assert post(site.browser(MANAGER), address, text="要，值班的看").status_code == 303
    assert post(site.browser(HEADQUARTERS), address, text="不要").status_code == 409
    page = words(site.browser(COLLEAGUE).get(f"/board/notices/{number}"))
    assert in_order(page.split("提问与答复")[1], ["夜里也要吗？", "李敏", "要，值班的看", "周敏"])


@pytest.mark.rule("ORG-10", "SEC-10")
def test_everywhere_sends_headquarters_a_manager_to_their_own_hall_and_bad_forms_are_told(
    site: Worksite,
) -> None:
    everywhere = post(site.browser(MANAGER), "/board/notices/sending", **{**NOTICE, "halls": "all"})
    assert everywhere.status_code == 400 and "自己的营业厅" in words(everywhere)
    number = sent(site, HEADQUARTERS, halls="all")
    assert reads(site, OTHER_CLERK, number, "guandi") == 303
    for wrong, said in (
        ({"title": " "}, "标题"),
        ({"body": ""}, "正文"),
        ({"read_by": "2026-11-01"}, "期限"),
        ({"read_by": "x"}, "期限"),
    ):
        answer = post(site.browser(MANAGER), "/board/notices/sending", **{**NOTICE, **wrong})
        assert answer.status_code == 400 and said in words(answer)
    assert post(site.browser(CLERK), "/board/notices/sending", **NOTICE).status_code == 403
