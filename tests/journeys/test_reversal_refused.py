"""What stands in the way of a reversal: the wrong person, another hall, a term that has begun, finished work (SEC-04, CHG-02)."""

from datetime import datetime
from uuid import uuid4

import pytest

from onehall.contexts.fieldwork.api import LineTest, State
from onehall.contexts.ledger import api as ledger
from onehall.foundation.approvals import ApprovalGone, ApprovalNotFitting, OwnRequest
from onehall.foundation.refusals import Refusal
from onehall.foundation.scopes import NotFound, NotPermitted
from onehall.foundation.values.period import CHINA
from onehall.journeys.assign_installer import assign_installer
from onehall.journeys.decide_approval import decide_approval
from onehall.journeys.record_line_test import record_line_test
from onehall.journeys.start_visit import start_visit
from onehall.journeys.void_sale import void_sale
from onehall.readings.verification import verify_money
from onehall.steps.reversing import ReversalRefused
from tests.cast import Cast, count
from tests.journeys.test_reversal import EVERYWHERE, WHY, agreed, asked, next_day, nothing_happened, reverse
from tests.journeys.test_walk_to_archive import Case


@pytest.mark.rule("SEC-04")
def test_it_needs_another_person_for_this_very_payment_and_not_who_took_it(cast: Cast) -> None:
    manager = cast.clerk("0201", "4")
    paid = cast.new_line(manager, offering="bb4-month")
    other = cast.new_line(manager, "301", "bb4-month")
    cast.later(days=1)
    clerk = cast.clerk()
    number = asked(cast, paid, clerk)
    assert asked(cast, paid, clerk) == number, "asked twice it waits once"
    with pytest.raises(ApprovalGone):
        reverse(cast, paid.payment_id, clerk, number)
    given = {"request_id": number, "approve": True, "note": "", "at": cast.now}
    with pytest.raises(NotPermitted):
        decide_approval(**given, intent=uuid4(), by=cast.sign_in("0211"))
    with pytest.raises(OwnRequest):
        decide_approval(**given, intent=uuid4(), by=clerk)
    with pytest.raises(OwnRequest):
        decide_approval(**given, intent=uuid4(), by=manager)
    decide_approval(**given, intent=uuid4(), by=cast.sign_in("0101"))
    with pytest.raises(ApprovalNotFitting):
        reverse(cast, other.payment_id, clerk, number)
    with pytest.raises(ApprovalNotFitting):
        reverse(cast, paid.payment_id, manager, number)
    nothing_happened(paid)
    reverse(cast, paid.payment_id, clerk, number)
    with pytest.raises(ledger.UndoneAlready):
        reverse(cast, paid.payment_id, clerk, number)
    assert count("ledger_reversal") == 1


@pytest.mark.rule("SEC-10", "ORG-06")
def test_another_halls_sale_is_not_found_and_a_role_without_the_right_asks_in_vain(cast: Cast) -> None:
    paid, _ = next_day(cast)
    with pytest.raises(NotFound):
        reverse(cast, paid.payment_id, cast.clerk("0311", "1", hall="guandi"), None)
    with pytest.raises(NotPermitted):
        reverse(cast, paid.payment_id, cast.sign_in("0241"), None)
    assert count("approvals_request") == 0


@pytest.mark.rule("CHG-02", "ORD-05")
def test_a_term_that_has_begun_is_not_given_back_and_nobody_is_asked(cast: Cast) -> None:
    paid, _ = next_day(cast)
    cast.later(days=6)
    clerk = cast.sign_in("0211", counter="4")
    with pytest.raises(ReversalRefused) as refused:
        reverse(cast, paid.payment_id, clerk, None)
    assert refused.value.rule == "CHG-02" and "2026-11-30" in refused.value.sentence("zh")
    assert count("approvals_request") == 0
    nothing_happened(paid)


@pytest.mark.rule("CHG-02")
def test_a_term_that_begins_between_the_yes_and_the_deed_stays(cast: Cast) -> None:
    paid, colleague = next_day(cast)
    cast.now = datetime(2026, 11, 29, 23, 50, tzinfo=CHINA)
    number = agreed(cast, paid, colleague)
    cast.later(minutes=20)
    with pytest.raises(ReversalRefused):
        reverse(cast, paid.payment_id, colleague, number)
    nothing_happened(paid)


@pytest.mark.rule("WRK-03", "RCP-01")
def test_work_that_has_begun_is_called_off_and_finished_work_is_not_undone(cast: Cast) -> None:
    case = Case(cast)
    case.dispatch(), case.sign()
    case.step(assign_installer, case.manager, installer=case.installer.user_id)
    case.step(start_visit, case.installer)
    with pytest.raises(Refusal):
        void_sale(
            payment_id=case.paid.payment_id, reason=WHY, copies_present=3, intent=uuid4(), by=case.clerk, at=cast.now
        )  # fmt: skip
    number = agreed(cast, case.paid, case.clerk)
    reverse(cast, case.paid.payment_id, case.clerk, number)
    assert case.now.state is State.WITHDRAWN
    with pytest.raises(Refusal) as late:
        case.step(record_line_test, case.installer, test=LineTest(20_480, 4_096, 0))
    assert "已撤销" in late.value.sentence("zh")
    assert verify_money(scope=EVERYWHERE).findings == ()


@pytest.mark.rule("CHG-02")
def test_finished_work_stands_in_the_way(cast: Cast) -> None:
    case = Case(cast)
    case.dispatch(), case.sign(), case.install()
    with pytest.raises(ReversalRefused) as refused:
        reverse(cast, case.paid.payment_id, case.clerk, None)
    assert "已经完工" in refused.value.sentence("zh")
