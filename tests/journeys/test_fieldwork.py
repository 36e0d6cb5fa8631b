"""Field work as procedures: permitted, once per intent, on the trail and on every open screen."""

from collections.abc import Callable
from dataclasses import replace
from threading import Thread
from typing import Any
from uuid import UUID, uuid4

import pytest

from onehall.contexts.catalogue.models import Wording
from onehall.contexts.fieldwork import api as fieldwork
from onehall.contexts.fieldwork.api import (
    CallOutcome,
    MaterialUse,
    Sign,
    State,
    WorkOrder,
    WrongState,
)
from onehall.contexts.organisation.models import Operator
from onehall.foundation.database import fetch_all, transaction
from onehall.foundation.documents.contracts import Kind
from onehall.foundation.documents.queries import verify_code
from onehall.foundation.policy.services import establish_value
from onehall.foundation.scopes import Actor, NotPermitted
from onehall.journeys.abandon_visit import abandon_visit
from onehall.journeys.archive_case import archive_case
from onehall.journeys.assign_installer import assign_installer
from onehall.journeys.dispatch_work_order import dispatch_work_order
from onehall.journeys.finish_visit import finish_visit
from onehall.journeys.issue_field_paper import issue_field_paper
from onehall.journeys.record_follow_up import record_follow_up
from onehall.journeys.record_line_test import record_line_test
from onehall.journeys.return_sheet import return_sheet
from onehall.journeys.sign_dispatch import sign_dispatch
from onehall.journeys.start_visit import start_visit
from tests.rooms.till import NOON
from tests.rooms.worksite import STROKES, TEST, Site, site

LIMITS = {
    fieldwork.RETURN_WORKING_DAYS: 1,
    fieldwork.FOLLOW_UP_WAIT: 720,
    fieldwork.FOLLOW_UP_RETRY: 180,
    fieldwork.FOLLOW_UP_AFTER_DEFECT: 1440,
    fieldwork.FOLLOW_UP_OPENS: 540,
    fieldwork.FOLLOW_UP_CLOSES: 1200,
}


def furnished() -> Site:
    """A site with limits, an operator's name for papers, and the script of the follow-up call."""
    here = site()
    for key, value in LIMITS.items():
        establish_value(key=key.code, value=value, valid_from=NOON, source="test", verified=True, at=NOON)
    Operator.objects.create(
        code="t", name_zh="试验公司", name_en="Test operator", country_code="86", area_code="029", postcode="710000",
        time_zone="Asia/Shanghai", building_digits=2, unit_digits=2, room_digits=3, changed_at=NOON,
    )  # fmt: skip
    Wording.objects.create(
        kind="script", code="follow_up", version="", title_zh="回访", title_en="Follow-up",
        lines=[{"zh": "您好，请问您家的宽带好用吗？", "en": "Good day, does your line work well?"}], changed_at=NOON,
    )  # fmt: skip
    return here


@pytest.fixture
def here(db: None) -> Site:
    with transaction():
        return furnished()


def topics() -> list[str]:
    return [row["topic"] for row in fetch_all("select topic from outbox_outboxevent order by id")]


def walk(here: Site, case: WorkOrder) -> list[tuple[Callable[..., Any], dict[str, Any], Actor, str]]:
    """Every procedure of a case in turn, with what it is given and the permission it asks for."""
    one = {"work_order": case.id}
    return [
        (dispatch_work_order, {"work_orders": [case.id], "project_manager": here.manager.user_id}, here.clerk, "dispatch"),
        (sign_dispatch, {"work_orders": [case.id], "method": Sign.STROKES, "strokes": STROKES}, here.manager, "accept"),
        (assign_installer, {**one, "installer": here.installer.user_id}, here.manager, "assign"),
        (start_visit, one, here.installer, "visit"),
        (abandon_visit, {**one, "note": "家中无人"}, here.installer, "visit"),
        (start_visit, one, here.installer, "visit"),
        (record_line_test, {**one, "test": TEST}, here.installer, "visit"),
        (
            finish_visit,
            {
                **one, "points": 2, "materials": [MaterialUse("patch_cable", 1)], "method": Sign.STROKES,
                "strokes": STROKES,
            },
            here.installer,
            "visit",
        ),
        (return_sheet, {**one, "method": Sign.PAPER}, here.clerk, "return"),
        (record_follow_up, {**one, "outcome": CallOutcome.UNANSWERED, "satisfaction": None, "handled": ""}, here.clerk, "followup"),
        (record_follow_up, {**one, "outcome": CallOutcome.PASSED, "satisfaction": 5, "handled": "满意"}, here.clerk, "followup"),
        (archive_case, one, here.clerk, "archive"),
    ]  # fmt: skip


@pytest.mark.rule("WRK-02", "WRK-04", "WRK-05", "WRK-11", "SEC-09")
def test_a_case_walks_from_register_to_archive_and_every_step_is_told(here: Site) -> None:
    with transaction():
        case = here.order()
    for minute, (procedure, given, by, _) in enumerate(walk(here, case), start=10):
        procedure(intent=uuid4(), **given, by=by, at=here.at(minute))
    done = fieldwork.work_order(case.id, scope=here.clerk.scope)
    assert (done.state, done.tries) == (State.ARCHIVED, 2)
    told = [
        f"work.{word}"
        for word in (
            "dispatched", "signed", "assigned", "started", "abandoned", "started", "tested", "finished", "returned",
            "called", "called", "archived",
        )
    ]  # fmt: skip
    assert topics() == told
    trail = fetch_all("select action, subject_id, details from audit_auditentry order by id")
    assert [line["action"] for line in trail] == told
    assert {line["subject_id"] for line in trail} == {str(case.id)}
    assert "王建国" not in str(trail) and "13812346021" not in str(trail)
    closed = fetch_all("select 1 from orders_orderarchive a join orders_ordercompletion c using (order_id)")
    assert len(closed) == 1


@pytest.mark.rule("ORD-13", "WRK-09")
def test_every_step_that_is_sent_twice_happens_once(here: Site) -> None:
    with transaction():
        case = here.order()
    for minute, (procedure, given, by, _) in enumerate(walk(here, case), start=10):
        intent = uuid4()
        first = procedure(intent=intent, **given, by=by, at=here.at(minute))
        again = procedure(intent=intent, **given, by=by, at=here.at(minute + 100))
        assert again == first, procedure.__name__
    assert len(topics()) == 12
    assert fieldwork.work_order(case.id, scope=here.clerk.scope).tries == 2


@pytest.mark.rule("ORG-06")
def test_nobody_takes_a_step_without_the_permission(here: Site) -> None:
    with transaction():
        case = here.order()
    for procedure, given, by, permission in walk(here, case):
        without = replace(by, permissions=by.permissions - {f"work.{permission}"})
        with pytest.raises(NotPermitted):
            procedure(intent=uuid4(), **given, by=without, at=NOON)
    assert topics() == []


@pytest.mark.rule("WRK-02")
def test_a_list_is_handed_over_whole_or_not_at_all(here: Site) -> None:
    with transaction():
        fresh, gone = here.order(), here.dispatched()
    with pytest.raises(WrongState, match=gone.serial):
        dispatch_work_order(
            intent=uuid4(),
            work_orders=[fresh.id, gone.id],
            project_manager=here.manager.user_id,
            by=here.clerk,
            at=NOON,
        )
    assert fieldwork.work_order(fresh.id, scope=here.clerk.scope).state is State.TO_DISPATCH
    with transaction():
        more = here.dispatched()
    signed = sign_dispatch(
        intent=uuid4(), work_orders=[gone.id, more.id], method=Sign.CONFIRMED, by=here.manager, at=here.at(30)
    )
    assert [case.state for case in signed] == [State.TO_VISIT, State.TO_VISIT]


@pytest.mark.rule("WRK-05", "WRK-13")
def test_follow_ups_are_due_by_policy_and_never_at_night(here: Site) -> None:
    with transaction():
        case = here.finished()
    back = return_sheet(intent=uuid4(), work_order=case.id, method=Sign.PAPER, by=here.clerk, at=NOON)
    assert back.waiting_until == here.at(21 * 60), "midnight is moved to nine in the morning"
    facts = {"work_order": case.id, "satisfaction": None, "handled": "", "by": here.clerk}
    tried = record_follow_up(intent=uuid4(), outcome=CallOutcome.UNANSWERED, **facts, at=here.at(1300))
    assert tried.waiting_until == here.at(1480)


@pytest.mark.rule("WRK-01", "WRK-02", "WRK-05", "REC-01", "REC-03")
@pytest.mark.parametrize("kind", [Kind.INSTALLATION, Kind.FOLLOW_UP, Kind.DISPATCH])
def test_papers_of_field_work_are_stored_and_can_be_verified(here: Site, kind: Kind) -> None:
    with transaction():
        case = here.returned()
        here.called(case, CallOutcome.UNANSWERED, 720)
    clerk = replace(here.clerk, permissions=frozenset({"document.print"}))
    about = {"day": NOON.date()} if kind is Kind.DISPATCH else {"work_order": case.id}
    paper = issue_field_paper(kind=kind, **about, by=clerk, at=here.at(721))  # type: ignore[arg-type]
    found = verify_code(paper.code)
    assert found is not None and (found.kind, found.sha256) == (kind, paper.sha256)
    said = str(paper.content)
    assert (case.account in said and "钱军" in said) or kind is Kind.FOLLOW_UP
    if kind is Kind.INSTALLATION:
        assert all(
            words in said
            for words in ("王建国", "13812346021", "馨苑经营部", "已回单", "20.48 M", "3米网线 ×1")
        )
    if kind is Kind.FOLLOW_UP:
        assert "您好，请问您家的宽带好用吗？" in said and "无人接听" in said
    with pytest.raises(ValueError, match="lacks"):
        issue_field_paper(kind=kind, by=clerk, at=NOON)


@pytest.mark.rule("WRK-02", "ORD-13")
def test_two_hands_at_the_same_instant_dispatch_once(real_db: str) -> None:
    with transaction():
        here = furnished()
        case = here.order()
    outcomes: list[str] = []

    def hand_over(intent: UUID) -> None:
        from django.db import connection

        try:
            dispatch_work_order(
                intent=intent,
                work_orders=[case.id],
                project_manager=here.manager.user_id,
                by=here.clerk,
                at=NOON,
            )
            outcomes.append("done")
        except WrongState:
            outcomes.append("refused")
        finally:
            connection.close()

    hands = [Thread(target=hand_over, args=(uuid4(),)) for _ in range(4)]
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join()
    assert sorted(outcomes) == ["done", "refused", "refused", "refused"]
    assert topics() == ["work.dispatched"]
