"""答复建议 Keep what the customer said to a suggestion, so that nobody presses it twice (ORD-15)."""

from datetime import datetime

from onehall.contexts.customers import api as customers
from onehall.contexts.floor import api as floor
from onehall.foundation.audit import record
from onehall.foundation.database import transaction
from onehall.foundation.scopes import Actor
from onehall.foundation.values.ids import PartyId


def answer_suggestion(
    *, party_id: PartyId, suggestion: floor.Suggestion, answer: floor.Answer, by: Actor, at: datetime
) -> None:
    """The kind of suggestion rests for this customer from now on, whatever the answer."""
    with transaction():
        by.require("basket.edit")
        root = PartyId(customers.root(party_id, scope=by.scope))
        floor.keep_answer(party_id=root, suggestion=suggestion, answer=answer, by=by, at=at)
        record(
            action="suggestion.answered", subject="party", subject_id=root, hall_id=by.hall_id, by=by, at=at,
            rule="ORD-15",
            details={"kind": suggestion.kind, "offering": suggestion.offer.offering, "answer": answer},
        )  # fmt: skip
