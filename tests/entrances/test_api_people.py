"""What people owe each other and customers may ask, done by a programme as at the desk and the board (API-01)."""

from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.utils.timezone import now

from onehall.contexts.organisation import api as organisation
from onehall.foundation.audit import trail
from onehall.foundation.identity.models import Session, User
from onehall.foundation.scopes import Scope
from onehall.foundation.values.period import local
from tests.cast import Cast
from tests.entrances.programme import Programme, customer

ALL = Scope.operator()
TODAY = local(now()).date()


def person(staff_no: str) -> int:
    return next(one.id for one in organisation.people(scope=ALL) if one.staff_no == staff_no)


@pytest.mark.rule("API-01", "ORG-06", "SEC-08")
def test_staff_and_roles_are_read_and_managed_by_nobody_but_people(cast: Cast) -> None:
    manager = Programme.of("0201")
    shown = {one["staff_no"]: one for one in manager.get("/staff?limit=50").good()["items"]}
    assert [role["role"] for role in shown["0213"]["roles"]] == ["clerk"] and "0311" not in shown
    assert shown["0101"]["roles"][0]["everywhere"] and shown["0213"]["locked_until"] is None
    until = now().replace(year=TODAY.year + 1)
    User.objects.filter(staff_no="0213").update(locked_until=until)
    locked = {one["staff_no"]: one["locked_until"] for one in manager.get("/staff?limit=50").good()["items"]}
    assert locked["0213"] and not locked["0211"]
    codes = {one["code"] for one in manager.get("/roles").good()}
    assert "clerk" in codes
    assert Programme.of("0213").get("/staff").status == 403
    for what in ("roles", "login", "login/unlocking"):
        assert manager.post(f"/staff/{person('0213')}/{what}", {"reason": "试"}).status == 404, (
            "no such operation"
        )


@pytest.mark.rule("API-01", "SEC-06", "ORG-06")
def test_a_programme_adds_a_colleague_and_records_the_lesson_but_lets_nobody_in(cast: Cast) -> None:
    manager = Programme.of("0201")
    given = {"staff_no": "0299", "name": "邓子轩", "role": "clerk", "reason": "新入职"}
    key = uuid4()
    added = manager.post("/staff", given, key=key).good()
    assert added == {"id": person("0299")}, "no password goes to a programme"
    assert manager.post("/staff", given, key=key).good() == added
    assert manager.post("/staff", {**given, "name": "别人"}, key=uuid4()).status == 400, "the number is taken"
    assert manager.post(
        "/staff", {**given, "staff_no": "0298", "role": "headquarters"}, key=uuid4()
    ).status in (403, 409)
    member = {one["staff_no"]: one for one in manager.get("/staff?limit=50").good()["items"]}["0299"]
    assert member["lesson_owed"] and [one["role"] for one in member["roles"]] == ["clerk"]
    lesson = f"/staff/{added['id']}/lesson"
    passed = {"passed_on": TODAY.isoformat(), "note": "笔试 92 分"}
    assert Programme.of("0213").post(lesson, passed).status == 403
    assert manager.post(f"/staff/{person('0201')}/lesson", passed).status == 409, "not one's own"
    assert manager.post(lesson, {**passed, "note": ""}).status in (400, 422)
    assert manager.post(lesson, passed).good() == added
    member = {one["staff_no"]: one for one in manager.get("/staff?limit=50").good()["items"]}["0299"]
    assert not member["lesson_owed"]


@pytest.mark.rule("API-01", "ORG-08")
def test_a_programme_reads_and_names_the_halls_keepers(cast: Cast) -> None:
    manager = Programme.of("0201")
    assert manager.get("/keepers").good() == []
    device = {"duty": "device", "person_id": person("0213"), "what": "叫号机"}
    assert manager.post("/keepers", {**device, "what": ""}).status == 400, "which device?"
    assert manager.post("/keepers", {**device, "person_id": person("0311")}).status == 400, "another hall's"
    (kept,) = manager.post("/keepers", device).good()
    assert (kept["duty"], kept["what"], kept["staff_no"]) == ("device", "叫号机", "0213")
    (kept,) = manager.post("/keepers", {**device, "person_id": person("0211")}).good()
    assert kept["staff_no"] == "0211", "one at a time"
    assert Programme.of("0213").post("/keepers", device).status == 403


@pytest.mark.rule("API-01", "LAW-30", "SEC-02")
def test_a_customers_rights_are_served_to_whoever_was_verified_and_to_nobody_else(cast: Cast) -> None:
    clerk = Programme.of("0213", counter="3")
    party = clerk.post("/customers", customer(), key=uuid4()).good()["id"]
    here = f"/customers/{party}"
    for method, what in (
        ("get", "consents"),
        ("get", "looks"),
        ("post", "copy"),
        ("post", "deletion-requests"),
    ):
        answer = getattr(clerk, method)(f"{here}/{what}")
        assert (answer.status, answer.json["rule"]) == (403, "SEC-01"), what
    clerk.post(
        f"{here}/purposes", {"kind": "present_verified", "verification": "id_document"}, key=uuid4()
    ).good()
    kept = clerk.post(f"{here}/consents", {"kind": "calls", "given": True}).good()
    assert {(one["kind"], one["given"]) for one in kept} == {
        ("notice", True),
        ("sensitive", True),
        ("calls", True),
    }
    assert any("您本人到厅" in line["words"] for line in clerk.get(f"{here}/looks").good())
    copy = clerk.post(f"{here}/copy").good()
    assert copy["particulars"]["phones"] and "李敏 0213" in copy["made"]
    assert copy["parts"]["consents"] and copy["parts"]["looks"]
    asked = clerk.post(f"{here}/deletion-requests").good()
    assert asked["obstacles"] == [] and asked["code"] == ""
    actions = {line.action for line in trail(scope=ALL, limit=30, subject="party")}
    assert {"privacy.copy_given", "privacy.consented", "privacy.deletion_asked"} <= actions


@pytest.mark.rule("API-01", "ORG-10", "ORD-16")
def test_a_notice_is_sent_waits_is_read_asked_about_and_answered(cast: Cast) -> None:
    manager, clerk = Programme.of("0201"), Programme.of("0213", counter="3")
    key, notice = (
        uuid4(),
        {"title": "盘点", "body": "周五盘点", "read_by": f"{TODAY.year + 1}-01-31", "roles": ["clerk"]},
    )
    made = manager.post("/notices", notice, key=key).good()["id"]
    assert manager.post("/notices", notice, key=key).good()["id"] == made
    assert any(one["detail"] == "盘点" or "盘点" in str(one) for one in clerk.get("/todos").good())
    question = clerk.post(f"/notices/{made}/questions", {"text": "几点"}, key=uuid4()).good()["id"]
    assert clerk.post(f"/questions/{question}/answer", {"text": "七点"}).status == 403
    assert manager.post(f"/questions/{question}/answer", {"text": "七点"}).good()["id"] == made
    assert clerk.post(f"/notices/{made}/receipt").good()["id"] == made
    shown = clerk.get(f"/notices/{made}").good()
    assert shown["read_at"] and [one["answer"] for one in shown["questions"]] == ["七点"]
    assert [one["id"] for one in clerk.get("/notices").good()] == [made]
    assert not any("盘点" in str(one) for one in clerk.get("/todos").good())


@pytest.mark.rule("API-01", "SEC-04", "ESC-03")
def test_an_activity_is_asked_for_and_taken_back_but_a_programme_decides_nothing(cast: Cast) -> None:
    manager, chief = Programme.of("0201"), Programme.of("0101")
    night = {
        "title": "夜间割接",
        "start": f"{TODAY.year + 1}-01-31T22:00",
        "end": f"{TODAY.year + 1}-01-31T23:30",
    }
    asked = manager.post("/approvals/activities", night, key=uuid4()).good()
    assert (asked["state"], asked["size"], asked["asked_by"]) == ("waiting", 90, "周敏")
    assert [one["id"] for one in manager.get("/approvals").good()] == [asked["id"]]
    assert chief.post(f"/approvals/{asked['id']}/decision", {"answer": "approve"}).status == 404, (
        "no such operation"
    )
    assert chief.post(f"/approvals/{asked['id']}/withdrawal").status == 409, (
        "only whoever asked takes it back"
    )
    assert manager.post(f"/approvals/{asked['id']}/withdrawal").good()["state"] == "withdrawn"
    assert Programme.of("0301", hall="guandi").get(f"/approvals/{asked['id']}").status == 404


@pytest.mark.rule("API-01", "LAW-34", "LAW-35")
def test_the_calendar_is_read_and_changed_as_on_the_board(cast: Cast) -> None:
    manager, day = Programme.of("0201"), date(TODAY.year + 1, 5, 4)
    off = {
        "first": f"{day}",
        "last": f"{day}",
        "kind": "holiday",
        "name": "青年节",
        "reason": "试",
        "hours": "",
    }
    (set_day,) = manager.post("/calendar/days", off).good()
    assert set_day == {"day": f"{day}", "works": False, "name": "青年节", "hours": ""}
    week = {"weekdays": [day.weekday()], "first": f"{day}", "hours": "9:00-12:00", "reason": "试"}
    assert len(manager.post("/calendar/hours", week).good()) == 7
    plan = manager.get(f"/calendar?first={day}&days=8").good()
    assert plan[0]["hours"] == "" and plan[7]["hours"] == "9:00–12:00"
    for wrong in ({"first": "2020-01-01"}, {"name": " "}, {"hours": "9-12"}, {"kind": "festival"}):
        assert manager.post("/calendar/days", {**off, **wrong}).status in (400, 422)
    assert manager.post("/calendar/days", {**off, "everywhere": True}).status == 403
    assert Programme.of("0213").post("/calendar/days", off).status == 403


@pytest.mark.rule("API-01", "ORD-17")
def test_the_days_sample_is_read_and_checked(cast: Cast) -> None:
    cast.now = now()
    Session.objects.all().delete()
    paid = cast.new_line(cast.clerk())
    manager: Any = Programme.of("0201")
    (drawn, *_) = manager.get("/checks").good()
    assert "unsigned" in drawn["faults"] and drawn["good"] is None and "王" in drawn["customer"]
    assert "王建国" not in str(drawn)
    kept = manager.post(f"/orders/{drawn['id']}/check", {"good": False, "note": "补签"}).good()
    assert (kept["good"], kept["note"]) == (False, "补签")
    assert manager.post(f"/orders/{drawn['id'] + 999}/check", {"good": True}).status == 404
    assert paid.basket_id
