"""The board's first screen."""

from datetime import datetime
from typing import Any

from django.http import HttpResponse

from onehall.contexts.banking import api as banking
from onehall.contexts.fieldwork import api as fieldwork
from onehall.contexts.orders import api as orders
from onehall.entrances.board.pages import DAY_TOPICS, page
from onehall.entrances.board.today.figures import Figure, busiest, day_tiles, deposit_tile, to_do, work_tiles
from onehall.entrances.board.words import owner
from onehall.foundation.policy.services import policy_book
from onehall.foundation.scopes import Actor
from onehall.foundation.values.text import Text
from onehall.foundation.web.permit import permit
from onehall.foundation.web.requests import Request
from onehall.readings.board import business, late_cases, open_drawers, openings, waiting
from onehall.readings.deposits import to_deposit

_LATE_SHOWN = 8
_DAY = "board/today/day.html"


@permit("board.view", methods=("GET",))
def today(request: Request) -> HttpResponse:
    """Figures, what waits for the person who looks, and what is late with its owner."""
    return page(request, "board/today/page.html", _facts(request.actor, request.at, request.lang), part=_DAY)


def _facts(by: Actor, at: datetime, lang: str) -> dict[str, Any]:
    book = policy_book(hall_id=by.hall_id, at=at)
    here: Any = {"hall_id": by.hall_id, "scope": by.scope}
    limit = book[orders.HANDLING_LIMIT]
    sold = business(limit=limit, at=at, **here)
    cases = waiting(user_id=by.user_id, warn_before=book[fieldwork.WARN_BEFORE], at=at, **here)
    opened = openings(at=at, **here) if by.may("audit.view") else ()
    late = sum(case.late for case in cases.values())
    overdue = late_cases(at=at, limit=_LATE_SHOWN, **here) if late else ()
    return {
        "topics": DAY_TOPICS,
        "tiles": [
            *day_tiles(sold, open_drawers(**here), limit, lang),
            *_deposits(by, at, book[banking.DEPOSIT_HOUR]),
        ],
        "work": work_tiles(cases, at),
        "bars": [(Text(f"{hour}点", f"{hour}h"), count) for hour, count in sold.by_hour],
        "sold": sold,
        "busiest": busiest(sold),
        "to_do": to_do(cases, opened, by),
        "late": [(case, fieldwork.STATES[fieldwork.State(case.state)], owner(case)) for case in overdue],
        "late_number": late,
    }


def _deposits(by: Actor, at: datetime, hour: int) -> list[Figure]:
    """For whoever bags takings."""
    if not by.may("deposit.make"):
        return []
    return [deposit_tile(to_deposit(hall=by.hall_id, hour=hour, at=at, scope=by.scope), hour)]
