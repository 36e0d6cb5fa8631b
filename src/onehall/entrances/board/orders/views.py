"""Orders in charts, and the list that each column opens."""

from typing import Any

from django.http import HttpResponse

from onehall.contexts.customers import api as customers
from onehall.contexts.orders import api as orders
from onehall.entrances.board.orders.asked import PERIODS, STATES, Asked
from onehall.entrances.board.orders.charts import by_age, by_day, by_handling, by_state
from onehall.entrances.board.pages import SIZE, page
from onehall.foundation.policy.services import policy_book
from onehall.foundation.web.permit import permit
from onehall.foundation.web.requests import Request
from onehall.readings.orders_board import handling_times, orders_by_day, orders_listed

FIGURES = "/board/orders/"


def _limit(request: Request) -> int:
    return int(policy_book(hall_id=request.actor.hall_id, at=request.at)[orders.HANDLING_LIMIT])


@permit("board.view", methods=("GET",))
def figures(request: Request) -> HttpResponse:
    """By state, by age, by day, by handling time, for the period asked for."""
    asked, by = Asked.of(request), request.actor
    span: dict[str, Any] = {"hall_id": by.hall_id, "start": asked.start, "end": asked.end, "scope": by.scope}
    counts, times = orders_by_day(**span), handling_times(**span)
    charts = [
        by_state(counts, asked), by_age(counts, asked, request.at), by_day(counts, asked),
        by_handling(times, asked, limit=_limit(request)),
    ]  # fmt: skip
    facts = {"charts": charts, **_periods(asked, FIGURES), "list_href": asked.href()}
    return page(request, "board/orders/figures.html", facts, here=FIGURES)


@permit("board.view", methods=("GET",))
def listed(request: Request) -> HttpResponse:
    """The orders behind a figure, newest first, page by page."""
    asked = Asked.of(request)
    return page(request, "board/orders/list.html", _list(asked, request), here=FIGURES)


def _list(asked: Asked, request: Request) -> dict[str, Any]:
    by = request.actor
    found = orders_listed(
        hall_id=by.hall_id, start=asked.start, end=asked.end, state=asked.state,
        slow=_limit(request) if asked.slow else None, after=asked.after, limit=SIZE + 1, scope=by.scope,
    )  # fmt: skip
    shown = found[:SIZE]
    return {
        "rows": [(row, customers.mask_name(row.customer), STATES[row.state]) for row in shown],
        "following": asked.href(after=shown[-1].place) if len(found) > SIZE else "",
        "states": [(words, asked.href(state=code), code == asked.state) for code, words in STATES.items()],
        "every": (asked.href(state="", slow=""), not asked.state and not asked.slow),
        "asked": asked,
        **_periods(asked, "/board/orders/list"),
    }


def _periods(asked: Asked, path: str) -> dict[str, Any]:
    chosen = [
        (words, asked.href(path, days=days, day=""), days == asked.days and not asked.day)
        for days, words in PERIODS.items()
    ]
    return {"periods": chosen, "start": asked.start, "end": asked.end, "day": asked.day}
