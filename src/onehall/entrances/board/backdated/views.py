"""补录清单: what was typed in from paper on a day."""

from datetime import timedelta

from django.http import HttpResponse

from onehall.entrances.board.pages import address, day_asked, page
from onehall.foundation.web.permit import permit
from onehall.foundation.web.requests import Request
from onehall.readings.backdated import backdated

LIST = "/board/backdated/"
_MOST = 200


@permit("sale.backdate", methods=("GET",))
def forms(request: Request) -> HttpResponse:
    """The paper forms typed in on the day asked for, today's where none is."""
    day, one_day = day_asked(request), timedelta(days=1)
    found = backdated(hall_id=request.actor.hall_id, day=day, scope=request.actor.scope, limit=_MOST)
    facts = {
        "day": day,
        "before": address(LIST, day=day - one_day),
        "after": address(LIST, day=day + one_day),
        "source": address(LIST, day=day),
        "topics": "basket.changed payment.taken sale.voided sale.reversed",
        "forms": found,
    }
    return page(request, "board/backdated/list.html", facts, part="board/backdated/rows.html", here=LIST)
