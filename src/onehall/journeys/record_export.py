"""导出登记 A list leaves the house as a file: who, what, why and how many rows, before the file is handed out (SEC-04).

More rows than one person may take alone need another person's approval: it is asked for here, and used here once it stands.
"""

from datetime import datetime

from onehall.contexts.numbers import api as numbers
from onehall.foundation.approvals import EXPORT, Wanted
from onehall.foundation.approvals import services as approvals
from onehall.foundation.audit import record
from onehall.foundation.database import transaction
from onehall.foundation.documents.exports import (
    ApprovalAwaited,
    Taken,
    TooManyRows,
    details_of,
    reason_kept,
)
from onehall.foundation.documents.policies import EXPORT_GROWN, EXPORT_ROWS
from onehall.foundation.outbox import publish
from onehall.foundation.policy import PolicyBook
from onehall.foundation.policy.services import policy_book
from onehall.foundation.refusals import Refusal
from onehall.foundation.scopes import Actor
from onehall.foundation.values.ids import HallId
from onehall.foundation.values.period import local

_PREFIX = "EX"


def record_export(
    *, taken: Taken, hall_id: HallId, by: Actor | None, at: datetime, approval: int | None = None
) -> str:
    """The serial of the export, e.g. EX20261125001. `hall_id` is the hall whose policy decides, `approval` what allows more.

    Raises ReasonMissing, ReasonTells, NotPermitted, and what refuses an approval; TooManyRows and ApprovalAwaited after their
    line has committed.
    """
    with transaction():
        for permission in ("export.run", taken.permission, *(["export.personal"] if taken.personal else [])):
            if by is not None:
                by.require(permission)
        reason = reason_kept(taken.reason)
        book = policy_book(hall_id=hall_id, at=at)
        wanted = Wanted(EXPORT, taken.what, taken.meant, taken.rows, reason, tuple(taken.halls))
        alone = taken.rows <= book[EXPORT_ROWS]
        serial = _serial(at) if alone or approval is not None else ""
        if serial and not alone and by is not None and approval is not None:
            grown = book[EXPORT_GROWN]
            approvals.use(request_id=approval, wanted=wanted, grown_percent=grown, what=serial, by=by, at=at)
            publish(topic="approval.changed", hall_id=by.hall_id, at=at, payload={"id": approval})
        refusal = None if serial else _refusal(wanted, book, by, at)
        for hall in taken.halls:
            record(
                action="export.run" if serial else "export.refused", subject="export",
                subject_id=serial or taken.what, hall_id=hall, by=by, at=at, rule="SEC-04",
                policy_version=book.version, details={**details_of(taken, reason=reason), "approval": approval},
            )  # fmt: skip
    if refusal is not None:
        raise refusal
    return serial


def _refusal(wanted: Wanted, book: PolicyBook, by: Actor | None, at: datetime) -> Refusal:
    """At the console there is nobody who could ask; a person's request waits for another person from now on."""
    most = book[EXPORT_ROWS]
    if by is None:
        return TooManyRows(most=most)
    asked, new = approvals.ask(wanted=wanted, book=book, by=by, at=at)
    if new:
        record(
            action="approval.asked", subject="approval", subject_id=asked.id, hall_id=by.hall_id, by=by, at=at,
            rule="SEC-04", policy_version=book.version, details={"kind": wanted.kind, "size": wanted.size, **wanted.body},
        )  # fmt: skip
        publish(topic="approval.changed", hall_id=by.hall_id, at=at, payload={"id": asked.id})
    return ApprovalAwaited(rows=wanted.size, most=most, number=asked.id)


def _serial(at: datetime) -> str:
    (serial,) = numbers.next_form_serials(prefixes=[_PREFIX], day=local(at).date())
    return serial
