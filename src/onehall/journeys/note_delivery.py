"""送达回执 What the gateway for messages reports afterwards: delivered, not delivered, late or twice (BIL-06)."""

from collections.abc import Sequence
from datetime import datetime

from onehall.contexts.organisation import api as organisation
from onehall.foundation.database import transaction
from onehall.foundation.notices.contracts import Report
from onehall.foundation.notices.services import hear
from onehall.foundation.outbox import publish
from onehall.foundation.policy.services import policy_book
from onehall.foundation.scopes import Scope


def note_delivery(*, reports: Sequence[Report], at: datetime) -> int:
    """How many changed something; what is of no message of ours, or came before, changes nothing. All of them or none."""
    halls = organisation.halls(scope=Scope.operator())
    if not halls:
        return 0
    with transaction():
        book = policy_book(hall_id=None, at=at)
        told = [hear(report=one, book=book, at=at) for one in reports]
        changed = [one for one in told if one is not None]
        for hall in {one.hall_id or halls[0].id for one in changed}:
            publish(topic="message.changed", hall_id=hall, at=at, payload={"number": len(changed)})
    return len(changed)
