"""The orders drawn on a day, what the records say of them, and the result of their check (ORD-17)."""

from datetime import date
from typing import Any

from ninja import Query

from onehall.contexts.customers import api as customers
from onehall.contexts.orders import api as orders
from onehall.entrances.api.shared.operation import Noun
from onehall.entrances.api.shared.schema import Bilingual, Day, Given, Moment, Number, Shown, Word
from onehall.foundation.policy.services import policy_book
from onehall.foundation.refusals import NotFound
from onehall.foundation.values.ids import OrderId
from onehall.foundation.values.period import local
from onehall.foundation.values.text import Text
from onehall.foundation.web.requests import Request
from onehall.journeys.check_order import check_order
from onehall.readings.samples import Sampled, sample_of

noun = Noun(Text("抽查", "Daily checks"))
_CHECK: dict[str, Any] = {"permission": "order.check"}


class SampleAsked(Given):
    """Which day; today without one."""

    day: Day | None = None


class Drawn(Shown):
    """An order of the sample; `faults` are what the records show, `good` null is not checked yet."""

    id: int
    serial: str
    name: Bilingual
    accepted_at: Moment
    customer: str
    by: str
    faults: list[orders.Fault]
    good: bool | None
    note: str
    checked_by: str


class CheckGiven(Given):
    """The result; a fault that the records do not show needs a word."""

    good: bool
    note: Word = ""


@noun.operation("GET", "/checks", words=Text("某天抽查的订单", "The orders drawn on a day"), shows=list[Drawn], **_CHECK)  # fmt: skip
def drawn(request: Request, asked: SampleAsked = Query(...)) -> Any:  # noqa: B008 - how a query is declared
    return [_shown(one) for one in _sample(request, asked.day or local(request.at).date())]


@noun.operation("POST", "/orders/{int:order_id}/check", words=Text("记下抽查结果", "Keep the result of a check"), shows=Drawn, **_CHECK)  # fmt: skip
def check(request: Request, order_id: Number, given: CheckGiven) -> Any:
    order = orders.order(order_id=OrderId(order_id), scope=request.actor.scope)
    day = local(order.accepted_at).date()
    mine = _of(order.id, _sample(request, day))
    check_order(
        order_id=order.id, good=given.good, faults=mine.faults, note=given.note, by=request.actor, at=request.at
    )  # fmt: skip
    return _shown(_of(order.id, _sample(request, day)))


def _sample(request: Request, day: date) -> list[Sampled]:
    by = request.actor
    size = policy_book(hall_id=by.hall_id, at=request.at)[orders.SAMPLE_SIZE]
    return sample_of(day=day, size=size, hall_id=by.hall_id, scope=by.scope)


def _of(order_id: int, sample: list[Sampled]) -> Sampled:
    found = next((one for one in sample if one.order.id == order_id), None)
    if found is None:
        raise NotFound(what="这一天抽查的这张订单", what_en="This order among the day's sample")
    return found


def _shown(one: Sampled) -> dict[str, Any]:
    kept = ("id", "serial", "name", "accepted_at", "by", "good", "note", "checked_by")
    plain = {name: getattr(one.order, name) for name in kept}
    return {**plain, "customer": customers.mask_name(one.order.customer), "faults": list(one.faults)}
