"""What follows from the rows of a sale: states, repetitions, handling time, voiding."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from onehall.contexts.orders.contracts import ItemDraft, OrderState
from onehall.foundation.values.period import Period
from onehall.foundation.values.text import Text


def order_state(*, completed: bool, archived: bool, void: bool) -> OrderState:
    """The state that follows from the rows that exist; the last word wins: void, archived, completed, accepted."""
    if void:
        return OrderState.VOID
    if archived:
        return OrderState.ARCHIVED
    return OrderState.COMPLETED if completed else OrderState.ACCEPTED


def repeats(items: Iterable[ItemDraft], draft: ItemDraft) -> bool:
    """Whether the basket holds this kind of business for the same dwelling and line already: one entry, not two (ORD-06).

    What bears a number of its own (a handset's serial, a bill's) is another thing where the number is another.
    """
    return any(_target(item) == _target(draft) for item in items)


def _target(item: ItemDraft) -> tuple[object, ...]:
    number = (item.offering, item.details["reference"]) if "reference" in item.details else ()
    return (item.business, item.dwelling_id, item.subscription_id, number)


@dataclass(frozen=True, slots=True)
class Handling:
    """How long a service took (ORD-11). `hesitations` are pauses longer than the limit."""

    seconds: int
    limit: int
    hesitations: int

    @property
    def within_limit(self) -> bool:
        """Whether it kept the limit."""
        return self.seconds <= self.limit


def handling(
    *, moments: Sequence[datetime], holds: Sequence[Period], limit: int, pause_limit: int
) -> Handling:
    """ORD-11: seconds from the first to the last of `moments`, time on hold left out, and the pauses above `pause_limit`."""
    ordered = sorted(moments)
    pauses = [
        (later - earlier).total_seconds() - _held(holds, earlier, later)
        for earlier, later in pairwise(ordered)
    ]
    return Handling(
        seconds=round(sum(pauses)), limit=limit, hesitations=sum(pause > pause_limit for pause in pauses)
    )


def _held(holds: Sequence[Period], start: datetime, end: datetime) -> float:
    spans = ((min(hold.end, end) - max(hold.start, start)).total_seconds() for hold in holds)
    return sum(span for span in spans if span > 0)


def why_not_void(*, states: Iterable[OrderState], same_shift: bool) -> Text | None:
    """Why a paid basket cannot be voided; None when it can: only in the shift that sold it, and before work is finished."""
    if not same_shift:
        return Text("已不是收款的同一班次", "the shift that took the payment is over")
    for state in states:
        if state == OrderState.VOID:
            return Text("已经作废", "it is void already")
        if state != OrderState.ACCEPTED:
            return Text("业务已经完成", "the service is finished")
    return None
