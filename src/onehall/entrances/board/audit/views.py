"""Who did what, and whether the chains hold (SEC-09)."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from onehall.contexts.organisation import api as organisation
from onehall.entrances.board.audit.words import ACTIONS, SUBJECTS, BreakInChain
from onehall.entrances.board.pages import SIZE, address, page
from onehall.foundation.audit import Line, trail, verify
from onehall.foundation.values.text import Text
from onehall.foundation.web.permit import permit
from onehall.foundation.web.requests import Request

AUDIT = "/board/audit/"
_ASKED = ("staff_no", "action", "subject", "subject_id")
_LONGEST = 60
_DIGITS = 18


@permit("audit.view", methods=("GET",))
def lines(request: Request) -> HttpResponse:
    """The newest lines first, by person, action and subject."""
    return page(request, "board/audit/page.html", _facts(request), part="board/audit/lines.html", here=AUDIT)


@permit("audit.view", methods=("POST",))
def verification(request: Request) -> HttpResponse:
    """Recomputes every chain and says whether they hold."""
    verdict = verify()
    broken = None if verdict.sound else BreakInChain(line=verdict.broken, why=verdict.why)
    return render(request, "board/audit/verdict.html", {"verdict": verdict, "broken": broken})


def _facts(request: Request) -> dict[str, Any]:
    by = request.actor
    asked = {name: request.GET.get(name, "").strip()[:_LONGEST] for name in _ASKED}
    before = request.GET.get("before", "")
    start = int(before) if before.isdecimal() and len(before) <= _DIGITS else None
    found = trail(scope=by.scope, limit=SIZE + 1, before=start, **asked)
    shown = found[:SIZE]
    return {
        "asked": asked,
        "lines": [_worded(line) for line in shown],
        "following": address(AUDIT, **asked, before=shown[-1].id) if len(found) > SIZE else "",
        "people": [("", Text("全部", "all")), *_people(request)],
        "actions": [("", Text("全部", "all")), *ACTIONS.items()],
        "subjects": [("", Text("全部", "all")), *SUBJECTS.items()],
    }


def _people(request: Request) -> list[tuple[str, str]]:
    people = organisation.people(scope=request.actor.scope)
    return [(one.staff_no, f"{one.name} {one.staff_no}") for one in people if one.user_id is not None]


def _worded(line: Line) -> dict[str, Any]:
    return {
        "line": line,
        "action": ACTIONS.get(line.action, Text(line.action, line.action)),
        "subject": SUBJECTS.get(line.subject, Text(line.subject, line.subject)),
        "href": f"/board/work/{line.subject_id}" if line.subject == "work_order" else "",
        "digest": line.digest.hex()[:8] if line.digest else "",
        "details": [f"{name} {value}" for name, value in line.details.items() if value is not None],
    }
