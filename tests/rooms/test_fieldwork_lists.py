"""What the board, the register, the installer and the follow-up desk see of cases."""

from datetime import timedelta

import pytest

from onehall.contexts.fieldwork import api as fieldwork
from onehall.contexts.fieldwork.api import (
    CallOutcome,
    State,
)
from onehall.contexts.fieldwork.rules import state_of
from onehall.foundation.database import fetch_all, transaction
from onehall.foundation.scopes import NotFound
from tests.rooms.till import NOON
from tests.rooms.worksite import Site, site

CLOSED = {State.TO_ARCHIVE, State.ARCHIVED, State.WITHDRAWN}


@pytest.fixture
def here(db: None) -> Site:
    with transaction():
        return site()


@pytest.mark.rule("WRK-01", "SEC-07")
def test_contacts_lie_encrypted_and_lists_show_them_masked(here: Site) -> None:
    with transaction():
        case = here.order()
    (row,) = fetch_all("select contact from fieldwork_workorder where id = %s", [case.id])
    assert "王建国".encode() not in bytes(row["contact"]) and b"13812346021" not in bytes(row["contact"])
    (listed,) = fieldwork.board(scope=here.clerk.scope).items
    assert (listed.contact.name, listed.contact.phone) == ("王**", "138****6021")


@pytest.mark.rule("WRK-05")
def test_the_queue_is_sorted_by_due_and_tries(here: Site) -> None:
    with transaction():
        first, second, third = here.returned(), here.returned(), here.returned()
        here.called(first, CallOutcome.UNANSWERED, 540)
    queue = fieldwork.follow_up_queue(scope=here.clerk.scope, at=here.at(721))
    assert [case.id for case in queue] == [second.id, third.id, first.id]
    due = fieldwork.follow_up_queue(scope=here.clerk.scope, at=here.at(719), due_only=True)
    assert due == []
    assert queue[0].contact.phone == "138****6021"


@pytest.mark.rule("WRK-02", "WRK-03", "REC-01")
def test_the_register_of_a_day_lists_what_was_taken_and_handed_over(here: Site) -> None:
    with transaction():
        taken, handed = here.order(), here.dispatched()
        before = here.order(accepted_at=NOON - timedelta(days=1))
    lines = fieldwork.dispatch_register(hall_id=here.till.hall, day=NOON.date(), scope=here.clerk.scope)
    assert [line.id for line in lines] == [taken.id, handed.id]
    assert lines[1].facts.handed_at == here.at(10) and lines[1].handed_by == "李敏"
    with transaction():
        fieldwork.dispatch(
            work_order_id=before.id, project_manager_id=here.manager.user_id, by=here.clerk, at=here.at(9)
        )
    lines = fieldwork.dispatch_register(hall_id=here.till.hall, day=NOON.date(), scope=here.clerk.scope)
    assert before.id in [line.id for line in lines]


@pytest.mark.rule("WRK-04")
def test_an_installer_sees_the_own_work_of_today(here: Site) -> None:
    with transaction():
        waiting, working, done = here.assigned(), here.in_work(), here.finished()
        gone = here.assigned()
        fieldwork.assign(
            work_order_id=gone.id, installer_id=here.other.user_id, by=here.manager, at=here.at(31)
        )
    today = fieldwork.installer_day(here.installer.user_id, day=NOON.date(), scope=here.installer.scope)
    assert [case.id for case in today] == [working.id, waiting.id, done.id]
    tomorrow = NOON.date() + timedelta(days=1)
    later = fieldwork.installer_day(here.installer.user_id, day=tomorrow, scope=here.installer.scope)
    assert [case.id for case in later] == [working.id, waiting.id]


@pytest.mark.rule("SEC-10")
def test_another_halls_cases_do_not_exist(here: Site) -> None:
    with transaction():
        case = here.order()
        stranger = site("0999").clerk
        with pytest.raises(NotFound):
            fieldwork.dispatch(work_order_id=case.id, project_manager_id=1, by=stranger, at=NOON)
    with pytest.raises(NotFound):
        fieldwork.work_order(case.id, scope=stranger.scope)
    assert fieldwork.board(scope=stranger.scope).items == ()
    assert fieldwork.counts(scope=stranger.scope) == {}
    assert fieldwork.calls(case.id, scope=stranger.scope) == []


@pytest.mark.rule("WRK-11")
def test_the_board_pages_and_filters_by_state_serial_and_compound(here: Site) -> None:
    with transaction():
        made = [here.order(due_at=here.at(100 - number)) for number in range(5)]
        moved = here.dispatched(due_at=here.at(1))
    scope = here.clerk.scope
    first = fieldwork.board(scope=scope, limit=4)
    rest = fieldwork.board(scope=scope, limit=4, after=first.after)
    assert rest.after is None
    assert [case.id for case in (*first.items, *rest.items)] == [
        moved.id,
        *(case.id for case in reversed(made)),
    ]
    assert [c.id for c in fieldwork.board(scope=scope, state=State.DISPATCHED).items] == [moved.id]
    assert [c.id for c in fieldwork.board(scope=scope, find=made[2].serial).items] == [made[2].id]
    assert fieldwork.board(scope=scope, find="%").items == ()
    assert fieldwork.board(scope=scope, compound="qj").items == ()
    assert fieldwork.board(scope=scope, after="made up").items[0].id == moved.id
    assert fieldwork.counts(scope=scope) == {State.TO_DISPATCH: 5, State.DISPATCHED: 1}


@pytest.mark.rule("WRK-04")
def test_the_view_derives_the_state_as_the_rule_does(here: Site) -> None:
    with transaction():
        cases = [
            here.order(),
            here.dispatched(),
            here.assigned(),
            here.in_work(),
            here.finished(),
            here.returned(),
            here.returned(follow_up=False),
            here.called(here.returned(), CallOutcome.PASSED, 730),
            fieldwork.withdraw_work_order(
                work_order_id=here.assigned().id, reason="作废", by=here.clerk, at=NOON
            ),
        ]
        done = here.called(here.returned(), CallOutcome.PASSED, 730)
        cases.append(fieldwork.archive_case(work_order_id=done.id, by=here.clerk, at=here.at(740)))
    assert {case.state for case in cases} == set(State)
    for case in cases:
        assert state_of(case.facts) is case.state
        assert (case.waiting_until is None) == (case.state in CLOSED)
