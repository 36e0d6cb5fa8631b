"""Follow-up calls: who is called when, what is said, what is kept of every try, and the archive (WRK-04, WRK-05)."""

import pytest

from onehall.contexts.fieldwork import api as fieldwork
from onehall.contexts.fieldwork.api import CallOutcome, State, WorkOrder
from onehall.foundation.audit import Line, trail
from onehall.foundation.scopes import Scope
from tests.cast import Cast
from tests.entrances.worksite import AGENT, CLERK, Worksite, in_order, intent

HTMX = {"HX-Request": "true"}
HERE = "/desk/follow-ups/"


@pytest.fixture
def site(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Worksite:
    monkeypatch.setattr("onehall.foundation.identity.middleware.now", lambda: cast.now)
    return Worksite(cast)


def due(site: Worksite, room: str = "502", name: str = "王建国") -> WorkOrder:
    """A case whose call is due, the next morning at ten."""
    case = site.returned(room, name)
    site.cast.now = site.cast.now.replace(hour=10, minute=0)
    site.cast.later(days=1)
    return case


def shown_in_trail(case: WorkOrder) -> list[Line]:
    """Who had the customer's number shown for this case, newest first."""
    asked = {"action": "work.contact_revealed", "subject": "work_order", "subject_id": str(case.id)}
    return trail(scope=Scope.operator(), limit=9, **asked)


def call(**typed: str) -> dict[str, str]:
    return {"intent": intent(), "outcome": "passed", "satisfaction": "5", "handled": "一切正常", **typed}


@pytest.mark.rule("WRK-05")
def test_unanswered_is_tried_again_later_and_the_tries_are_kept(site: Worksite) -> None:
    case = due(site)
    desk = site.browser(AGENT)
    listed = desk.get(HERE).content.decode()
    assert "现在该打 1 户" in listed and site.now(case).contact.phone not in listed
    sent = call(outcome="unanswered", satisfaction="3", handled="")
    assert desk.post(f"{HERE}{case.id}/calls", sent).headers["Location"] == f"{HERE}?done={case.serial}"
    after = site.now(case)
    assert (after.state, after.tries) == (State.TO_FOLLOW_UP, 1)
    page = desk.get(HERE).content.decode()
    assert "现在没有要打的" in page and "以后再打 1 户" in page and "13:00" in page
    shown = desk.get(f"{HERE}{case.id}").content.decode()
    assert "打过 1 次" in shown and "无人接听" in shown
    site.cast.later(hours=4)
    later = site.browser(AGENT)
    assert "打过 1 次" in later.get(HERE).content.decode()
    later.post(f"{HERE}{case.id}/calls", call())
    kept = fieldwork.calls(case.id, scope=Scope.operator())
    assert [(one.outcome, one.satisfaction, one.handled, one.by) for one in kept] == [
        (CallOutcome.UNANSWERED, None, "", "韩雪"), (CallOutcome.PASSED, 5, "一切正常", "韩雪"),
    ]  # fmt: skip


@pytest.mark.rule("WRK-05")
def test_the_script_is_said_with_the_facts_of_the_case(site: Worksite) -> None:
    case = due(site)
    page = site.browser(AGENT).get(f"{HERE}{case.id}").content.decode()
    for said in (
        "这里是馨苑厅，我是客服韩雪",
        "1 号楼 2 单元 502 室",
        "您在 11 月 23 日 办理的宽带20M包年",
        "报障专线 029-60001112",
    ):
        assert said in page
    assert case.contact.phone not in page and "____" not in page
    english = site.browser(AGENT, lang="en").get(f"{HERE}{case.id}").content.decode()
    assert "Is this building 1, unit 2, room 502?" in english and "2026-11-23" in english


@pytest.mark.rule("SEC-07", "SEC-01")
def test_the_number_is_covered_until_it_is_dialled_and_every_showing_is_a_line(site: Worksite) -> None:
    case = due(site)
    desk = site.browser(AGENT)
    page = desk.get(f"{HERE}{case.id}").content.decode()
    assert f"{case.contact.phone[:3]}****{case.contact.phone[-4:]}" in page and shown_in_trail(case) == []
    for turn in (1, 2):
        answer = desk.post(f"{HERE}{case.id}/number")
        assert f'href="tel:{case.contact.phone}"' in answer.content.decode()
        assert [line.user_name for line in shown_in_trail(case)] == ["韩雪"] * turn
    line = shown_in_trail(case)[0]
    assert (line.rule, line.details["serial"], line.details["field"]) == ("SEC-07", case.serial, "phone")
    assert case.contact.phone not in str(line)


@pytest.mark.rule("SEC-07", "SEC-01")
def test_no_number_is_shown_where_no_call_is_owed(site: Worksite) -> None:
    case = due(site)
    desk = site.browser(AGENT)
    desk.post(f"{HERE}{case.id}/calls", call())
    for status, browser in ((409, desk), (403, site.browser(CLERK)), (404, site.browser("0301", "guandi"))):
        answer = browser.post(f"{HERE}{case.id}/number", headers=HTMX)
        assert answer.status_code == status and case.contact.phone not in answer.content.decode()
    assert shown_in_trail(case) == []


@pytest.mark.rule("WRK-04", "WRK-05")
def test_a_failed_call_is_called_again_the_next_day(site: Worksite) -> None:
    case = due(site)
    desk = site.browser(AGENT)
    sent = call(outcome="failed", satisfaction="2", handled="掉线，已转赵刚今天上门")
    desk.post(f"{HERE}{case.id}/calls", sent)
    assert site.now(case).state is State.TO_FOLLOW_UP
    shown = desk.get(f"{HERE}{case.id}").content.decode()
    assert "不通过" in shown and "不满意" in shown and "掉线，已转赵刚今天上门" in shown
    assert "2026-11-25 10:00" in shown
    refused = desk.post(f"{HERE}{case.id}/archive", {"intent": intent()}, headers=HTMX)
    assert refused.status_code == 409 and "还没有回访通过" in refused.content.decode()


@pytest.mark.rule("WRK-04")
def test_passed_archived_and_found_again(site: Worksite) -> None:
    case = due(site)
    desk = site.browser(AGENT)
    assert desk.post(f"{HERE}{case.id}/calls", call()).headers["Location"] == f"{HERE}{case.id}"
    page = desk.get(f"{HERE}{case.id}").content.decode()
    assert "可以归档了" in page and case.contact.phone not in page
    assert "可以归档 1 件" in desk.get(HERE).content.decode()
    sent = {"intent": intent()}
    assert [desk.post(f"{HERE}{case.id}/archive", sent).status_code for _ in range(2)] == [303, 303]
    assert site.now(case).state is State.ARCHIVED
    for typed in ("", case.serial, case.account):
        assert case.address in desk.get(f"{HERE}archived", {"find": typed}).content.decode()
    nothing = desk.get(f"{HERE}archived", {"find": "XX"}).content.decode()
    assert case.address not in nothing and "没有这样的归档" in nothing
    record = desk.get(f"{HERE}{case.id}").content.decode()
    assert "一切正常" in record and "已归档" in record and case.contact.phone not in record


@pytest.mark.rule("WRK-05")
def test_the_longest_due_comes_first_then_the_least_tried(site: Worksite) -> None:
    tried, untried = site.returned("302", "刘芳"), due(site, "502")
    site.browser(AGENT).post(f"{HERE}{tried.id}/calls", call(outcome="unanswered"))
    site.cast.later(days=1)
    page = site.browser(AGENT).get(HERE).content.decode()
    assert in_order(page, ["现在该打 2 户", untried.address, tried.address])


@pytest.mark.rule("WRK-13")
def test_outside_the_hours_the_page_says_so(site: Worksite) -> None:
    case = due(site)
    assert "不在回访时间" not in site.browser(AGENT).get(HERE).content.decode()
    for hour, minute, quiet in ((8, 59, True), (9, 0, False), (18, 59, False), (19, 0, True)):
        site.cast.now = site.cast.now.replace(hour=hour, minute=minute)
        site.cast.later(days=1)
        desk = site.browser(AGENT)
        for address in (HERE, f"{HERE}{case.id}"):
            assert ("不在回访时间（9:00–19:00）" in desk.get(address).content.decode()) is quiet, (
                hour,
                minute,
            )


@pytest.mark.rule("WRK-05")
@pytest.mark.parametrize(("typed", "status", "said"), [
    ({"satisfaction": ""}, 400, "满意度"), ({"satisfaction": "6"}, 400, "满意度"), ({"outcome": ""}, 400, "通话结果"),
    ({"outcome": "maybe"}, 400, "通话结果"), ({"intent": "x"}, 400, "表单编号"),
])  # fmt: skip
def test_half_a_record_is_not_taken(site: Worksite, typed: dict[str, str], status: int, said: str) -> None:
    case = due(site)
    answer = site.browser(AGENT).post(f"{HERE}{case.id}/calls", call(**typed), headers=HTMX)
    assert answer.status_code == status and said in answer.content.decode()
    assert site.now(case).tries == 0


@pytest.mark.rule("WRK-04")
def test_no_call_before_the_sheet_is_back(site: Worksite) -> None:
    case = site.finished()
    desk = site.browser(AGENT)
    page = desk.get(f"{HERE}{case.id}").content.decode()
    assert "待回单" in page and case.contact.phone not in page
    assert desk.post(f"{HERE}{case.id}/calls", call(), headers=HTMX).status_code == 409


@pytest.mark.rule("WRK-11")
def test_lists_refresh_themselves(site: Worksite) -> None:
    case = due(site)
    desk = site.browser(AGENT)
    for address in (HERE, f"{HERE}{case.id}", f"{HERE}archived"):
        assert (
            "work.archived"
            in desk.get(address).content.decode().split("data-live=")[1].split("data-live-src")[0]
        )
        assert "<html" not in desk.get(address, headers=HTMX).content.decode()


@pytest.mark.rule("REC-01")
def test_the_follow_up_sheet_is_issued(site: Worksite) -> None:
    case = due(site)
    answer = site.browser(AGENT).post(f"{HERE}{case.id}/sheet")
    assert answer.headers["Location"].startswith("/desk/documents/")


@pytest.mark.rule("SEC-10", "ORG-06")
def test_other_halls_and_other_posts_stay_out(site: Worksite) -> None:
    case = due(site)
    manager = site.browser("0301", "guandi")
    assert manager.get(f"{HERE}{case.id}").status_code == 404
    assert manager.post(f"{HERE}{case.id}/calls", call()).status_code == 404
    assert case.address not in manager.get(HERE).content.decode()
    clerk = site.browser(CLERK)
    assert [clerk.get(address).status_code for address in (HERE, f"{HERE}archived")] == [403, 403]
