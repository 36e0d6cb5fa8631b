"""答复客户 Whoever holds the enquiry has answered the customer (ORD-04)."""

from datetime import datetime

from onehall.contexts.workforce import api as workforce
from onehall.foundation.audit import record
from onehall.foundation.database import transaction
from onehall.foundation.outbox import publish
from onehall.foundation.scopes import Actor


def answer_enquiry(*, enquiry_id: int, outcome: str, by: Actor, at: datetime) -> workforce.Enquiry:
    """By the first responsible it is closed with that. Raises NotFound, NotYours, NotNow, Unsaid."""
    with transaction():
        by.require("enquiry.handle")
        after = workforce.answer_enquiry(enquiry_id=enquiry_id, outcome=outcome, by=by, at=at)
        record(
            action="enquiry.answered", subject="enquiry", subject_id=enquiry_id, hall_id=after.hall_id, by=by, at=at,
            rule="ORD-04",
        )  # fmt: skip
        publish(topic="enquiry.changed", hall_id=after.hall_id, at=at, payload={"id": enquiry_id})
    return after
