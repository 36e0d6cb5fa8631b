"""显示一项 Show one masked field in the clear, with a line in the audit trail (SEC-07)."""

from datetime import datetime

from onehall.contexts.customers import api as customers
from onehall.contexts.customers.api import PurposeNeeded, Revealed
from onehall.foundation.audit import record
from onehall.foundation.database import transaction
from onehall.foundation.scopes import Actor
from onehall.foundation.values.ids import PartyId


def reveal_field(*, party_id: PartyId, field: str, by: Actor, at: datetime) -> Revealed:
    """The clear value of one field of `CustomerRecord.particulars`.

    PurposeNeeded (SEC-01) is raised after its log has committed; CustomerNotFound when there is no such field.
    """
    with transaction():
        by.require("customer.reveal")
        try:
            revealed = customers.reveal_field(party_id=party_id, field=field, by=by, at=at)
        except PurposeNeeded as refusal:
            refused = refusal
            customers.log_refusal(party_id=party_id, refusal=refused, reason=field, by=by, at=at)
            _record(
                "customer.access_refused",
                refused.rule,
                {"code": refused.code, "field": field},
                party_id,
                by,
                at,
            )
        else:
            details = {"field": field, "purpose_id": revealed.purpose_id}
            _record("customer.field_revealed", "SEC-07", details, party_id, by, at)
            return revealed
    raise refused


def _record(
    action: str, rule: str, details: dict[str, object], party_id: PartyId, by: Actor, at: datetime
) -> None:
    record(
        action=action,
        subject="party",
        subject_id=party_id,
        hall_id=by.hall_id,
        by=by,
        at=at,
        rule=rule,
        details=details,
    )
