"""流失与挽留: a month's losses by cause, and the talks behind them."""

from datetime import timedelta

from django.http import HttpResponse

from onehall.contexts.subscriptions import api as subscriptions
from onehall.entrances.board.pages import address, day_asked, page
from onehall.foundation.values.period import local, month_of
from onehall.foundation.web.permit import permit
from onehall.foundation.web.requests import Request
from onehall.readings.lost import lost

LIST = "/board/lost/"
_MOST = 300


@permit("board.view", methods=("GET",))
def talks(request: Request) -> HttpResponse:
    """The month of the day asked for, this one where none is; of one cause where one was chosen."""
    span = month_of(day_asked(request))
    day, cause = local(span.start).date(), request.GET.get("cause", "")
    cause = cause if cause in subscriptions.CAUSES else ""
    found = lost(
        hall_id=request.actor.hall_id, span=span, cause=cause, scope=request.actor.scope, limit=_MOST
    )
    facts = {
        "day": day, "found": found, "cause": cause, "cause_words": subscriptions.CAUSES.get(cause),
        "before": address(LIST, day=day - timedelta(days=1), cause=cause),
        "after": address(LIST, day=local(span.end).date(), cause=cause),
        "all": address(LIST, day=day), "source": address(LIST, day=day, cause=cause), "topics": "subscription.changed",
    }  # fmt: skip
    return page(request, "board/lost/list.html", facts, part="board/lost/rows.html", here=LIST)
