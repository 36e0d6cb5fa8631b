"""王建国's broadband from the receipt to the archive: every hand that touches the case, and what each may not do."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

import pytest

from onehall.contexts.fieldwork import api as fieldwork
from onehall.contexts.fieldwork.api import CallOutcome, LineTest, MaterialUse, Sign, State
from onehall.contexts.orders import api as orders
from onehall.foundation.refusals import Refusal
from onehall.foundation.scopes import Actor, NotPermitted, Scope
from onehall.foundation.values.period import CHINA, local
from onehall.journeys.archive_case import archive_case
from onehall.journeys.assign_installer import assign_installer
from onehall.journeys.dispatch_work_order import dispatch_work_order
from onehall.journeys.finish_visit import finish_visit
from onehall.journeys.record_follow_up import record_follow_up
from onehall.journeys.record_line_test import record_line_test
from onehall.journeys.return_sheet import return_sheet
from onehall.journeys.sign_dispatch import sign_dispatch
from onehall.journeys.start_visit import start_visit
from tests.cast import Cast, count, work_of

EVERYWHERE = Scope.operator()
STROKES = (((0.1, 0.5, 0.0, 0.4), (0.8, 0.6, 260.0, 0.5)),)


class Case:
    """One case and the people of 馨苑厅 around it."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        self.clerk = cast.clerk()
        self.paid = cast.new_line(self.clerk)
        self.id = work_of(self.paid).id
        self.manager, self.installer = cast.sign_in("0231"), cast.sign_in("0232")
        self.agent = cast.sign_in("0221")

    @property
    def now(self) -> fieldwork.WorkOrder:
        return fieldwork.work_order(self.id, scope=EVERYWHERE)

    def step(
        self, journey: Callable[..., fieldwork.WorkOrder], by: Actor, minutes: int = 10, **given: object
    ) -> State:
        self.cast.later(minutes=minutes)
        intent: UUID = uuid4()
        return journey(intent=intent, work_order=self.id, **given, by=by, at=self.cast.now).state

    def dispatch(self) -> State:
        self.cast.later(minutes=5)
        chosen = {"work_orders": [self.id], "project_manager": self.manager.user_id}
        (case,) = dispatch_work_order(intent=uuid4(), **chosen, by=self.clerk, at=self.cast.now)  # type: ignore[arg-type]
        return case.state

    def sign(self) -> State:
        self.cast.later(minutes=5)
        (case,) = sign_dispatch(
            intent=uuid4(), work_orders=[self.id], method=Sign.STROKES, strokes=STROKES, by=self.manager,
            at=self.cast.now,
        )  # fmt: skip
        return case.state

    def install(self) -> State:
        self.step(assign_installer, self.manager, installer=self.installer.user_id)
        self.step(start_visit, self.installer, minutes=120)
        self.step(record_line_test, self.installer, test=LineTest(20_480, 4_096, 0))
        return self.step(
            finish_visit, self.installer, points=2, materials=[MaterialUse("patch-3m", 1)], method=Sign.STROKES,
            strokes=STROKES,
        )  # fmt: skip

    def call(self, outcome: CallOutcome, satisfaction: int | None = None, minutes: int = 10) -> State:
        return self.step(
            record_follow_up,
            self.agent,
            minutes,
            outcome=outcome,
            satisfaction=satisfaction,
            handled="已解释用法",
        )


@pytest.fixture
def case(cast: Cast) -> Case:
    return Case(cast)


@pytest.mark.rule("ORD-06", "WRK-02", "WRK-04", "WRK-05")
def test_a_case_passes_from_hand_to_hand_until_it_is_archived(case: Case) -> None:
    serial = case.now.serial
    assert case.now.state is State.TO_DISPATCH
    assert case.dispatch() is State.DISPATCHED
    assert (case.now.handed_by, case.now.project_manager) == ("李敏", "钱军")
    assert case.sign() is State.TO_VISIT
    assert case.now.facts.signed_at == case.cast.now
    assert case.install() is State.TO_RETURN
    assert case.step(return_sheet, case.clerk, method=Sign.PAPER) is State.TO_FOLLOW_UP
    assert case.call(CallOutcome.UNANSWERED, minutes=24 * 60) is State.TO_FOLLOW_UP
    assert case.call(CallOutcome.PASSED, 5, minutes=24 * 60) is State.TO_ARCHIVE
    assert case.step(archive_case, case.agent) is State.ARCHIVED
    assert (case.now.serial, case.now.tries, case.now.waiting_until) == (serial, 2, None)
    (order,) = orders.orders_by_serial(serial=serial, scope=EVERYWHERE)
    assert order.state is orders.OrderState.ARCHIVED


@pytest.mark.rule("WRK-01")
def test_the_order_for_the_installer_says_everything_the_sheet_needs(case: Case) -> None:
    work = case.now
    assert (work.account, work.contact.name, work.address) == ("dw0120502", "王建国", "馨苑1号楼2单元502室")
    assert work.contact.phone.startswith("138")
    assert (work.kind, work.offering.zh, work.department) == ("installation", "宽带20M包年", "城南经营部")
    assert (work.start_on, work.serial) == (datetime(2026, 11, 30, tzinfo=CHINA).date(), "DW20261123001")
    assert work.stage.zh and work.stage.en


@pytest.mark.rule("WRK-03")
def test_work_is_issued_with_the_payment_and_due_at_the_project_managers_the_same_day(case: Case) -> None:
    assert case.now.accepted_at == case.cast.now
    assert case.now.waiting_until is not None
    assert local(case.now.waiting_until).date() == local(case.now.accepted_at).date()
    register = fieldwork.dispatch_register(
        hall_id=case.clerk.hall_id, day=local(case.cast.now).date(), scope=case.clerk.scope
    )
    assert [line.id for line in register] == [case.id]


@pytest.mark.rule("WRK-02")
def test_only_the_project_manager_it_was_handed_to_signs_for_it(case: Case) -> None:
    case.dispatch()
    other = case.cast.sign_in("0331")
    with pytest.raises(Refusal) as refused:
        sign_dispatch(
            intent=uuid4(),
            work_orders=[case.id],
            method=Sign.STROKES,
            strokes=STROKES,
            by=other,
            at=case.cast.now,
        )
    assert refused.value.rule == "WRK-02"
    with pytest.raises(NotPermitted):
        sign_dispatch(
            intent=uuid4(), work_orders=[case.id], method=Sign.CONFIRMED, by=case.installer, at=case.cast.now
        )
    with pytest.raises(Refusal):
        sign_dispatch(
            intent=uuid4(),
            work_orders=[case.id],
            method=Sign.STROKES,
            strokes=(),
            by=case.manager,
            at=case.cast.now,
        )
    assert case.now.state is State.DISPATCHED


@pytest.mark.rule("WRK-02")
def test_a_visit_ends_with_the_customers_signature_and_a_line_test(case: Case) -> None:
    case.dispatch()
    case.sign()
    case.step(assign_installer, case.manager, installer=case.installer.user_id)
    case.step(start_visit, case.installer)
    ready: dict[str, Any] = {"points": 2, "materials": []}
    unsigned: list[dict[str, Any]] = [{"method": None}, {"method": Sign.STROKES, "strokes": ()}]
    for missing in unsigned:
        with pytest.raises(Refusal) as refused:
            case.step(finish_visit, case.installer, **ready, **missing)
        assert refused.value.rule == "WRK-02" or refused.value.rule == "WRK-04"
    with pytest.raises(Refusal) as untested:
        case.step(finish_visit, case.installer, **ready, method=Sign.STROKES, strokes=STROKES)
    assert untested.value.rule == "WRK-04"
    assert case.now.state is State.IN_WORK


@pytest.mark.rule("WRK-04", "ORD-05")
def test_no_step_is_skipped_and_no_case_is_archived_before_a_passed_call(case: Case) -> None:
    with pytest.raises(Refusal) as early:
        case.step(archive_case, case.agent)
    assert early.value.rule.startswith("WRK-") and early.value.alternative("zh")
    with pytest.raises(Refusal):
        case.step(return_sheet, case.clerk, method=Sign.PAPER)
    case.dispatch()
    case.sign()
    case.install()
    case.step(return_sheet, case.clerk, method=Sign.PAPER)
    with pytest.raises(Refusal) as uncalled:
        case.step(archive_case, case.agent)
    assert uncalled.value.rule in ("WRK-04", "WRK-05")
    case.call(CallOutcome.FAILED, 2, minutes=24 * 60)
    with pytest.raises(Refusal):
        case.step(archive_case, case.agent)
    assert count("fieldwork_casearchive") == 0


@pytest.mark.rule("WRK-05")
def test_an_unanswered_call_is_kept_and_comes_back_later(case: Case) -> None:
    case.dispatch()
    case.sign()
    case.install()
    case.step(return_sheet, case.clerk, method=Sign.PAPER)
    case.call(CallOutcome.UNANSWERED, minutes=24 * 60)
    first = case.now.waiting_until
    assert first is not None and first > case.cast.now
    case.call(CallOutcome.PASSED, 4, minutes=24 * 60)
    calls = fieldwork.calls(case.id, scope=EVERYWHERE)
    assert [(one.outcome, one.satisfaction, one.by) for one in calls] == [
        (CallOutcome.UNANSWERED, None, "韩雪"),
        (CallOutcome.PASSED, 4, "韩雪"),
    ]
    assert calls[1].handled == "已解释用法" and calls[0].at < calls[1].at
