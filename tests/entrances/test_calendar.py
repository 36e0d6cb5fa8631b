"""Days off, exchanged days and opening hours from the board to the limits that follow them (LAW-34, LAW-35, WRK-06, ESC-03)."""

from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from onehall.contexts.fieldwork.models import VisitEnd
from onehall.contexts.organisation import api as organisation
from onehall.foundation.audit import trail
from onehall.foundation.scopes import Scope
from onehall.foundation.values.period import local
from onehall.journeys.finish_visit import finish_visit
from tests.cast import Cast, work_of
from tests.entrances.board_room import CLERK, MANAGER, post, words
from tests.entrances.worksite import INSTALLER, Sign, Worksite

HEADQUARTERS = "0101"
HOLIDAY = {
    "first_day": "2026-11-25", "last_day": "2026-11-27", "kind": "holiday", "name": "厅庆", "opens": "usual",
    "reason": "试 12 号",
}  # fmt: skip
SUMMER = {"weekdays": ["0", "1", "2", "3", "4"], "from_day": "2026-12-01", "to_day": "2026-12-31",
          "open_hours": "8:30-12:00,14:00-17:30", "why": "冬季作息"}  # fmt: skip


@pytest.fixture
def site(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Worksite:
    """Monday, 23 November 2026."""
    monkeypatch.setattr("onehall.foundation.identity.middleware.now", lambda: cast.now)
    return Worksite(cast)


def days(browser: Client, **more: Any) -> Any:
    return post(browser, "/board/calendar/days", **{**HOLIDAY, **more})


def plan(day: str, hall: str = "xinyuan") -> tuple[bool, str]:
    found = organisation.hall_by_code(hall, scope=Scope.operator())
    shown = organisation.plan_on(found.id, date.fromisoformat(day), scope=Scope.operator())
    return shown.works, shown.hours


def due_of_a_sale(site: Worksite, room: str) -> date:
    return local(work_of(site.cast.new_line(site.cast.clerk(drawer=room == "501"), room)).due_at).date()


@pytest.mark.rule("LAW-34", "WRK-06")
def test_a_limit_in_working_days_skips_the_days_off_and_what_was_promised_stays(site: Worksite) -> None:
    promised = work_of(site.cast.new_line(site.cast.clerk(), "501"))
    assert local(promised.due_at).date() == date(2026, 12, 1), "the end of Monday, 30 November"
    manager = site.browser(MANAGER)
    assert days(manager).status_code == 303
    assert days(manager, first_day="2026-11-28", last_day="", kind="workday", name="调休").status_code == 303
    site.cast.later(minutes=5)
    later = work_of(site.cast.new_line(site.cast.clerk(drawer=False), "502"))
    assert local(later.due_at).date() == date(2026, 12, 3), (
        "three days off, one Saturday worked: two days later"
    )
    assert site.now(promised).due_at == promised.due_at
    back = days(manager, kind="ordinary", name="")
    assert back.status_code == 303 and plan("2026-11-25")[0]
    shown = words(manager.get("/board/calendar/"))
    assert "厅庆" in shown and "周敏" in shown and "试 12 号" in shown, (
        "what was said stays on record, with who"
    )
    lines = trail(scope=Scope.operator(), limit=9, action="calendar.days_set")
    assert [line.details["kind"] for line in lines] == ["ordinary", "workday", "holiday"]


@pytest.mark.rule("LAW-34", "WRK-02")
def test_the_sheet_of_a_visit_before_the_holiday_is_due_after_it(site: Worksite) -> None:
    case = site.in_work("503")
    assert days(site.browser(MANAGER), first_day="2026-11-24", last_day="2026-11-27").status_code == 303
    done = finish_visit(
        intent=uuid4(), work_order=case.id, points=1, materials=[], method=Sign.PAPER, by=site.who(INSTALLER),
        at=site.cast.later(minutes=9),
    )  # fmt: skip
    due = VisitEnd.objects.get(work_order_id=done.id).return_by
    assert due is not None and local(due).date() > date(2026, 11, 30), "four days off lie between"


@pytest.mark.rule("LAW-35", "ESC-03")
def test_opening_hours_by_weekday_and_season_decide_what_is_outside_hours(site: Worksite) -> None:
    manager = site.browser(MANAGER)
    assert post(manager, "/board/calendar/hours", **SUMMER).status_code == 303
    assert plan("2026-12-01") == (True, "8:30–12:00、14:00–17:30")
    assert plan("2026-12-05")[1] == plan("2027-01-04")[1] == "8:30–19:00", "Saturdays and the time after stay"
    lunch = {"title": "擦玻璃", "begins": "2026-12-02T12:15", "ends": "2026-12-02T13:30"}
    asked = post(manager, "/board/approvals/activities", **lunch)
    assert asked.status_code == 303, "the hall is closed at noon: it is asked for"
    within = post(
        manager,
        "/board/approvals/activities",
        **{**lunch, "begins": "2026-12-02T14:15", "ends": "2026-12-02T15:00"},
    )
    assert within.status_code in (400, 409) and "8:30–12:00、14:00–17:30" in words(within)
    closed = {**HOLIDAY, "opens": "closed", "first_day": "2026-12-07", "last_day": ""}
    assert days(manager, **closed).status_code == 303 and plan("2026-12-07") == (False, "")


@pytest.mark.rule("LAW-34", "SEC-10")
def test_every_halls_days_are_headquarters_own_are_the_halls(site: Worksite) -> None:
    assert days(site.browser(CLERK)).status_code == 403
    assert days(site.browser(MANAGER), where="all").status_code == 403
    assert days(site.browser(HEADQUARTERS), where="all").status_code == 303
    assert not plan("2026-11-25")[0] and not plan("2026-11-25", "guandi")[0]
    worked = {"kind": "workday", "name": "照常", "first_day": "2026-11-25", "last_day": ""}
    assert days(site.browser(MANAGER), **worked).status_code == 303
    assert plan("2026-11-25")[0] and not plan("2026-11-25", "guandi")[0], (
        "the hall's own word, in this hall alone"
    )


@pytest.mark.rule("LAW-34", "LAW-35")
def test_the_preview_says_what_changes_and_whatever_saving_would_refuse(site: Worksite) -> None:
    manager = site.browser(MANAGER)
    shown = words(manager.get("/board/calendar/preview", {"what": "days", **HOLIDAY}))
    assert shown.count("<li>") == 3 and "2026-11-25" in shown
    assert "2026-11-30" in shown and "2026-12-03" in shown, "the limit of what is sold today moves"
    assert plan("2026-11-25")[0], "looking changes nothing"
    season = words(manager.get("/board/calendar/preview", {"what": "hours", **SUMMER}))
    assert "8:30–12:00、14:00–17:30" in season and "还有" in season
    for wrong, said in (
        ({"first_day": "2026-11-20"}, "过去的日子"),
        ({"first_day": "明天"}, "日期"),
        ({"name": ""}, "没有写名称"),
        ({"opens": "own", "hours": "9-18"}, "要写成"),
        ({"kind": "festival"}, "放假还是上班"),
    ):
        asked = words(manager.get("/board/calendar/preview", {"what": "days", **HOLIDAY, **wrong}))
        answer = days(manager, **wrong)
        assert said in asked and said in words(answer) and answer.status_code == 400, wrong
    assert days(manager, reason=" ").status_code == 400
    for wrong in ({"weekdays": []}, {"open_hours": ""}, {"to_day": "2026-11-01"}, {"why": ""}):
        assert post(manager, "/board/calendar/hours", **{**SUMMER, **wrong}).status_code == 400
    assert organisation.calendar_of(site.who(MANAGER).hall_id, scope=Scope.operator()).days == ()
