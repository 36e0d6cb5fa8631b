"""复机 Suspensions whose day has come (CHG-03). The network let them on at that midnight by itself; here it is written down.

Batch by batch, each in a transaction of its own: killed in the middle, the rest waits for the next time.
"""

from datetime import datetime

from onehall.contexts.orders import api as orders
from onehall.contexts.subscriptions import api as subscriptions
from onehall.foundation.audit import record
from onehall.foundation.database import transaction
from onehall.foundation.outbox import publish
from onehall.foundation.scopes import Scope

_BATCH = 200  # structural: rows per transaction, whatever their number


def resume_suspended(*, at: datetime) -> int:
    """Notes every suspension that is over by `at`; how many."""
    resumed = 0
    while True:
        with transaction():
            due = subscriptions.resume_due(at=at, limit=_BATCH)
            for subscription_id, order_id in due:
                hall = orders.order(order_id=order_id, scope=Scope.operator()).hall_id
                record(
                    action="subscription.resumed", subject="subscription", subject_id=subscription_id, hall_id=hall,
                    by=None, at=at, rule="CHG-03", details={"order": order_id},
                )  # fmt: skip
                publish(
                    topic="subscription.changed",
                    hall_id=hall,
                    at=at,
                    payload={"subscription": subscription_id},
                )
        resumed += len(due)
        if len(due) < _BATCH:
            return resumed
