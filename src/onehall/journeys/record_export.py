"""导出登记 A list leaves the house as a file: who, what, why and how many rows, before the file is handed out (SEC-04)."""

from datetime import datetime

from onehall.contexts.numbers import api as numbers
from onehall.foundation.audit import record
from onehall.foundation.database import transaction
from onehall.foundation.documents.exports import Taken, TooManyRows, details_of, reason_kept
from onehall.foundation.documents.policies import EXPORT_ROWS
from onehall.foundation.policy.services import policy_book
from onehall.foundation.scopes import Actor
from onehall.foundation.values.ids import HallId
from onehall.foundation.values.period import local

_PREFIX = "EX"


def record_export(*, taken: Taken, hall_id: HallId, by: Actor | None, at: datetime) -> str:
    """The serial of the export, e.g. EX20261125001. `hall_id` is the hall whose policy decides.

    Raises ReasonMissing, ReasonTells, NotPermitted; TooManyRows after its line has committed.
    """
    with transaction():
        for permission in ("export.run", taken.permission, *(["export.personal"] if taken.personal else [])):
            if by is not None:
                by.require(permission)
        reason = reason_kept(taken.reason)
        book = policy_book(hall_id=hall_id, at=at)
        most = book[EXPORT_ROWS]
        refused = taken.rows > most
        serial = _serial(at) if not refused else ""
        for hall in taken.halls:
            record(
                action="export.refused" if refused else "export.run", subject="export",
                subject_id=serial or taken.what, hall_id=hall, by=by, at=at, rule="SEC-04",
                policy_version=book.version, details=details_of(taken, reason=reason),
            )  # fmt: skip
    if refused:
        raise TooManyRows(most=most)
    return serial


def _serial(at: datetime) -> str:
    (serial,) = numbers.next_form_serials(prefixes=[_PREFIX], day=local(at).date())
    return serial
