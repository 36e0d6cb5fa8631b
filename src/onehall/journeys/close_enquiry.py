"""确认办结 The first responsible has made sure that the customer was served (ORD-04)."""

from datetime import datetime

from onehall.contexts.workforce import api as workforce
from onehall.foundation.audit import record
from onehall.foundation.database import transaction
from onehall.foundation.outbox import publish
from onehall.foundation.scopes import Actor


def close_enquiry(*, enquiry_id: int, by: Actor, at: datetime) -> workforce.Enquiry:
    """Raises NotFound, NotYours, NotNow."""
    with transaction():
        by.require("enquiry.handle")
        after = workforce.close_enquiry(enquiry_id=enquiry_id, by=by, at=at)
        record(
            action="enquiry.closed", subject="enquiry", subject_id=enquiry_id, hall_id=after.hall_id, by=by, at=at,
            rule="ORD-04",
        )  # fmt: skip
        publish(topic="enquiry.changed", hall_id=after.hall_id, at=at, payload={"id": enquiry_id})
    return after
