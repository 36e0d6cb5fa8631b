"""The work orders of a hall, as a list that stays calm, and the whole of one case."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.http import HttpResponse

from onehall.contexts.fieldwork import api as fieldwork
from onehall.contexts.organisation import api as organisation
from onehall.entrances.board.pages import SIZE, WORK_TOPICS, page
from onehall.entrances.board.words import URGENCY, owner
from onehall.entrances.board.work.asked import Asked
from onehall.foundation.policy.services import policy_book
from onehall.foundation.scopes import Actor
from onehall.foundation.values.text import Text
from onehall.foundation.web.permit import permit
from onehall.foundation.web.requests import Request
from onehall.readings.board import Waiting, late_cases, waiting

LIST = "/board/work/"
_CLOSED = (fieldwork.State.ARCHIVED, fieldwork.State.WITHDRAWN)
Tab = tuple[Text, int | None, str, bool]
"""Words, how many, address, and whether it is the one shown."""


@permit("board.view", methods=("GET",))
def cases(request: Request) -> HttpResponse:
    """Work orders by state, compound and number, the most urgent first; or only those that are overdue."""
    return page(
        request,
        "board/work/list.html",
        _facts(request.actor, request.at, Asked.of(request)),
        part="board/work/rows.html",
        here=LIST,
    )


def _facts(by: Actor, at: datetime, asked: Asked) -> dict[str, Any]:
    warn = policy_book(hall_id=by.hall_id, at=at)[fieldwork.WARN_BEFORE]
    found, after = _late(by, at, asked) if asked.late else _found(by, asked)
    groups = waiting(hall_id=by.hall_id, user_id=by.user_id, warn_before=warn, at=at, scope=by.scope)
    return {
        "topics": WORK_TOPICS,
        "asked": asked,
        "source": asked.address(),
        "tabs": _tabs(asked, groups),
        "compounds": organisation.hall(by.hall_id, scope=by.scope).compounds,
        "rows": [_row(case, at, warn) for case in found],
        "following": asked.address(after=after) if after else "",
    }


def _found(by: Actor, asked: Asked) -> tuple[Sequence[Any], str]:
    found = fieldwork.board(
        scope=by.scope, hall_id=by.hall_id, state=asked.state, compound=asked.compound, find=asked.find,
        closed=asked.closed, after=asked.after, limit=SIZE,
    )  # fmt: skip
    return found.items, found.after or ""


def _late(by: Actor, at: datetime, asked: Asked) -> tuple[Sequence[Any], str]:
    found = late_cases(hall_id=by.hall_id, at=at, limit=SIZE + 1, scope=by.scope, after=asked.after)
    return found[:SIZE], found[SIZE - 1].place if len(found) > SIZE else ""


def _row(case: Any, at: datetime, warn: int) -> dict[str, Any]:
    kind, word = URGENCY[fieldwork.urgency(case.waiting_until, at=at, warn_before=warn)]
    state = fieldwork.STATES[fieldwork.State(case.state)]
    return {"case": case, "kind": kind, "word": word, "state": state, "owner": owner(case)}


def _tabs(asked: Asked, groups: Mapping[str, Waiting]) -> list[Tab]:
    """All open, the overdue, each state, the closed ones."""
    every = asked.state is None and not asked.closed and not asked.late
    number, late = (sum(getattr(group, name) for group in groups.values()) for name in ("number", "late"))
    tabs: list[Tab] = [
        (Text("全部", "All open"), number, asked.elsewhere(), every),
        (Text("超时", "Overdue"), late, asked.elsewhere(late="1", compound="", find=""), asked.late),
    ]
    for state in (state for state in fieldwork.State if state not in _CLOSED):
        group = groups.get(state.value)
        here = asked.elsewhere(state=state.value)
        tabs.append((fieldwork.STATES[state], group.number if group else 0, here, asked.state is state))
    return [*tabs, (Text("已结", "Closed"), None, asked.elsewhere(closed="1"), asked.closed)]
