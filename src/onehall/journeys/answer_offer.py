"""接手、不接手 The receiver of an enquiry says yes or no; with yes it is theirs to answer (ORD-04)."""

from datetime import datetime

from onehall.contexts.workforce import api as workforce
from onehall.foundation.audit import record
from onehall.foundation.database import transaction
from onehall.foundation.outbox import publish
from onehall.foundation.scopes import Actor


def answer_offer(*, enquiry_id: int, accept: bool, remark: str, by: Actor, at: datetime) -> workforce.Enquiry:
    """A no needs its reason. Raises NotFound, NotYours, NotNow, Unsaid."""
    with transaction():
        by.require("enquiry.handle")
        after = workforce.answer_offer(enquiry_id=enquiry_id, accept=accept, remark=remark, by=by, at=at)
        record(
            action="enquiry.accepted" if accept else "enquiry.refused", subject="enquiry", subject_id=enquiry_id, hall_id=after.hall_id, by=by, at=at,
            rule="ORD-04",
        )  # fmt: skip
        publish(topic="enquiry.changed", hall_id=after.hall_id, at=at, payload={"id": enquiry_id})
    return after
