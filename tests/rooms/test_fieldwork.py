"""A case from the counter to the archive, and everything that must not happen on the way."""

from hashlib import sha256

import pytest
from django.db import IntegrityError, connection
from django.db import transaction as savepoint

from onehall.contexts.fieldwork import api as fieldwork
from onehall.contexts.fieldwork.api import (
    CallOutcome,
    LineTest,
    MaterialUse,
    NotSigned,
    NotYourWork,
    Sign,
    State,
    WrongState,
)
from onehall.contexts.fieldwork.contracts import BadEntry, NotFollowedUp
from onehall.contexts.fieldwork.models import VisitEnd, WorkOrder
from onehall.foundation.database import fetch_all, transaction
from tests.rooms.till import NOON
from tests.rooms.worksite import STROKES, TEST, Site, site

CLOSED = {State.TO_ARCHIVE, State.ARCHIVED, State.WITHDRAWN}


@pytest.fixture
def here(db: None) -> Site:
    with transaction():
        return site()


@pytest.mark.rule("WRK-01")
def test_the_order_records_what_the_installation_sheet_shows(here: Site) -> None:
    with transaction():
        case = here.order()
    seen = fieldwork.work_order(case.id, scope=here.clerk.scope)
    assert (seen.contact.name, seen.contact.phone) == ("王建国", "13812346021")
    assert (seen.account, seen.address, seen.department) == (
        case.account,
        "馨苑 1号楼 2单元 502室",
        "馨苑经营部",
    )
    assert (seen.state, seen.stage.zh) == (State.TO_DISPATCH, "营业已受理")
    assert seen.serial.startswith("DW20261121")


@pytest.mark.rule("WRK-02", "WRK-04")
def test_a_case_takes_every_step_in_its_turn(here: Site) -> None:
    with transaction():
        case = here.returned()
        assert case.state is State.TO_FOLLOW_UP and case.waiting_until == here.at(720)
        case = here.called(case, CallOutcome.PASSED, 730)
        assert case.state is State.TO_ARCHIVE and case.waiting_until is None
        case = fieldwork.archive_case(work_order_id=case.id, by=here.clerk, at=here.at(740))
    assert case.state is State.ARCHIVED
    assert (case.handed_by, case.project_manager, case.installer) == ("李敏", "钱军", "赵刚")
    (visit,) = fieldwork.visits(case.id, scope=here.clerk.scope)
    assert (visit.done, visit.test, visit.points, len(visit.signature_sha256)) == (True, TEST, 2, 64)
    assert [use.code for use in visit.materials] == ["patch_cable"]
    assert fieldwork.board(scope=here.clerk.scope).items == ()
    assert [one.id for one in fieldwork.board(scope=here.clerk.scope, closed=True).items] == [case.id]


@pytest.mark.rule("WRK-02")
def test_only_the_project_manager_of_the_register_signs(here: Site) -> None:
    with transaction():
        case = here.dispatched()
        for stranger in (here.clerk, here.installer):
            with pytest.raises(NotYourWork):
                fieldwork.sign_dispatch(
                    work_order_id=case.id, method=Sign.STROKES, strokes=STROKES, by=stranger, at=NOON
                )
        with pytest.raises(NotSigned):
            fieldwork.sign_dispatch(
                work_order_id=case.id, method=Sign.STROKES, strokes=(), by=here.manager, at=NOON
            )
        with pytest.raises(NotSigned):
            fieldwork.sign_dispatch(work_order_id=case.id, method=Sign.SEAL, by=here.manager, at=NOON)
        signed = fieldwork.sign_dispatch(
            work_order_id=case.id, method=Sign.STROKES, strokes=STROKES, by=here.manager, at=here.at(15)
        )
        assert signed.facts.signed_at == here.at(15) and signed.stage.zh == "已签收"
        with pytest.raises(WrongState):
            fieldwork.sign_dispatch(
                work_order_id=case.id, method=Sign.CONFIRMED, by=here.manager, at=here.at(16)
            )


@pytest.mark.rule("WRK-02")
def test_nobody_is_sent_before_the_signature_and_nobody_else_goes(here: Site) -> None:
    with transaction():
        case = here.dispatched()
        with pytest.raises(WrongState):
            fieldwork.assign(
                work_order_id=case.id, installer_id=here.installer.user_id, by=here.manager, at=NOON
            )
        case = here.assigned()
        with pytest.raises(NotYourWork):
            fieldwork.start_visit(work_order_id=case.id, by=here.other, at=here.at(50))
        fieldwork.assign(
            work_order_id=case.id, installer_id=here.other.user_id, by=here.manager, at=here.at(40)
        )
        started = fieldwork.start_visit(work_order_id=case.id, by=here.other, at=here.at(50))
        assert (started.installer, started.state) == ("孙涛", State.IN_WORK)
        with pytest.raises(WrongState):
            fieldwork.assign(
                work_order_id=case.id, installer_id=here.installer.user_id, by=here.manager, at=NOON
            )


@pytest.mark.rule("WRK-02", "WRK-04")
def test_nothing_is_finished_untested_or_unsigned(here: Site) -> None:
    with transaction():
        case = here.in_work()
        with pytest.raises(BadEntry, match="线路测试"):
            here.finish(case)
        with pytest.raises(BadEntry):
            fieldwork.record_test(work_order_id=case.id, test=LineTest(0, 10, 0), by=here.installer, at=NOON)
        fieldwork.record_test(work_order_id=case.id, test=TEST, by=here.installer, at=here.at(70))
        for method, strokes in (
            (None, None),
            (Sign.CONFIRMED, None),
            (Sign.STROKES, (((0.5, 0.5, 0.0, 1.0),),)),
        ):
            with pytest.raises(NotSigned):
                here.finish(case, method=method, strokes=strokes)
        assert here.finish(case).state is State.TO_RETURN


@pytest.mark.rule("FEE-02", "WRK-04")
def test_one_cable_is_free_and_more_is_the_customers_own(here: Site) -> None:
    with transaction():
        case = here.in_work()
        fieldwork.record_test(work_order_id=case.id, test=TEST, by=here.installer, at=here.at(70))
        with pytest.raises(BadEntry, match="FEE-02"):
            here.finish(case, materials=[MaterialUse("patch_cable", 2)])
        with pytest.raises(BadEntry):
            here.finish(case, materials=[MaterialUse("router", 1)])
        used = [MaterialUse("patch_cable", 1), MaterialUse("patch_cable", 3, own=True)]
        here.finish(case, materials=used)
    (visit,) = fieldwork.visits(case.id, scope=here.clerk.scope)
    assert list(visit.materials) == used


@pytest.mark.rule("WRK-02")
def test_a_sheet_without_signature_or_seal_is_refused(here: Site) -> None:
    def back(case: fieldwork.WorkOrder, method: Sign | None) -> fieldwork.WorkOrder:
        return fieldwork.return_sheet(
            work_order_id=case.id,
            method=method,
            note="",
            follow_up_due=here.at(700),
            by=here.clerk,
            at=here.at(200),
        )

    with transaction():
        case = here.in_work()
        fieldwork.record_test(work_order_id=case.id, test=TEST, by=here.installer, at=here.at(70))
        case = here.finish(case, method=Sign.PAPER, strokes=None)
        for missing in (None, Sign.CONFIRMED, Sign.STROKES):
            with pytest.raises(NotSigned):
                back(case, missing)
        assert back(case, Sign.SEAL).state is State.TO_FOLLOW_UP
        assert back(here.finished(), Sign.STROKES).state is State.TO_FOLLOW_UP


@pytest.mark.rule("WRK-04")
def test_a_failed_visit_leaves_the_case_waiting_for_another(here: Site) -> None:
    with transaction():
        case = here.in_work()
        case = fieldwork.abandon_visit(
            work_order_id=case.id, note="家中无人", by=here.installer, at=here.at(65)
        )
        assert case.state is State.TO_VISIT
        case = fieldwork.start_visit(work_order_id=case.id, by=here.installer, at=here.at(600))
        fieldwork.record_test(work_order_id=case.id, test=TEST, by=here.installer, at=here.at(610))
        assert here.finish(case).state is State.TO_RETURN
    assert [visit.done for visit in fieldwork.visits(case.id, scope=here.clerk.scope)] == [False, True]


@pytest.mark.rule("WRK-05")
def test_an_unanswered_call_is_tried_again_later_and_counted(here: Site) -> None:
    with transaction():
        case = here.returned()
        case = here.called(case, CallOutcome.UNANSWERED, 720)
        assert (case.state, case.tries, case.waiting_until) == (State.TO_FOLLOW_UP, 1, here.at(900))
        case = here.called(case, CallOutcome.FAILED, 900)
        assert (case.state, case.tries) == (State.TO_FOLLOW_UP, 2)
        with pytest.raises(NotFollowedUp):
            fieldwork.archive_case(work_order_id=case.id, by=here.clerk, at=here.at(901))
        case = here.called(case, CallOutcome.PASSED, 1100)
        assert (case.state, case.tries) == (State.TO_ARCHIVE, 3)
        with pytest.raises(WrongState):
            here.called(case, CallOutcome.PASSED, 1101)
    tries = fieldwork.calls(case.id, scope=here.clerk.scope)
    assert [one.outcome for one in tries] == [CallOutcome.UNANSWERED, CallOutcome.FAILED, CallOutcome.PASSED]
    assert (tries[2].by, tries[2].satisfaction, tries[2].handled) == ("李敏", 4, "已解释")


@pytest.mark.rule("WRK-04")
def test_work_without_follow_up_is_archived_after_its_sheet(here: Site) -> None:
    with transaction():
        case = here.returned(follow_up=False)
        assert case.state is State.TO_ARCHIVE
        assert fieldwork.archive_case(work_order_id=case.id, by=here.clerk, at=NOON).state is State.ARCHIVED


@pytest.mark.rule("WRK-02")
def test_a_sale_taken_back_withdraws_its_order_until_somebody_is_at_the_door(here: Site) -> None:
    with transaction():
        early = fieldwork.withdraw_work_order(
            work_order_id=here.dispatched().id, reason="当班作废", by=here.clerk, at=here.at(40)
        )
        assert (early.state, early.waiting_until) == (State.WITHDRAWN, None)
        with pytest.raises(WrongState):
            fieldwork.withdraw_work_order(
                work_order_id=here.in_work().id, reason="当班作废", by=here.clerk, at=NOON
            )


@pytest.mark.rule("WRK-04", "SEC-09")
def test_the_database_itself_keeps_steps_once_and_for_ever(here: Site) -> None:
    with transaction():
        case = here.finished()
    for statement in (
        "update fieldwork_dispatch set at = at",
        "delete from fieldwork_visitend",
        "update fieldwork_dispatchsignature set method = 'seal'",
    ):
        with pytest.raises(Exception, match="append_only"), savepoint.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    end = VisitEnd.objects.get(work_order_id=case.id)
    end.pk = None
    with pytest.raises(IntegrityError), savepoint.atomic():
        VisitEnd.objects.create(
            visit_id=end.visit_id, work_order_id=case.id, done=True, by_id=end.by_id, at=NOON
        )
    with pytest.raises(IntegrityError), savepoint.atomic():
        WorkOrder.objects.create(**{
            field.attname: getattr(WorkOrder.objects.get(pk=case.id), field.attname)
            for field in WorkOrder._meta.fields if field.attname != "id"
        })  # fmt: skip


@pytest.mark.rule("LAW-32")
def test_a_signature_keeps_its_strokes_and_a_hash_over_what_was_signed(here: Site) -> None:
    with transaction():
        case = here.finished()
    (row,) = fetch_all("select evidence from fieldwork_visitend")
    kept = VisitEnd.objects.get(work_order_id=case.id)
    assert kept.evidence is not None and case.account in kept.evidence and "0.4" in kept.evidence
    assert case.account.encode() not in bytes(row["evidence"])
    assert sha256(kept.evidence.encode()).digest() == bytes(kept.evidence_sha256 or b"")
