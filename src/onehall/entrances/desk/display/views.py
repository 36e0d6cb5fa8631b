"""The customer's display: a second window of the counter."""

from django.http import HttpResponse
from django.shortcuts import render

from onehall.contexts.orders import api as orders
from onehall.foundation.policy.services import policy_book
from onehall.foundation.scopes import NotFound
from onehall.foundation.web.permit import permit
from onehall.foundation.web.requests import Request
from onehall.readings.till_display import TillDisplay, till_display


@permit("desk.use", methods=("GET",))
def show(request: Request) -> HttpResponse:
    """The whole page, to be opened on the screen that faces the customer."""
    return render(request, "desk/display/show.html", {"display": _display(request)})


@permit("desk.use", methods=("GET",))
def figures(request: Request) -> HttpResponse:
    """Its figures, asked for again whenever the counter's basket or payment changes."""
    return render(request, "desk/display/figures.html", {"display": _display(request)})


def _display(request: Request) -> TillDisplay:
    by = request.actor
    if by.counter_id is None:
        raise NotFound(what="您的台席（请在台席登录）", what_en="Your counter (sign in at a counter)")
    seconds = policy_book(hall_id=by.hall_id, at=request.at)[orders.DISPLAY_SECONDS]
    return till_display(counter_id=by.counter_id, at=request.at, seconds=seconds, scope=by.scope)
