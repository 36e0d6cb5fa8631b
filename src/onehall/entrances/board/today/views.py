"""The board's first screen."""

from typing import Any

from django.http import HttpResponse

from onehall.contexts.fieldwork import api as fieldwork
from onehall.contexts.orders import api as orders
from onehall.entrances.board.pages import DAY_TOPICS, page
from onehall.entrances.board.today.figures import busiest, day_tiles, to_do, work_tiles
from onehall.entrances.board.words import owner
from onehall.foundation.policy.services import policy_book
from onehall.foundation.values.text import Text
from onehall.foundation.web.permit import permit
from onehall.foundation.web.requests import Request
from onehall.readings.board import business, late_cases, open_drawers, openings, waiting

_LATE_SHOWN = 8


@permit("board.view", methods=("GET",))
def today(request: Request) -> HttpResponse:
    """Figures, what waits for the person who looks, and what is late with its owner."""
    return page(request, "board/today/page.html", _facts(request), part="board/today/day.html")


def _facts(request: Request) -> dict[str, Any]:
    by, at = request.actor, request.at
    book = policy_book(hall_id=by.hall_id, at=at)
    here: Any = {"hall_id": by.hall_id, "scope": by.scope}
    limit = book[orders.HANDLING_LIMIT]
    sold = business(limit=limit, at=at, **here)
    cases = waiting(user_id=by.user_id, warn_before=book[fieldwork.WARN_BEFORE], at=at, **here)
    opened = openings(at=at, **here) if by.may("audit.view") else ()
    late = sum(case.late for case in cases.values())
    return {
        "topics": DAY_TOPICS,
        "tiles": day_tiles(sold, open_drawers(**here), limit, request.lang),
        "work": work_tiles(cases, at),
        "bars": [(Text(f"{hour}点", f"{hour}h"), count) for hour, count in sold.by_hour],
        "sold": sold,
        "busiest": busiest(sold),
        "to_do": to_do(cases, opened, by),
        "late": [
            (case, fieldwork.STATES[fieldwork.State(case.state)], owner(case))
            for case in (late_cases(at=at, limit=_LATE_SHOWN, **here) if late else ())
        ],
        "late_number": late,
    }
