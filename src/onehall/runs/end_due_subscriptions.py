"""Subscriptions whose booked end has come (CHG-02): the network refuses them and their names are given back (ADR-07).

Batch by batch, each in a transaction of its own: killed in the middle, the rest waits for the next time.
"""

from datetime import datetime

from onehall.contexts.orders import api as orders
from onehall.contexts.organisation import api as organisation
from onehall.contexts.subscriptions import api as subscriptions
from onehall.foundation.audit import record
from onehall.foundation.database import transaction
from onehall.foundation.outbox import publish
from onehall.foundation.policy.services import policy_book
from onehall.foundation.scopes import Scope
from onehall.foundation.values.ids import HallId
from onehall.steps.clock import clock_of
from onehall.steps.ending import give_back
from onehall.steps.line_states import retell

_BATCH = 200  # structural: rows per transaction, whatever their number


def end_due_subscriptions(*, at: datetime) -> int:
    """Ends what was booked to end by `at`; how many."""
    ended = 0
    while True:
        with transaction():
            due = subscriptions.apply_due_endings(at=at, limit=_BATCH)
            for line in due:
                _close(line, at)
        ended += len(due)
        if len(due) < _BATCH:
            return ended


def _close(line: subscriptions.Subscription, at: datetime) -> None:
    hall = _hall(line)
    book = policy_book(hall_id=hall, at=at)
    give_back(account=line.account_name, book=book, by=None, at=at)
    retell(dwelling_id=line.dwelling_id, book=book, by=clock_of(hall), at=at)
    record(
        action="subscription.ended", subject="subscription", subject_id=line.id, hall_id=hall, by=None, at=at, rule="CHG-02",
        details={"kind": "at_expiry"},
    )  # fmt: skip
    publish(topic="subscription.changed", hall_id=hall, at=at, payload={"subscription": line.id})


def _hall(line: subscriptions.Subscription) -> HallId:
    """The hall that sold it; what came with the take-over of older records belongs to the first hall."""
    everywhere = Scope.operator()
    if line.order_id is not None:
        return orders.order(order_id=line.order_id, scope=everywhere).hall_id
    return organisation.halls(scope=everywhere)[0].id
