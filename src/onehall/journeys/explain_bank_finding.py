"""说明差异 What was found out about a bag or a line of the bank's record that does not agree (CSH-04)."""

from datetime import datetime

from onehall.contexts.banking import api as banking
from onehall.foundation.audit import record
from onehall.foundation.database import transaction
from onehall.foundation.outbox import publish
from onehall.foundation.scopes import Actor


def explain_bank_finding(*, bag: int | None, line: int | None, words: str, by: Actor, at: datetime) -> None:
    """The words stand beside the finding, the last ones count; amounts stay as they are. Raises NotFound, BagRefused."""
    with transaction():
        by.require("bank.import")
        banking.note_finding(hall=by.hall_id, bag=bag, line=line, words=words, by=by, at=at)
        record(
            action="bank.explained", subject="bag" if line is None else "bank_line", subject_id=bag or line or 0,
            hall_id=by.hall_id, by=by, at=at, rule="CSH-04", details={},
        )  # fmt: skip
        publish(topic="deposit.changed", hall_id=by.hall_id, at=at, payload={})
