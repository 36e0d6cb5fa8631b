"""登记保密课 The confidentiality lesson is passed: from now on the login opens (SEC-06)."""

from datetime import date, datetime

from onehall.contexts.organisation import api as organisation
from onehall.contexts.workforce import api as workforce
from onehall.foundation.audit import record
from onehall.foundation.database import transaction
from onehall.foundation.identity.services import lesson_passed
from onehall.foundation.outbox import publish
from onehall.foundation.scopes import Actor
from onehall.steps.colleague import require_bringing


def record_lesson(*, person_id: int, passed_on: date, note: str, by: Actor, at: datetime) -> None:
    """Nobody records their own. Raises NotFound, Unsaid, NotNow."""
    with transaction():
        require_bringing(by)
        person = organisation.person(person_id, scope=by.scope)
        if person.user_id == by.user_id:
            raise workforce.NotNow(
                why="自己的保密课由别人登记", why_en="somebody else records your own lesson"
            )
        workforce.record_lesson(person_id=person_id, passed_on=passed_on, note=note, by=by, at=at)
        if person.user_id is not None:
            lesson_passed(user_id=person.user_id)
        record(
            action="staff.lesson_passed", subject="person", subject_id=person_id, hall_id=by.hall_id, by=by, at=at,
            rule="SEC-06", details={"passed_on": passed_on.isoformat()},
        )  # fmt: skip
        publish(topic="staff.changed", hall_id=by.hall_id, at=at)
