"""Who lost password or devices, or is locked out, gets in again, by somebody else and on record (SEC-08, ORG-06, SEC-04)."""

import re
from contextlib import nullcontext
from typing import Any

import pytest
from django.test import Client

from onehall.contexts.organisation import api as organisation
from onehall.entrances.console.main import main
from onehall.foundation.audit import trail
from onehall.foundation.identity.models import Grant, RecoveryCode, Role, SecondFactor, User
from onehall.foundation.scopes import Scope
from tests.cast import Cast
from tests.entrances.board_room import CLERK, MANAGER, post, words
from tests.entrances.test_second_factor import enrolled, sign_in, signed_in, step
from tests.entrances.worksite import Worksite

HEADQUARTERS, OTHER_HALL = "0101", "0301"


@pytest.fixture
def site(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Worksite:
    monkeypatch.setattr("onehall.foundation.identity.middleware.now", lambda: cast.now)
    monkeypatch.setattr("onehall.entrances.console.home.establish", lambda: None)
    monkeypatch.setattr("onehall.entrances.console.home.database", nullcontext)
    monkeypatch.setattr("onehall.entrances.console.main.home.prepare", lambda: None)
    return Worksite(cast)


def person(staff_no: str) -> int:
    return next(one.id for one in organisation.people(scope=Scope.operator()) if one.staff_no == staff_no)


def reset(browser: Client, staff_no: str, **more: str) -> Any:
    typed = {"reason": "本人带身份证来", **more}
    return post(browser, f"/board/staff/{person(staff_no)}/login", **typed)


def password_of(answer: Any) -> str:
    found = re.search(r'id="password"[^>]* value="([^"]+)"', words(answer))
    assert answer.status_code == 200 and found is not None, words(answer)[-2000:]
    return found[1]


def second_manager(site: Worksite) -> str:
    """何静 0241 manages the hall, too."""
    hall = site.who(MANAGER).hall_id
    user = User.objects.get(staff_no="0241")
    Grant.objects.create(user=user, role=Role.objects.get(code="manager"), hall_id=hall)
    return "0241"


@pytest.mark.rule("SEC-08", "LAW-03")
def test_a_forgotten_password_is_reset_once_shown_once_and_changed_at_the_first_sign_in(
    site: Worksite,
) -> None:
    at_work = site.browser(CLERK)
    assert at_work.get("/desk/").status_code == 200
    manager, intent = site.browser(MANAGER), "7f3f1f52-6a53-4b57-b2a1-1f6b0f7f0c12"
    fresh = password_of(reset(manager, CLERK, intent=intent))
    again = reset(manager, CLERK, intent=intent)
    assert again.status_code == 200 and 'id="password"' not in words(again), (
        "pressed twice: the same reset, not shown again"
    )
    assert at_work.get("/desk/").status_code == 302, "what was open is closed"
    assert sign_in(CLERK)[1].status_code == 401, "the old password opens nothing"
    browser, answer = sign_in(CLERK, fresh)
    assert answer["Location"] == "/account/password"
    assert browser.get("/desk/")["Location"] == "/account/password", "nothing before the password is changed"
    (line,) = trail(scope=Scope.operator(), limit=9, action="staff.login_reset")
    assert line.details["reason"] == "本人带身份证来" and line.details["sessions"] == 1
    assert fresh not in str(line.details)


@pytest.mark.rule("SEC-08")
def test_lost_devices_go_with_their_codes_and_a_kept_device_is_still_asked_for(site: Worksite) -> None:
    app, codes = enrolled(site, CLERK)
    manager = site.browser(MANAGER)
    fresh = password_of(reset(manager, CLERK))
    assert sign_in(CLERK, fresh)[1]["Location"].startswith("/sign-in/second"), (
        "the password alone is half the proof"
    )
    waiting, _ = sign_in(CLERK, fresh)
    fresh = password_of(reset(manager, CLERK, devices="1"))
    site.cast.later(minutes=1)
    for old in (app.at(site.cast.now), codes[0]):
        assert not signed_in(waiting) and step(waiting, old).status_code in (302, 401)
    assert not signed_in(waiting), "a sign-in that was half done opens nothing any more"
    browser, answer = sign_in(CLERK, fresh)
    assert answer["Location"] == "/account/password" and signed_in(browser)
    user = User.objects.get(staff_no=CLERK)
    assert not SecondFactor.objects.filter(user=user, revoked_at=None).exists()
    assert not RecoveryCode.objects.filter(user=user).exists()


@pytest.mark.rule("SEC-08")
def test_whom_failures_locked_out_is_unlocked_with_a_reason(site: Worksite) -> None:
    for _ in range(5):
        sign_in(CLERK, "wrong")
    assert sign_in(CLERK)[1].status_code == 423
    manager, where = site.browser(MANAGER), f"/board/staff/{person(CLERK)}/login/unlocking"
    assert "已锁定" in words(manager.get("/board/staff/"))
    assert post(manager, where, reason=" ").status_code == 409
    assert sign_in(CLERK)[1].status_code == 423
    assert post(manager, where, reason="记错密码").status_code == 303
    assert sign_in(CLERK)[1].status_code == 302 and "已锁定" not in words(manager.get("/board/staff/"))
    twice = post(manager, where, reason="再按一次")
    assert twice.status_code == 409 and "没有锁定" in words(twice)


@pytest.mark.rule("SEC-08", "ORG-06", "SEC-10")
def test_never_oneself_nor_who_can_more_nor_another_halls_people_nor_without_a_reason(site: Worksite) -> None:
    second_login = User.objects.create(
        staff_no="0201B", name="周敏（平板）", person_no=MANAGER, must_change=False
    )
    Grant.objects.create(
        user=second_login, role=Role.objects.get(code="manager"), hall_id=site.who(MANAGER).hall_id
    )
    for browser, whom, status, said in (
        (site.browser(MANAGER), MANAGER, 409, "自己的登录"),
        (site.browser("0201B"), MANAGER, 409, "自己的登录"),
        (site.browser(MANAGER), HEADQUARTERS, 409, "超过您自己的"),
        (site.browser(MANAGER), OTHER_HALL, 404, ""),
        (site.browser(CLERK), "0211", 403, ""),
    ):
        answer = reset(browser, whom)
        assert answer.status_code == status and said in words(answer), whom
    assert reset(site.browser(MANAGER), CLERK, reason=" ").status_code == 409
    assert trail(scope=Scope.operator(), limit=9, action="staff.login_reset") == []


@pytest.mark.rule("SEC-08", "SEC-04")
def test_a_manager_is_reset_only_once_a_third_person_approved_it(site: Worksite) -> None:
    enrolled(site, MANAGER)
    chief, other = site.browser(HEADQUARTERS), site.browser(second_manager(site))
    asked = reset(other, MANAGER, devices="1")
    found = re.search(r"/board/approvals/(\d+)", words(asked))
    assert asked.status_code == 409 and found is not None and "什么都没有改动" in words(asked)
    where = f"/board/approvals/{found[1]}"
    assert reset(other, MANAGER, devices="1", approval=found[1]).status_code == 409, (
        "not before somebody said yes"
    )
    for nobody in (other, site.browser(MANAGER)):
        answer = post(nobody, f"{where}/decision", answer="approve")
        assert answer.status_code == 403 and "自己不能批" in words(answer), (
            "neither who asked nor whom it concerns"
        )
    assert post(chief, f"{where}/decision", answer="approve").status_code == 303
    assert reset(other, CLERK, devices="1", approval=found[1]).status_code == 409, (
        "approved for somebody else"
    )
    assert reset(other, MANAGER, approval=found[1]).status_code == 409, "approved with the devices"
    assert "照批准重置" in words(other.get(where))
    fresh = password_of(reset(other, MANAGER, devices="1", approval=found[1]))
    assert sign_in(MANAGER, fresh)[1]["Location"] == "/account/password"
    assert reset(other, MANAGER, devices="1", approval=found[1]).status_code == 409, (
        "an approval is used once"
    )


@pytest.mark.rule("SEC-08", "SEC-04")
def test_nobody_makes_a_second_person_of_a_colleague_whose_password_they_were_given(site: Worksite) -> None:
    """A manager without a device: the new password alone would open everything, approvals included."""
    other = site.browser(second_manager(site))
    assert reset(other, MANAGER).status_code == 409
    assert sign_in(MANAGER)[1].status_code == 302, "nothing was changed"
    lent = {"to": CLERK, "start": "2026-11-23", "end": "2026-11-25", "reason": "年休假"}
    assert post(site.browser(MANAGER), "/board/approvals/delegations", **lent).status_code == 303
    assert reset(other, CLERK).status_code == 409, "who decides by a lent right is no colleague like others"


@pytest.mark.rule("SEC-08", "SEC-09")
def test_the_last_administrator_gets_in_again_from_the_machine(
    site: Worksite, capsys: pytest.CaptureFixture[str]
) -> None:
    enrolled(site, HEADQUARTERS)
    assert main(["regain", HEADQUARTERS, "--reason", " "]) == 1
    assert main(["regain", "9999", "--reason", "试"]) == 1
    capsys.readouterr()
    assert main(["regain", HEADQUARTERS, "--devices", "--reason", "总部手机丢失，局长批准"]) == 0
    fresh = capsys.readouterr().out.strip().splitlines()[-1]
    assert sign_in(HEADQUARTERS, fresh)[1]["Location"] == "/account/password"
    lines = trail(scope=Scope.operator(), limit=9, action="staff.login_reset")
    halls = {hall.id for hall in organisation.halls(scope=Scope.operator())}
    assert {line.hall_id for line in lines} == halls and all(line.details["console"] for line in lines)
