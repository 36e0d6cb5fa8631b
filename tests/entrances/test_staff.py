"""Staff on the board: new colleagues and their lesson, roles given and taken, keepers (SEC-06, ORG-06, ORG-08)."""

import re
from typing import Any

import pytest
from django.test import Client

from onehall.contexts.organisation import api as organisation
from onehall.contexts.organisation.models import Hall
from onehall.contexts.workforce import api as workforce
from onehall.foundation.audit import trail
from onehall.foundation.identity.models import User
from onehall.foundation.scopes import Scope
from onehall.journeys.install_profile import install_profile
from tests.cast import Cast
from tests.entrances.board_room import AUDITOR, CLERK, MANAGER, post, words
from tests.entrances.worksite import Worksite

HEADQUARTERS, OTHER_HALL = "0101", "0311"
NEW = {"staff_no": "0219", "name": "林晓", "role": "clerk", "reason": "新入职"}


@pytest.fixture
def site(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Worksite:
    monkeypatch.setattr("onehall.foundation.identity.middleware.now", lambda: cast.now)
    return Worksite(cast)


def person(staff_no: str) -> int:
    return next(one.id for one in organisation.people(scope=Scope.operator()) if one.staff_no == staff_no)


def change(site: Worksite, staff_no: str, what: str, by: str = MANAGER, **typed: str) -> Any:
    return post(site.browser(by), f"/board/staff/{person(staff_no)}/{what}", **typed)


def sign_in(staff_no: str, password: str) -> int:
    place = str(Hall.objects.get(code="xinyuan").pk)
    return Client().post("/sign-in", {"place": place, "staff_no": staff_no, "password": password}).status_code


@pytest.mark.rule("SEC-06")
def test_a_new_colleague_gets_in_only_once_the_lesson_is_recorded_as_passed(site: Worksite) -> None:
    made = post(site.browser(MANAGER), "/board/staff/new", **NEW)
    found = re.search(r'id="password"[^>]* value="([^"]+)"', words(made))
    assert found is not None, words(made)[-3000:]
    assert sign_in("0219", found[1]) == 403, "the password is right, the lesson is owed"
    assert "未通过，不能登录" in words(site.browser(MANAGER).get("/board/staff/"))
    lesson = {"passed_on": "2026-11-23", "note": "笔试 92 分"}
    assert change(site, "0219", "lesson", by=CLERK, **lesson).status_code == 403
    for wrong in ({"passed_on": "2026-11-30"}, {"passed_on": "明天"}, {"note": " "}):
        assert change(site, "0219", "lesson", **{**lesson, **wrong}).status_code == 400
    assert sign_in("0219", found[1]) == 403
    assert change(site, "0219", "lesson", **lesson).status_code == 303
    assert sign_in("0219", found[1]) == 302
    assert change(site, MANAGER, "lesson", **lesson).status_code == 409, "nobody records their own"
    done = [line.action for line in trail(scope=Scope.operator(), limit=9, subject="person")]
    assert done == ["staff.lesson_passed", "staff.added"]


@pytest.mark.rule("ORD-13", "SEC-06")
def test_pressed_twice_it_is_one_colleague_and_a_number_that_is_taken_is_refused(site: Worksite) -> None:
    browser, intent = site.browser(MANAGER), "7f3f1f52-6a53-4b57-b2a1-1f6b0f7f0c11"
    first = post(browser, "/board/staff/new", intent=intent, **NEW)
    again = post(browser, "/board/staff/new", intent=intent, **NEW)
    assert 'id="password"' in words(first) and 'id="password"' not in words(again)
    for wrong, said in (
        ({"staff_no": CLERK}, "已经有人用"),
        ({"staff_no": "a b"}, "数字或字母"),
        ({"name": " "}, "没有填"),
    ):
        answer = post(browser, "/board/staff/new", **{**NEW, "staff_no": "0220", **wrong})
        assert answer.status_code == 400 and said in words(answer)
    assert User.objects.filter(staff_no__in=["0219", "0220"]).count() == 1


@pytest.mark.rule("ORG-06")
def test_a_role_is_given_and_taken_with_a_reason_from_the_next_request_on(site: Worksite) -> None:
    clerk = site.browser(CLERK)
    assert clerk.get("/desk/follow-ups/").status_code == 403
    assert change(site, CLERK, "roles", role="agent", reason=" ").status_code == 409
    assert change(site, CLERK, "roles", role="agent", reason="韩雪休假").status_code == 303
    assert clerk.get("/desk/follow-ups/").status_code == 200
    assert change(site, CLERK, "roles/withdrawal", role="agent", reason="韩雪回来了").status_code == 303
    assert clerk.get("/desk/follow-ups/").status_code == 403
    held = organisation.person(person(CLERK), scope=Scope.operator()).posts
    assert [post.role for post in held] == ["clerk"]
    reasons = [line.details["reason"] for line in trail(scope=Scope.operator(), limit=9, subject="person")]
    assert reasons == ["韩雪回来了", "韩雪休假"]


@pytest.mark.rule("ORG-06")
def test_nobody_gives_power_beyond_their_own_nor_takes_their_own_last_managing_role(site: Worksite) -> None:
    beyond = change(site, CLERK, "roles", role="headquarters", reason="试")
    assert beyond.status_code == 409 and "超过您自己的" in words(beyond)
    own = change(site, MANAGER, "roles/withdrawal", role="manager", reason="不干了")
    assert own.status_code == 409 and "最后一个管理岗位" in words(own)
    assert site.browser(MANAGER).get("/board/staff/").status_code == 200
    assert post(site.browser(OTHER_HALL, "guandi"), f"/board/staff/{person(CLERK)}/roles").status_code == 403
    assert change(site, "0301", "roles", role="clerk", reason="试").status_code == 404, (
        "another hall's people"
    )


@pytest.mark.rule("ORG-06")
def test_what_the_board_gave_or_took_stands_when_the_profile_is_installed_again(site: Worksite) -> None:
    change(site, CLERK, "roles", role="agent", reason="韩雪休假")
    change(site, AUDITOR, "roles/withdrawal", role="cashier_auditor", reason="调岗")
    install_profile(profile="dawei", by=None, at=site.cast.later(minutes=1), demo=True)
    assert site.browser(CLERK).get("/desk/follow-ups/").status_code == 200
    xinyuan = Hall.objects.get(code="xinyuan").pk
    posts = organisation.person(person(AUDITOR), scope=Scope.operator()).posts
    assert xinyuan not in [one.hall_id for one in posts] and posts


@pytest.mark.rule("ORG-06", "SEC-10")
def test_roles_in_other_halls_are_told_apart_but_not_named(site: Worksite) -> None:
    page = words(site.browser(MANAGER).get("/board/staff/"))
    rows = {number: page.split(f">{number}</td>")[1].split("</tr>")[0] for number in ("0221", "0101", CLERK)}
    assert "别的营业厅" in rows["0221"] and "观邸" not in page
    assert "全部营业厅" in rows["0101"] and "全部营业厅" not in rows[CLERK] + rows["0221"]


@pytest.mark.rule("ORG-08")
def test_each_hall_names_its_keepers_one_at_a_time_and_says_who_is_missing(site: Worksite) -> None:
    browser = site.browser(MANAGER)
    assert all(
        word in words(browser.get("/board/staff/"))
        for word in ("还没有指定", "安全员", "卡负责人", "票据管理员")
    )
    named = {"duty": "safety", "person": str(person(CLERK))}
    assert post(browser, "/board/staff/keepers", **named).status_code == 303
    assert (
        post(browser, "/board/staff/keepers", **{**named, "person": str(person(AUDITOR))}).status_code == 303
    )
    unnamed = post(browser, "/board/staff/keepers", duty="device", person=str(person(CLERK)))
    assert unnamed.status_code == 400, "which device?"
    for what in ("叫号机", "自助终端"):
        assert (
            post(
                browser, "/board/staff/keepers", duty="device", what=what, person=str(person(CLERK))
            ).status_code
            == 303
        )
    stranger = post(browser, "/board/staff/keepers", duty="cards", person=str(person("0301")))
    assert stranger.status_code == 400 and "本厅没有这位同事" in words(stranger)
    hall = site.who(MANAGER).hall_id
    kept = [(one.duty.value, one.what, one.name) for one in workforce.keepers(hall, scope=Scope.of(hall))]
    assert kept == [("device", "叫号机", "李敏"), ("device", "自助终端", "李敏"), ("safety", "", "何静")]
    page = words(browser.get("/board/staff/"))
    assert "卡负责人、票据管理员" in re.sub(r"\s+", "", page)
