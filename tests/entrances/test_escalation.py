"""Matters go up a level at a time, emergencies skip and tell afterwards; instructions are tracked until done (ESC-01, ESC-02)."""

from typing import Any
from uuid import uuid4

import pytest

from onehall.foundation.audit import trail
from onehall.foundation.scopes import Scope
from tests.cast import Cast, count
from tests.entrances.board_room import CLERK, MANAGER, post, words
from tests.entrances.worksite import Worksite, in_order

HEADQUARTERS, COLLEAGUE, OTHER_MANAGER = "0101", "0211", "0301"


@pytest.fixture
def site(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Worksite:
    monkeypatch.setattr("onehall.foundation.identity.middleware.now", lambda: cast.now)
    return Worksite(cast)


def report(site: Worksite, who: str = CLERK, **typed: str) -> Any:
    given = {"kind": "favour", "what": "客户送来两盒茶叶，已退回", "level": "1", **typed}
    return post(site.browser(who), "/board/matters/", **given)


def number(answer: Any) -> int:
    assert answer.status_code == 303, words(answer)
    return int(answer["Location"].rsplit("/", 1)[-1])


def step(site: Worksite, who: str, matter: int, name: str, hall: str = "xinyuan", **typed: str) -> int:
    return int(post(site.browser(who, hall), f"/board/matters/{matter}/{name}", **typed).status_code)


@pytest.mark.rule("ESC-01", "ORG-11")
def test_a_favour_goes_from_the_clerk_over_the_manager_to_the_department_and_only_they_see_it(
    site: Worksite,
) -> None:
    skipping = report(site, level="2")
    assert skipping.status_code == 409 and "越过了一级" in words(skipping)
    matter = number(report(site))
    here = f"/board/matters/{matter}"
    assert site.browser(MANAGER).get(here).status_code == 200
    for who, hall in ((COLLEAGUE, "xinyuan"), (HEADQUARTERS, "xinyuan"), (OTHER_MANAGER, "guandi")):
        assert site.browser(who, hall).get(here).status_code == 404, f"{who} was not told"
    assert step(site, CLERK, matter, "telling", level="2") == 409, "the manager has not answered yet"
    assert step(site, CLERK, matter, "answer", note="好") == 403
    assert step(site, MANAGER, matter, "answer", note=" ") == 400
    assert step(site, MANAGER, matter, "answer", note="做得对，登记备查") == 303
    assert step(site, MANAGER, matter, "telling", level="2") == 303
    assert step(site, MANAGER, matter, "closing", outcome="完") == 409, "the department has not answered"
    assert step(site, HEADQUARTERS, matter, "answer", note="知道了") == 303
    assert step(site, HEADQUARTERS, matter, "closing", outcome="通报表扬") == 303
    assert step(site, MANAGER, matter, "telling", level="2") == 409
    page = words(site.browser(CLERK).get(here))
    assert in_order(page, ["做得对", "周敏", "知道了", "马骏", "通报表扬"])
    done = [line.action.split(".")[1] for line in trail(scope=Scope.operator(), limit=9, subject="matter")]
    assert done == ["closed", "answered", "told", "answered", "reported"]


@pytest.mark.rule("ESC-01")
def test_an_emergency_skips_the_manager_who_is_told_afterwards_before_it_ends(site: Worksite) -> None:
    matter = number(report(site, kind="danger", what="机房冒烟", level="2", emergency="1"))
    assert site.browser(MANAGER).get(f"/board/matters/{matter}").status_code == 404
    assert step(site, HEADQUARTERS, matter, "answer", note="立即断电") == 303
    assert step(site, HEADQUARTERS, matter, "closing", outcome="已排除") == 409, (
        "the manager is owed word of it"
    )
    assert "要补报" in words(site.browser(CLERK).get(f"/board/matters/{matter}"))
    assert step(site, CLERK, matter, "telling", level="1") == 303
    assert site.browser(MANAGER).get(f"/board/matters/{matter}").status_code == 200
    assert step(site, HEADQUARTERS, matter, "closing", outcome="已排除") == 303


@pytest.mark.rule("ESC-01", "ORD-13")
def test_a_double_click_reports_once_and_bad_forms_are_told(site: Worksite) -> None:
    intent = str(uuid4())
    assert number(report(site, intent=intent)) == number(report(site, intent=intent))
    for wrong in ({"kind": "gossip"}, {"level": "9"}, {"level": "x"}, {"what": "  "}):
        assert report(site, **wrong).status_code == 400
    assert report(site, level="0").status_code == 409
    assert count("escalation_matter") == 1


@pytest.mark.rule("ESC-02")
def test_an_instruction_stands_in_full_and_is_tracked_until_done(site: Worksite) -> None:
    manager = site.browser(MANAGER)
    said = "十二月起每周五检查应急灯。\n结果报安全科。"
    given = {"from_whom": "安全科 王科长", "words": said, "due_on": "2026-11-27"}
    for wrong in ({"words": ""}, {"from_whom": " "}, {"due_on": "周五"}):
        assert post(manager, "/board/instructions/", **{**given, **wrong}).status_code == 400
    address = post(manager, "/board/instructions/", **given)["Location"]
    page = words(manager.get(address))
    assert all(line in page for line in said.split("\n"))
    site.cast.later(days=5)
    assert "超期" in words(site.browser(MANAGER).get("/board/instructions/"))
    assert post(site.browser(MANAGER), f"{address}/notes", words="查了一楼", answer="step").status_code == 303
    assert post(site.browser(MANAGER), f"{address}/notes", words=" ", answer="done").status_code == 400
    assert (
        post(site.browser(MANAGER), f"{address}/notes", words="全部查完，已报", answer="done").status_code
        == 303
    )
    late = post(site.browser(MANAGER), f"{address}/notes", words="补一句", answer="step")
    assert late.status_code == 409 and "已经办结" in words(late)
    assert in_order(words(site.browser(MANAGER).get(address)), ["查了一楼", "全部查完"])
    assert site.browser(OTHER_MANAGER, "guandi").get(address).status_code == 404
