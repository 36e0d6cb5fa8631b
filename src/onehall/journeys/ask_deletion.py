"""要求删除 A customer asks for their particulars to be deleted: refused with every reason, or laid before the manager (LAW-30)."""

from datetime import datetime

from onehall.contexts.customers import api as customers
from onehall.foundation.audit import record
from onehall.foundation.database import transaction
from onehall.foundation.policy.services import policy_book
from onehall.foundation.scopes import Actor
from onehall.foundation.values.ids import PartyId
from onehall.steps.ties import ties_of


def ask_deletion(*, party_id: PartyId, by: Actor, at: datetime) -> customers.DeletionState:
    """The request as it stands on record. Raises PurposeNeeded unless the customer was verified by whoever asks."""
    with transaction():
        by.require("privacy.serve")
        root = PartyId(customers.root(party_id, scope=by.scope))
        if customers.verification_in_force(root, user_id=by.user_id, at=at, scope=by.scope) is None:
            raise customers.PurposeNeeded()
        book = policy_book(hall_id=by.hall_id, at=at)
        asked = customers.ask_deletion(
            party_id=root, ties=ties_of(root), keep_months=book[customers.KEEP_MONTHS], by=by, at=at
        )
        record(
            action="privacy.deletion_asked", subject="party", subject_id=root, hall_id=by.hall_id, by=by, at=at,
            rule="LAW-30", policy_version=book.version,
            details={"request": asked.id, "obstacles": list(asked.obstacles)},
        )  # fmt: skip
    return asked
