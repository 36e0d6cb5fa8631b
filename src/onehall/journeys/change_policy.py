"""改政策 Change a policy from a date on; the old value stays for what it decided."""

from datetime import datetime
from typing import Any

from onehall.foundation.audit import record
from onehall.foundation.database import transaction
from onehall.foundation.outbox import publish
from onehall.foundation.policy.services import establish_value
from onehall.foundation.scopes import Actor, NotPermitted


def change_policy(
    *, key: str, value: Any, valid_from: datetime, source: str, hall_id: int | None, by: Actor, at: datetime
) -> int | None:
    """Adds the value; `hall_id` None sets it for the whole operator, which takes a role in every hall (ORG-06).

    The new entry's id, None if it stood already.
    """
    with transaction():
        by.require("policy.change")
        if hall_id is None and by.halls is not None:
            raise NotPermitted(permission="policy.change *")
        if hall_id is not None:
            by.scope.require(hall_id)
        entry = establish_value(
            key=key,
            value=value,
            valid_from=valid_from,
            source=source,
            verified=True,
            hall_id=hall_id,
            by=by.user_id,
            at=at,
        )
        record(
            action="policy.changed",
            subject="policy",
            subject_id=key,
            hall_id=hall_id or by.hall_id,
            by=by,
            at=at,
            policy_version=entry,
            details={"value": value, "valid_from": valid_from.isoformat(), "for_hall": hall_id},
        )
        publish(topic="policy.changed", hall_id=hall_id or by.hall_id, at=at, payload={"key": key})
    return entry
