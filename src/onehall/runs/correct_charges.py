"""更正计费 A month judged again by the tariffs of today: differences are written beside what was charged, nothing is edited (BIL-04)."""

from dataclasses import dataclass
from datetime import date, datetime

from onehall.contexts.organisation import api as organisation
from onehall.contexts.voice import api as voice
from onehall.foundation.audit import record
from onehall.foundation.database import transaction
from onehall.foundation.policy.services import policy_book
from onehall.foundation.scopes import Actor, Scope

BATCH = 5000  # structural: calls of one transaction, whatever their number


@dataclass(frozen=True, slots=True)
class Corrected:
    """How many charges changed, and by how much together, in units."""

    changed: int
    difference: int


def correct_charges(*, month: date, by: Actor | None = None, at: datetime, batch: int = BATCH) -> Corrected:
    """Run twice, or killed and run again, it corrects once: the second look finds nothing to differ."""
    after, changed, difference = 0, 0, 0
    while True:
        with transaction():
            last, some, more = voice.correct_charges(month=month, after=after, limit=batch, at=at)
            if some:
                _record(month, some, more, by, at)
        if last is None:
            return Corrected(changed, difference)
        after, changed, difference = last, changed + some, difference + more


def _record(month: date, changed: int, difference: int, by: Actor | None, at: datetime) -> None:
    """One line of the trail for each batch, in the batch's own transaction."""
    hall = organisation.halls(scope=Scope.operator())[0].id
    record(
        action="calls.corrected", subject="month_run", subject_id=f"{month:%Y-%m}", hall_id=hall, by=by, at=at, rule="BIL-04",
        policy_version=policy_book(hall_id=hall, at=at).version, details={"calls": changed, "units": difference},
    )  # fmt: skip
