"""给客户资料副本 Hand the customer a copy of all that is held about them, to nobody but themself (LAW-30, SEC-02)."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from onehall.contexts.customers import api as customers
from onehall.foundation.audit import record
from onehall.foundation.database import transaction
from onehall.foundation.scopes import Actor
from onehall.foundation.values.ids import PartyId


def give_copy(*, party_id: PartyId, kind: str, by: Actor, at: datetime) -> Mapping[str, Any]:
    """The particulars in clear, for a file of `kind` (pdf, json); on record. Raises PurposeNeeded unless the customer was verified by whoever asks."""
    with transaction():
        by.require("privacy.serve")
        root = customers.root(party_id, scope=by.scope)
        if customers.verification_in_force(root, user_id=by.user_id, at=at, scope=by.scope) is None:
            raise customers.PurposeNeeded()
        record(
            action="privacy.copy_given", subject="party", subject_id=root, hall_id=by.hall_id, by=by, at=at,
            rule="LAW-30", details={"kind": kind},
        )  # fmt: skip
        return customers.own_particulars(root, scope=by.scope)
