"""显示电话 The number to which a message did not go, for the call that takes its place, on record (SEC-01, SEC-07)."""

from datetime import datetime

from onehall.foundation.audit import record
from onehall.foundation.database import transaction
from onehall.foundation.notices.queries import notice
from onehall.foundation.notices.rules import UNDELIVERED, nothing_to_tell
from onehall.foundation.scopes import Actor


def reveal_message_number(*, notice_id: int, by: Actor, at: datetime) -> str:
    """The number in clear while somebody has to be told; the message is the purpose. NotFound, NothingToTell."""
    with transaction():
        by.require("message.settle")
        shown = notice(notice_id, scope=by.scope)
        if shown.state not in UNDELIVERED:
            raise nothing_to_tell(shown.state)
        record(
            action="message.number_revealed", subject="message", subject_id=notice_id, hall_id=by.hall_id, by=by, at=at,
            rule="SEC-07", details={"party": shown.party_id, "field": "phone"},
        )  # fmt: skip
    return shown.to
