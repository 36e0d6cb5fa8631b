"""法律保留 A court, the police or a dispute needs a customer's records: nothing is deleted until the hold is lifted (REC-02)."""

from datetime import datetime

from onehall.contexts.customers import api as customers
from onehall.foundation.audit import record
from onehall.foundation.database import transaction
from onehall.foundation.scopes import Actor
from onehall.foundation.values.ids import PartyId


def set_legal_hold(*, party_id: PartyId, reason: str | None, by: Actor, at: datetime) -> None:
    """Places a hold with its reason, or lifts it where `reason` is None. Raises HoldReasonMissing."""
    with transaction():
        by.require("privacy.manage")
        root = PartyId(customers.root(party_id, scope=by.scope))
        if reason is None:
            if not customers.lift_hold(party_id=root, by=by, at=at):
                return
        else:
            customers.place_hold(party_id=root, reason=reason, by=by, at=at)
        record(
            action="privacy.hold_lifted" if reason is None else "privacy.hold_placed", subject="party",
            subject_id=root, hall_id=by.hall_id, by=by, at=at, rule="REC-02",
        )  # fmt: skip
