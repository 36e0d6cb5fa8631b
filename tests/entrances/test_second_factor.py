"""Signing in with a second proof: an app, recovery codes, lock-out, who must have one, and the end of a shift (SEC-08, SEC-06)."""

import re
from typing import Any

import pyotp
import pytest
from django.db import connection
from django.test import Client

from onehall.contexts.organisation.models import Hall
from onehall.foundation.audit import trail
from onehall.foundation.identity.models import SecondFactor, SecondStep, Session, User
from onehall.foundation.scopes import Scope
from onehall.foundation.values.period import local, midnight
from onehall.journeys.change_policy import change_policy
from tests.cast import Cast
from tests.entrances.board_room import CLERK, MANAGER, words
from tests.entrances.worksite import Worksite

PASSWORD = "onehall-demo"
SECURITY = "/account/security"


@pytest.fixture
def site(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Worksite:
    monkeypatch.setattr("onehall.foundation.identity.middleware.now", lambda: cast.now)
    return Worksite(cast)


def sign_in(staff_no: str = MANAGER, password: str = PASSWORD) -> tuple[Client, Any]:
    browser = Client()
    place = str(Hall.objects.get(code="xinyuan").pk)
    return browser, browser.post("/sign-in", {"place": place, "staff_no": staff_no, "password": password})


def enrolled(site: Worksite, staff_no: str = MANAGER) -> tuple[pyotp.TOTP, list[str]]:
    """The person's app, and the recovery codes that came with it."""
    browser = site.browser(staff_no)
    begun = words(browser.post(f"{SECURITY}/devices", {"kind": "totp", "password": PASSWORD}))
    found = re.search(r'id="secret">([A-Z2-7]+)<', begun)
    assert found is not None and "<svg" in begun, begun[-2000:]
    app = pyotp.TOTP(found[1])
    typed = {"code": app.at(site.cast.now), "name": "我的手机"}
    shown = words(browser.post(f"{SECURITY}/devices/confirmation", typed))
    codes = re.findall(r"[a-z2-7]{4}-[a-z2-7]{4}-[a-z2-7]{4}-[a-z2-7]{4}", shown)
    assert len(codes) == 10
    return app, codes


def step(browser: Client, code: str) -> Any:
    return browser.post("/sign-in/second", {"code": code})


def signed_in(browser: Client) -> bool:
    return bool(browser.get("/account/password").status_code == 200)


@pytest.mark.rule("SEC-08")
def test_without_a_device_the_password_is_enough_where_the_policy_says_so(site: Worksite) -> None:
    browser, answer = sign_in()
    assert answer.status_code == 302 and signed_in(browser)


@pytest.mark.rule("SEC-08")
def test_who_enrolled_needs_the_apps_code_each_time_and_a_code_opens_once(site: Worksite) -> None:
    app, _ = enrolled(site)
    site.cast.later(minutes=2)
    browser, answer = sign_in()
    assert answer["Location"].startswith("/sign-in/second") and not signed_in(browser)
    assert "6 位数字" in words(browser.get("/sign-in/second"))
    wrong = step(browser, "000000")
    assert wrong.status_code == 401 and "验证码不对" in words(wrong) and not signed_in(browser)
    code = app.at(site.cast.now)
    assert step(browser, code).status_code == 302 and signed_in(browser)
    thief, _ = sign_in()
    assert step(thief, code).status_code == 401, "a code that was looked at over the shoulder opens nothing"
    (line, *_) = trail(scope=Scope.operator(), limit=9, action="identity.signed_in")
    assert line.details["second"] == "totp"


@pytest.mark.rule("SEC-08")
def test_the_second_step_needs_the_first_and_runs_out(site: Worksite) -> None:
    app, _ = enrolled(site)
    assert Client().get("/sign-in/second")["Location"] == "/sign-in"
    assert step(Client(), app.at(site.cast.now)).status_code == 401
    _, wrong = sign_in(password="wrong")
    assert wrong.status_code == 401 and SecondStep.objects.count() == 0, "a wrong password leads no further"
    browser, _ = sign_in()
    site.cast.later(minutes=6)
    late = step(browser, app.at(site.cast.now))
    assert late.status_code == 401 and "已过时" in words(late) and not signed_in(browser)


@pytest.mark.rule("SEC-08")
def test_guessing_codes_locks_the_account_and_right_passwords_between_do_not_help(site: Worksite) -> None:
    app, _ = enrolled(site)
    site.cast.later(minutes=2)
    for attempt in range(4):
        browser, _ = sign_in()
        assert step(browser, f"{attempt:06}").status_code == 401
    browser, _ = sign_in()
    assert step(browser, "000009").status_code == 423, "the fifth failure locks"
    assert sign_in()[1].status_code == 423
    site.cast.later(minutes=16)
    browser, _ = sign_in()
    assert step(browser, app.at(site.cast.now)).status_code == 302


@pytest.mark.rule("SEC-08")
def test_a_recovery_code_opens_once_and_renewed_ones_replace_them(site: Worksite) -> None:
    _, codes = enrolled(site)
    browser, _ = sign_in()
    assert step(browser, codes[3].upper()).status_code == 302 and "还剩 9 个" in words(browser.get(SECURITY))
    again, _ = sign_in()
    assert step(again, codes[3]).status_code == 401
    refused = browser.post(f"{SECURITY}/codes", {"password": "wrong"})
    assert refused.status_code in (302, 401), "an open session alone renews nothing"
    fresh = words(site.browser(MANAGER).post(f"{SECURITY}/codes", {"password": PASSWORD}))
    (new, *_) = re.findall(r"[a-z2-7]{4}(?:-[a-z2-7]{4}){3}", fresh)
    third, _ = sign_in()
    assert step(third, codes[4]).status_code == 401 and step(third, new).status_code == 302


@pytest.mark.rule("SEC-08")
def test_a_device_that_is_removed_proves_nothing_and_nobody_removes_anothers(site: Worksite) -> None:
    enrolled(site)
    device = SecondFactor.objects.get().pk
    assert site.browser(CLERK).post(f"{SECURITY}/devices/{device}/revocation").status_code == 404
    assert site.browser(MANAGER).post(f"{SECURITY}/devices/{device}/revocation").status_code == 303
    browser, answer = sign_in()
    assert "second" not in answer["Location"] and signed_in(browser)


@pytest.mark.rule("SEC-08")
def test_where_the_policy_requires_it_managers_do_nothing_before_they_enrol_and_keep_one(
    site: Worksite,
) -> None:
    chief = site.who("0101")
    change_policy(
        key="identity.second_factor", value="required", valid_from=midnight(local(site.cast.now).date()), source="试",
        hall_id=None, by=chief, at=site.cast.now,
    )  # fmt: skip
    browser = site.browser(MANAGER)
    assert browser.get("/board/")["Location"] == SECURITY
    assert browser.post("/board/approvals/1/decision")["Location"] == SECURITY
    assert site.browser(CLERK).get("/board/").status_code == 200, "a clerk is below managers"
    enrolled(site)
    assert site.browser(MANAGER).get("/board/").status_code == 200
    last = site.browser(MANAGER).post(f"{SECURITY}/devices/{SecondFactor.objects.get().pk}/revocation")
    assert last.status_code == 409 and "最后一个设备" in words(last)


@pytest.mark.rule("SEC-08")
def test_a_stolen_cookie_opens_nothing_once_the_shift_is_over_or_the_person_ended_it(site: Worksite) -> None:
    site.cast.later(hours=13)
    browser = site.browser(CLERK)
    site.cast.later(minutes=20)
    assert browser.get("/desk/").status_code == 200
    mine = site.browser(CLERK)
    assert "退出其他登录" in words(mine.get(SECURITY)) and Session.objects.filter(ended_at=None).count() >= 2
    assert mine.post(f"{SECURITY}/sessions").status_code == 303
    assert browser.get("/desk/").status_code == 302 and mine.get("/desk/").status_code == 200
    site.cast.now = local(site.cast.now).replace(hour=22, minute=50)
    late = site.browser(CLERK)
    site.cast.later(minutes=9)
    assert late.get("/desk/").status_code == 200
    site.cast.later(minutes=1)
    assert late.get("/desk/")["Location"].startswith("/sign-in"), "23:00: the shift is over"


@pytest.mark.rule("SEC-06")
def test_a_login_whose_lesson_is_owed_opens_nothing(site: Worksite) -> None:
    User.objects.filter(staff_no=CLERK).update(lesson_owed=True)
    _, refused = sign_in(CLERK)
    assert refused.status_code == 403 and "保密课" in words(refused)
    _, unknown = sign_in(CLERK, "wrong")
    assert unknown.status_code == 401, "whoever does not know the password learns nothing about the lesson"


@pytest.mark.rule("SEC-08", "SEC-07")
def test_secrets_and_codes_are_not_readable_in_the_database_or_the_trail(site: Worksite) -> None:
    app, codes = enrolled(site)
    with connection.cursor() as cursor:
        cursor.execute(
            "select (select string_agg(f::text, ' ') from identity_secondfactor f) || (select string_agg(c::text, ' ') from identity_recoverycode c)"
        )
        stored = cursor.fetchone()[0]
    told = stored + str(trail(scope=Scope.operator(), limit=50))
    assert app.secret not in told and not any(code in told or code.replace("-", "") in told for code in codes)
