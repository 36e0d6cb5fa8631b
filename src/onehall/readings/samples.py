"""抽查 The day's sample of orders with what the records say of each, the same for everybody who looks (ORD-17)."""

from dataclasses import dataclass
from datetime import date

from onehall.contexts.orders import api as orders
from onehall.foundation.scopes import Scope
from onehall.foundation.values.ids import HallId
from onehall.foundation.values.period import day_of, local
from onehall.readings.orders_board import Drawn, drawn_orders, orders_of_day


@dataclass(frozen=True, slots=True)
class Sampled:
    """An order of the sample; `faults` are what the records themselves show."""

    order: Drawn
    faults: tuple[orders.Fault, ...]


def sample_of(*, day: date, size: int, hall_id: HallId, scope: Scope) -> list[Sampled]:
    """As many orders of a day as the policy draws."""
    period = day_of(day)
    every = orders_of_day(hall_id=hall_id, start=period.start, end=period.end, scope=scope)
    ids = orders.sampled(every, day=day, size=size)
    return [Sampled(one, _faults(one)) for one in drawn_orders(ids=ids, hall_id=hall_id, scope=scope)]


def _faults(one: Drawn) -> tuple[orders.Fault, ...]:
    form_on = local(one.form_at).date() if one.form_at else None
    return tuple(orders.faults(signed=one.signed, accepted_on=local(one.accepted_at).date(), form_on=form_on))
