"""转交咨询 An enquiry is offered to a colleague; until they accept, it stays where it is (ORD-04)."""

from datetime import datetime

from onehall.contexts.organisation import api as organisation
from onehall.contexts.workforce import api as workforce
from onehall.foundation.audit import record
from onehall.foundation.database import transaction
from onehall.foundation.outbox import publish
from onehall.foundation.scopes import Actor


def offer_enquiry(
    *, enquiry_id: int, to_staff_no: str, note: str, by: Actor, at: datetime
) -> workforce.Enquiry:
    """Raises NotFound, NotYours, NotNow, Unsaid."""
    with transaction():
        by.require("enquiry.handle")
        before = workforce.enquiry(enquiry_id, scope=by.scope)
        people = organisation.people(scope=by.scope, hall_id=before.hall_id)
        to = next((one.user_id for one in people if one.staff_no == to_staff_no and one.user_id), None)
        if to is None or to == by.user_id:
            raise workforce.nobody("to")
        offered = workforce.offer_enquiry(enquiry_id=enquiry_id, to=to, note=note, by=by, at=at)
        record(
            action="enquiry.offered", subject="enquiry", subject_id=enquiry_id, hall_id=offered.hall_id, by=by, at=at,
            rule="ORD-04", details={"to": to},
        )  # fmt: skip
        publish(topic="enquiry.changed", hall_id=offered.hall_id, at=at, payload={"id": enquiry_id})
    return offered
