"""Two approvers press at the same instant; a double click of the asker: one decision, one request (SEC-04)."""

from uuid import uuid4

import pytest

from onehall.foundation.approvals import AlreadyDecided, Request
from onehall.foundation.approvals import queries as approvals
from onehall.foundation.documents.exports import ApprovalAwaited, Taken
from onehall.foundation.scopes import Scope
from onehall.journeys.decide_approval import decide_approval
from onehall.journeys.record_export import record_export
from tests.cast import Cast, count
from tests.journeys.at_once import at_once, sound


@pytest.mark.rule("SEC-04", "ORD-13")
def test_of_two_approvers_at_once_the_first_decides_and_two_clicks_ask_once(real_cast: Cast) -> None:
    auditor, manager, chief = (real_cast.sign_in(no) for no in ("0241", "0201", "0101"))
    taken = Taken("receipts", "board.view", "csv", "六月对帐", 9000, [auditor.hall_id])

    def ask() -> str:
        return record_export(taken=taken, hall_id=auditor.hall_id, by=auditor, at=real_cast.now)

    refusals = at_once(ask, ask)
    assert [type(one) for one in refusals] == [ApprovalAwaited] * 2
    assert count("approvals_request") == 1 and len({one.facts["number"] for one in refusals}) == 1
    number = refusals[0].facts["number"]
    hands = [
        lambda who=who, yes=yes: decide_approval(
            request_id=number, approve=yes, note="看过", intent=uuid4(), by=who, at=real_cast.now
        )
        for who, yes in ((manager, True), (chief, False))
    ]
    outcomes = at_once(*hands)
    assert sorted(type(one).__name__ for one in outcomes) == [AlreadyDecided.__name__, Request.__name__]
    (won,) = [one for one in outcomes if isinstance(one, Request)]
    assert approvals.request(number, at=real_cast.now, scope=Scope.operator()).approved is won.approved
    sound()
