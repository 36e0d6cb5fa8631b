"""A second person decides: the large export from its request to its file, lending the right, and who may not (SEC-04)."""

import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from onehall.foundation.approvals import queries as approvals
from onehall.foundation.audit import trail
from onehall.foundation.identity.models import Grant, Role, User
from onehall.foundation.scopes import Scope
from onehall.foundation.values.period import local, midnight
from onehall.journeys.change_policy import change_policy
from tests.cast import Cast
from tests.entrances.board_room import AUDITOR, CLERK, MANAGER, post, words
from tests.entrances.worksite import Worksite

HEADQUARTERS = "0101"


@pytest.fixture
def site(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Worksite:
    """Nobody exports more than one row alone, and three customers are registered."""
    monkeypatch.setattr("onehall.foundation.identity.middleware.now", lambda: cast.now)
    made = Worksite(cast)
    manager = made.who(MANAGER)
    change_policy(
        key="exports.rows_alone", value=1, valid_from=midnight(local(cast.now).date()), source="试",
        hall_id=manager.hall_id, by=manager, at=cast.now,
    )  # fmt: skip
    clerk = made.who(CLERK)
    for _ in range(3):
        cast.registered(clerk)
    return made


def export(browser: Client, **more: str) -> Any:
    return browser.post("/board/exports/customers", {"reason": "六月对帐", "format": "csv", **more})


def waiting(site: Worksite, browser: Client) -> int:
    """The number of the request that a large export of this browser's person files."""
    answer = export(browser)
    found = re.search(r"/board/approvals/(\d+)", words(answer))
    assert answer.status_code == 409 and found is not None
    return int(found[1])


def decision(browser: Client, number: int, answer: str = "approve", **more: str) -> Any:
    return post(browser, f"/board/approvals/{number}/decision", answer=answer, **more)


def state(site: Worksite, number: int) -> str:
    return approvals.request(number, at=site.cast.now, scope=Scope.operator()).state.value


def actions(*, subject: str = "approval") -> list[str]:
    return [line.action for line in reversed(trail(scope=Scope.operator(), limit=50, subject=subject))]


@pytest.mark.rule("SEC-04")
def test_a_large_export_asks_by_itself_and_leaves_once_another_person_approved_it(site: Worksite) -> None:
    manager, chief = site.browser(MANAGER), site.browser(HEADQUARTERS)
    number = waiting(site, manager)
    assert waiting(site, manager) == number, "asked twice it waits once"
    queue = words(chief.get("/board/approvals/"))
    assert all(
        word in queue for word in ("周敏", "六月对帐", f'href="/board/approvals/{number}"', 'data-key="1"')
    )
    assert "没有等您批的" in words(manager.get("/board/approvals/")), "one's own is not in one's queue"
    assert export(manager, approval=str(number)).status_code == 409, "not before somebody said yes"
    assert decision(chief, number).status_code == 303
    assert "照批准导出" in words(manager.get(f"/board/approvals/{number}"))
    file = export(manager, approval=str(number))
    assert file.status_code == 200
    assert b"".join(file.streaming_content).decode("utf-8-sig").count("\n") == 5, (
        "headings, three customers, and where it comes from"
    )
    assert state(site, number) == "used"
    again = export(manager, approval=str(number))
    assert again.status_code == 409 and "已用过" in words(again), "an approval is used once"
    assert actions() == ["approval.asked", "approval.approved"]
    (line,) = trail(scope=Scope.operator(), limit=9, action="export.run")
    assert line.details["approval"] == number and line.details["rows"] == 3


@pytest.mark.rule("SEC-04", "ORG-06")
def test_nobody_approves_their_own_not_from_a_second_session_nor_a_second_login(site: Worksite) -> None:
    number = waiting(site, site.browser(MANAGER))
    second_session = decision(site.browser(MANAGER), number)
    assert second_session.status_code == 403 and "自己不能批" in words(second_session)
    second = User.objects.create(staff_no="0201B", name="周敏（平板）", person_no=MANAGER, must_change=False)
    hall = site.who(MANAGER).hall_id
    Grant.objects.create(user=second, role=Role.objects.get(code="manager"), hall_id=hall)
    second_login = decision(site.browser("0201B"), number)
    assert second_login.status_code == 403 and "自己不能批" in words(second_login)
    assert decision(site.browser(CLERK), number).status_code == 403, "a clerk holds no such right"
    assert state(site, number) == "waiting"


@pytest.mark.rule("SEC-04")
def test_a_lent_right_decides_for_others_but_not_for_the_lender_and_ends(site: Worksite) -> None:
    manager, clerk, auditor = site.browser(MANAGER), site.browser(CLERK), site.browser(AUDITOR)
    day = local(site.cast.now).date()
    lent = {"to": CLERK, "start": f"{day}", "end": f"{day + timedelta(days=2)}", "reason": "年休假"}
    assert post(manager, "/board/approvals/delegations", **lent).status_code == 303
    own = waiting(site, manager)
    assert decision(clerk, own).status_code == 403, (
        "the lender's own right does not decide on the lender's request"
    )
    change = {"reason": "对帐", "format": "csv"}
    asked = auditor.post("/board/exports/policies", change)
    number = int(re.search(r"/board/approvals/(\d+)", words(asked))[1])  # type: ignore[index]
    assert "何静" in words(clerk.get("/board/approvals/"))
    assert decision(clerk, number).status_code == 303
    shown = approvals.request(number, at=site.cast.now, scope=Scope.operator())
    assert (shown.decided_by, shown.decided_for) == ("李敏", MANAGER), "who decided, and by whose right"
    (delegation,) = approvals.delegations(at=site.cast.now, scope=Scope.operator())
    assert post(auditor, f"/board/approvals/delegations/{delegation.id}/end").status_code == 400
    assert post(manager, f"/board/approvals/delegations/{delegation.id}/end").status_code == 303
    auditor.post("/board/exports/receipts", change)
    assert "没有等您批的" in words(clerk.get("/board/approvals/")), "a right taken back decides nothing"


@pytest.mark.rule("SEC-04")
@pytest.mark.parametrize(("change", "said"), [
    ({"to": "9999"}, "没有这个工号"), ({"to": MANAGER}, "受托人是自己"), ({"reason": " "}, "没有写原因"),
    ({"end": "2027-12-31"}, "最长 31 天"), ({"end": "2026-11-20"}, "先后不颠倒"), ({"start": "明天"}, "日期"),
])  # fmt: skip
def test_a_delegation_that_cannot_be_is_refused_in_words(
    site: Worksite, change: dict[str, str], said: str
) -> None:
    good = {"to": CLERK, "start": "2026-11-23", "end": "2026-11-25", "reason": "年休假"}
    answer = post(site.browser(MANAGER), "/board/approvals/delegations", **{**good, **change})
    assert answer.status_code == 400 and said in words(answer)
    assert approvals.delegations(at=site.cast.now, scope=Scope.operator()) == []


@pytest.mark.rule("SEC-04")
def test_what_waits_or_was_approved_too_long_ago_lapses(site: Worksite) -> None:
    number = waiting(site, site.browser(MANAGER))
    site.cast.later(hours=73)
    late = decision(site.browser(HEADQUARTERS), number)
    assert late.status_code == 409 and "已过期" in words(late)
    second = waiting(site, site.browser(MANAGER))
    assert second != number, "asked for again it waits anew"
    assert decision(site.browser(HEADQUARTERS), second).status_code == 303
    site.cast.later(hours=25)
    too_late = export(site.browser(MANAGER), approval=str(second))
    assert too_late.status_code == 409 and "已过期" in words(too_late)
    assert waiting(site, site.browser(MANAGER)) not in (number, second)


@pytest.mark.rule("SEC-04")
def test_a_no_has_its_reason_and_a_double_click_is_one_decision(site: Worksite) -> None:
    manager, chief = site.browser(MANAGER), site.browser(HEADQUARTERS)
    number = waiting(site, manager)
    assert decision(chief, number, "decline").status_code == 400, "without a reason nobody learns from it"
    assert decision(chief, number, "perhaps").status_code == 400
    intent = str(uuid4())
    for _ in range(2):
        assert decision(chief, number, "decline", note="先问上级", intent=intent).status_code == 303
    assert "先问上级" in words(manager.get(f"/board/approvals/{number}"))
    changed = decision(chief, number, "approve")
    assert changed.status_code == 409 and "已由 马骏 办过" in words(changed)
    assert actions() == ["approval.asked", "approval.declined"]


@pytest.mark.rule("SEC-04")
def test_an_approval_is_for_the_very_thing_and_may_grow_a_little_only(site: Worksite) -> None:
    manager = site.browser(MANAGER)
    number = waiting(site, manager)
    decision(site.browser(HEADQUARTERS), number)
    clear = export(manager, approval=str(number), personal="1")
    assert clear.status_code == 409 and "内容和申请的不同" in words(clear), "masked was approved, not in full"
    theirs = export(site.browser(HEADQUARTERS), approval=str(number))
    assert theirs.status_code in (403, 409), "somebody else's approval"
    clerk = site.who(CLERK)
    site.cast.registered(clerk)
    grown = export(manager, approval=str(number))
    assert grown.status_code == 409 and "批准时是 3" in words(grown)
    assert post(manager, f"/board/approvals/{number}/withdrawal").status_code == 303
    assert state(site, number) == "withdrawn" and waiting(site, manager) != number
    assert post(site.browser(AUDITOR), f"/board/approvals/{number}/withdrawal").status_code == 409


@pytest.mark.rule("SEC-04", "SEC-10")
def test_a_programme_is_no_second_person(site: Worksite) -> None:
    from onehall.foundation.identity.tokens import scopes_possible

    possible = scopes_possible(staff_no=MANAGER, hall_id=site.who(MANAGER).hall_id)
    assert "export.run" in possible and not {"approval.view", "export.approve"} & set(possible)
