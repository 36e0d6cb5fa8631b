"""When the first term begins after all, once the installation is finished (ORD-09)."""

from datetime import datetime

from onehall.contexts.fieldwork import api as fieldwork
from onehall.contexts.provisioning import api as provisioning
from onehall.contexts.subscriptions import api as subscriptions
from onehall.foundation.policy import PolicyBook
from onehall.foundation.scopes import Actor
from onehall.foundation.values.period import local


def start_by_installation(
    *, case: fieldwork.WorkOrder, book: PolicyBook, by: Actor, at: datetime
) -> dict[str, str]:
    """Moves term and access as the hall's policy says; for the trail, the day booked and the day now, {} if nothing moved."""
    if case.subscription_id is None:
        return {}
    moved = subscriptions.move_start(
        subscription_id=case.subscription_id,
        order_id=case.order_id,
        finished=at,
        rule=book[subscriptions.START_RULE],
        by=by,
        at=at,
    )
    if not moved:
        return {}
    starts = {booked.start: now.start for booked, now in moved}
    provisioning.move_access(account=case.account, starts=starts, valid_until=moved[-1][1].end, at=at)
    booked, now = moved[0]
    return {"start_booked": f"{local(booked.start):%F}", "start": f"{local(now.start):%F}"}
