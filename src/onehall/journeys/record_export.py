"""导出登记 A list leaves the house as a file: who, what, why and how many rows, before the file is handed out (SEC-04).

More rows than one person may take alone need another person's approval: it is asked for here, and used here once it stands.
"""

from datetime import datetime

from onehall.contexts.numbers import api as numbers
from onehall.foundation.audit import record
from onehall.foundation.database import transaction
from onehall.foundation.documents.exports import Taken, TooManyRows, details_of, reason_kept
from onehall.foundation.documents.policies import EXPORT_ROWS
from onehall.foundation.policy.services import policy_book
from onehall.foundation.refusals import Refusal
from onehall.foundation.scopes import Actor
from onehall.foundation.values.ids import HallId
from onehall.foundation.values.period import local
from onehall.steps.second_person import ask_export, use_export

_PREFIX = "EX"


def record_export(
    *, taken: Taken, hall_id: HallId, by: Actor | None, at: datetime, approval: int | None = None
) -> str:
    """The serial of the export, e.g. EX20261125001. `hall_id` is the hall whose policy decides, `approval` what allows more.

    Raises ReasonMissing, ReasonTells, NotPermitted, and what refuses an approval; TooManyRows at the console, where nobody can
    ask, and ApprovalAwaited after their line has committed.
    """
    refusal: Refusal | None = None
    with transaction():
        _permitted(taken, by)
        reason = reason_kept(taken.reason)
        book = policy_book(hall_id=hall_id, at=at)
        serial = _serial(at) if taken.rows <= book[EXPORT_ROWS] or (by and approval) else ""
        if by and approval and taken.rows > book[EXPORT_ROWS]:
            use_export(approval=approval, taken=taken, reason=reason, serial=serial, book=book, by=by, at=at)
        elif by and not serial:
            refusal = ask_export(taken=taken, reason=reason, book=book, by=by, at=at)
        for hall in taken.halls:
            record(
                action="export.run" if serial else "export.refused", subject="export",
                subject_id=serial or taken.what, hall_id=hall, by=by, at=at, rule="SEC-04",
                policy_version=book.version, details={**details_of(taken, reason=reason), "approval": approval},
            )  # fmt: skip
    if not serial:
        raise refusal or TooManyRows(most=book[EXPORT_ROWS])
    return serial


def _permitted(taken: Taken, by: Actor | None) -> None:
    for permission in ("export.run", taken.permission, *(["export.personal"] if taken.personal else [])):
        if by is not None:
            by.require(permission)


def _serial(at: datetime) -> str:
    (serial,) = numbers.next_form_serials(prefixes=[_PREFIX], day=local(at).date())
    return serial
