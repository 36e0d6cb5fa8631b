"""A few orders of each day are drawn and checked (ORD-17)."""

from datetime import date

from django.http import HttpResponse

from onehall.contexts.customers import api as customers
from onehall.contexts.orders import api as orders
from onehall.entrances.board.pages import day_asked, page
from onehall.foundation.policy.services import policy_book
from onehall.foundation.scopes import NotFound
from onehall.foundation.values.ids import OrderId
from onehall.foundation.values.period import local
from onehall.foundation.values.text import Text
from onehall.foundation.web.permit import permit
from onehall.foundation.web.requests import Request
from onehall.foundation.web.responses import go
from onehall.journeys.check_order import check_order
from onehall.readings.samples import Sampled, sample_of

FAULTS = {
    orders.Fault.UNSIGNED: Text("没有签名", "not signed"),
    orders.Fault.LATE_FORM: Text("当天没出受理单", "no form that day"),
    orders.Fault.OTHER: Text("其他问题", "something else"),
}


@permit("order.check", methods=("GET",))
def of_day(request: Request) -> HttpResponse:
    """The sample of a day with what the records say, and what was found."""
    day = day_asked(request)
    drawn = _drawn(request, day)
    facts = {
        "day": day,
        "rows": [
            (one.order, customers.mask_name(one.order.customer), [FAULTS[no] for no in one.faults])
            for one in drawn
        ],
        "left": sum(one.order.good is None for one in drawn),
        "bad": sum(one.order.good is False for one in drawn),
    }
    return page(request, "board/orders/samples.html", facts, here="/board/samples/")


def _drawn(request: Request, day: date) -> list[Sampled]:
    by = request.actor
    size = policy_book(hall_id=by.hall_id, at=request.at)[orders.SAMPLE_SIZE]
    return sample_of(day=day, size=size, hall_id=by.hall_id, scope=by.scope)


@permit("order.check", methods=("POST",))
def check(request: Request, order_id: int) -> HttpResponse:
    """Keeps the result of one order of the day's sample."""
    order = orders.order(order_id=OrderId(order_id), scope=request.actor.scope)
    day = local(order.accepted_at).date()
    mine = next((one for one in _drawn(request, day) if one.order.id == order.id), None)
    if mine is None:
        raise NotFound(what="这一天抽查的这张订单", what_en="This order among the day's sample")
    check_order(
        order_id=order.id, good=request.POST.get("good") == "1", faults=mine.faults,
        note=request.POST.get("note", ""), by=request.actor, at=request.at,
    )  # fmt: skip
    return go(request, f"/board/samples/?day={day}")
