"""The line works while the installer is at the door, although its paid term begins later (ORD-09)."""

from datetime import datetime, timedelta
from typing import Literal

from onehall.contexts.fieldwork import api as fieldwork
from onehall.contexts.provisioning import api as provisioning
from onehall.foundation.audit import record
from onehall.foundation.policy.services import policy_book
from onehall.foundation.scopes import Actor


def open_line_test(*, case: fieldwork.WorkOrder, by: Actor, at: datetime) -> None:
    """For the policy's hours from now; nothing to do where the term has begun or the case is about no line."""
    if case.subscription_id is None:
        return
    book = policy_book(hall_id=case.hall_id, at=at)
    until = at + timedelta(hours=book[provisioning.TEST_HOURS])
    if provisioning.open_test(
        account=case.account, work_order_id=case.id, until=until, by_id=by.user_id, at=at
    ):
        _note(case, "access.test_opened", by, at, {"until": until.isoformat()}, book.version)


def close_line_test(
    *, case: fieldwork.WorkOrder, why: Literal["finished", "abandoned"], by: Actor, at: datetime
) -> None:
    """With the visit ends the test: who is on line is told, or cut where the paid term has not begun."""
    if provisioning.close_test(work_order_id=case.id, why=why, at=at):
        _note(case, "access.test_closed", by, at, {"why": why}, None)


def _note(
    case: fieldwork.WorkOrder,
    action: Literal["access.test_opened", "access.test_closed"],
    by: Actor,
    at: datetime,
    details: dict[str, object],
    policy_version: int | None,
) -> None:
    record(
        action=action, subject="work_order", subject_id=case.id, hall_id=case.hall_id, by=by, at=at, rule="ORD-09",
        policy_version=policy_version, details={"serial": case.serial, **details},
    )  # fmt: skip
