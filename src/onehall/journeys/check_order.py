"""抽查订单 Note what the check of a sampled order found (ORD-17)."""

from collections.abc import Sequence
from datetime import datetime

from onehall.contexts.orders import api as orders
from onehall.foundation.audit import record
from onehall.foundation.database import transaction
from onehall.foundation.scopes import Actor
from onehall.foundation.values.ids import OrderId


def check_order(
    *, order_id: OrderId, good: bool, faults: Sequence[orders.Fault], note: str, by: Actor, at: datetime
) -> None:
    """The first result stands; `faults` are what the records say. Raises FaultUnnamed for a fault without a word."""
    with transaction():
        by.require("order.check")
        first = orders.keep_check(order_id=order_id, good=good, faults=faults, note=note, by=by, at=at)
        if first:
            record(
                action="order.checked", subject="order", subject_id=order_id, hall_id=by.hall_id, by=by, at=at,
                rule="ORD-17", details={"good": good, "faults": [str(one) for one in faults]},
            )  # fmt: skip
