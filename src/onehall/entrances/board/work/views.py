"""The work orders of a hall, as a list that stays calm, and the whole of one case."""

from typing import Any

from django.http import HttpResponse

from onehall.contexts.fieldwork import api as fieldwork
from onehall.contexts.organisation import api as organisation
from onehall.entrances.board.pages import SIZE, WORK_TOPICS, page
from onehall.entrances.board.words import URGENCY, owner
from onehall.entrances.board.work.asked import Asked
from onehall.foundation.policy.services import policy_book
from onehall.foundation.values.text import Text
from onehall.foundation.web.permit import permit
from onehall.foundation.web.requests import Request

LIST = "/board/work/"


@permit("board.view", methods=("GET",))
def cases(request: Request) -> HttpResponse:
    """Work orders by state, compound and number, the most urgent first."""
    return page(request, "board/work/list.html", _facts(request), part="board/work/rows.html", here=LIST)


def _facts(request: Request) -> dict[str, Any]:
    by, asked = request.actor, Asked.of(request)
    here: Any = {"hall_id": by.hall_id, "scope": by.scope}
    found = fieldwork.board(
        state=asked.state, compound=asked.compound, find=asked.find, closed=asked.closed, after=asked.after, limit=SIZE,
        **here,
    )  # fmt: skip
    return {
        "topics": WORK_TOPICS,
        "asked": asked,
        "source": asked.address(),
        "tabs": _tabs(asked, fieldwork.counts(**here)),
        "compounds": organisation.hall(by.hall_id, scope=by.scope).compounds,
        "rows": _rows(found.items, request),
        "following": asked.address(after=found.after) if found.after else "",
    }


def _rows(items: tuple[fieldwork.WorkOrder, ...], request: Request) -> list[dict[str, Any]]:
    book = policy_book(hall_id=request.actor.hall_id, at=request.at)
    warn = book[fieldwork.WARN_BEFORE]
    rows = []
    for case in items:
        near = fieldwork.urgency(case.waiting_until, at=request.at, warn_before=warn)
        kind, word = URGENCY[near]
        rows.append(
            {
                "case": case,
                "kind": kind,
                "word": word,
                "state": fieldwork.STATES[case.state],
                "owner": owner(case),
            }
        )
    return rows


def _tabs(asked: Asked, counts: dict[fieldwork.State, int]) -> list[tuple[Text, int | None, str, bool]]:
    """Words, number, address and whether it is the one shown: all open, each state, the closed ones."""
    every = asked.state is None and not asked.closed
    tabs: list[tuple[Text, int | None, str, bool]] = [
        (Text("全部", "All open"), sum(counts.values()), asked.address(state="", closed="", after=""), every)
    ]
    for state in fieldwork.State:
        if state in (fieldwork.State.ARCHIVED, fieldwork.State.WITHDRAWN):
            continue
        here = asked.address(state=state.value, closed="", after="")
        tabs.append((fieldwork.STATES[state], counts.get(state, 0), here, asked.state is state))
    closed = asked.address(state="", closed="1", after="")
    return [*tabs, (Text("已结", "Closed"), None, closed, asked.closed)]
