"""Keeping what a check of a sampled order found (ORD-17)."""

from collections.abc import Sequence
from datetime import datetime

from onehall.contexts.orders.models import OrderCheck, ServiceOrder
from onehall.contexts.orders.rules import Fault, FaultUnnamed
from onehall.foundation.database import in_transaction
from onehall.foundation.scopes import Actor, NotFound
from onehall.foundation.values.ids import OrderId


@in_transaction
def keep_check(
    *, order_id: OrderId, good: bool, faults: Sequence[Fault], note: str, by: Actor, at: datetime
) -> bool:
    """Whether this was the first check of the order, which stands; a later one changes nothing. Raises FaultUnnamed."""
    row = ServiceOrder.objects.filter(pk=order_id).first()
    if row is None or not by.scope.allows(row.hall_id):
        raise NotFound(what="这张订单", what_en="This order")
    said = " ".join(note.split())[:200]
    if not good and not said and not faults:
        raise FaultUnnamed(field="note")
    facts = {
        "good": good,
        "faults": [str(one) for one in faults],
        "note": said,
        "at": at,
        "by_id": by.user_id,
    }
    return OrderCheck.objects.get_or_create(order_id=order_id, defaults={"hall_id": row.hall_id, **facts})[1]
