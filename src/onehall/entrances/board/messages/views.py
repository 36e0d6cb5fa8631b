"""The list of messages to the hall's customers, by how far they came."""

from datetime import timedelta
from typing import Any

from django.http import HttpResponse

from onehall.entrances.board.pages import SIZE, address, page
from onehall.foundation.notices.queries import counts
from onehall.foundation.notices.rules import STATES, UNDELIVERED
from onehall.foundation.values.text import Text
from onehall.foundation.web.permit import permit
from onehall.foundation.web.requests import Request
from onehall.readings.messages import messages

HERE, TOPICS = "/board/messages/", "message.changed"
DAYS = 30  # structural: what the figures of the tabs look back on, as the page says
_DIGITS = 18
_LEFT = Text("要另行告知", "to be told")
_EVERY = Text("全部", "All")


@permit("board.view", methods=("GET",))
def listed(request: Request) -> HttpResponse:
    """The newest first; those that did not arrive are a tab of their own."""
    asked, after = request.GET.get("state", ""), request.GET.get("after", "")
    state = asked if asked in STATES or asked == "undelivered" else ""
    start = int(after) if after.isdecimal() and len(after) <= _DIGITS else None
    found = messages(state=state, after=start, limit=SIZE + 1, scope=request.actor.scope)
    last = found[SIZE - 1].notice.id if len(found) > SIZE else None
    ways = {
        "following": address(HERE, state=state, after=last) if last else "",
        "source": address(HERE, state=state, after=after),
    }
    facts = {"rows": found[:SIZE], "tabs": _tabs(request, state), "days": DAYS, "topics": TOPICS, **ways}
    return page(request, "board/messages/list.html", facts, part="board/messages/rows.html", here=HERE)


def _tabs(request: Request, state: str) -> list[dict[str, Any]]:
    number = counts(since=request.at - timedelta(days=DAYS), scope=request.actor.scope)
    left = sum(number.get(one, 0) for one in UNDELIVERED)
    every = [("", _EVERY, sum(number.values())), ("undelivered", _LEFT, left)]
    rest = [(code, words, number.get(code, 0)) for code, words in STATES.items() if code not in UNDELIVERED]
    return [
        {"words": words, "number": many, "href": address(HERE, state=code), "shown": code == state}
        for code, words, many in [*every, *rest]
    ]
