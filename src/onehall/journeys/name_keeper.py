"""指定负责人 Who keeps safety, cards, invoices, a device or a corner of this hall from now on (ORG-08)."""

from datetime import datetime

from onehall.contexts.organisation import api as organisation
from onehall.contexts.workforce import api as workforce
from onehall.foundation.audit import record
from onehall.foundation.database import transaction
from onehall.foundation.outbox import publish
from onehall.foundation.scopes import Actor
from onehall.steps.colleague import require_bringing


def name_keeper(*, duty: workforce.Duty, what: str, person_id: int, by: Actor, at: datetime) -> None:
    """Whoever kept it before does no more. Raises NotFound for somebody of another hall, Unsaid."""
    with transaction():
        require_bringing(by)
        people = {one.id for one in organisation.people(scope=by.scope, hall_id=by.hall_id)}
        if person_id not in people:
            raise workforce.nobody("person")
        workforce.name_keeper(hall_id=by.hall_id, duty=duty, what=what, person_id=person_id, by=by, at=at)
        record(
            action="staff.keeper_named", subject="person", subject_id=person_id, hall_id=by.hall_id, by=by, at=at,
            rule="ORG-08", details={"duty": duty.value},
        )  # fmt: skip
        publish(topic="staff.changed", hall_id=by.hall_id, at=at)
