"""What may be taken out as a file, and who took what (SEC-04)."""

from typing import Any

from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase

from onehall.entrances.board.exports import forms
from onehall.entrances.board.exports.files import TYPES, made
from onehall.entrances.board.pages import SIZE, number_of, page
from onehall.foundation.approvals import queries as approvals
from onehall.foundation.audit import Line, trail
from onehall.foundation.documents.exports import ApprovalAwaited, reason_kept
from onehall.foundation.documents.policies import EXPORT_GROWN, EXPORT_ROWS
from onehall.foundation.documents.tables import open_formats
from onehall.foundation.policy.services import policy_book
from onehall.foundation.scopes import NotFound
from onehall.foundation.values.text import Text
from onehall.foundation.web.permit import permit
from onehall.foundation.web.requests import Request
from onehall.readings.exports import LISTS, Listed

EXPORTS = "/board/exports/"


@permit("export.run", methods=("GET",))
def lists(request: Request) -> HttpResponse:
    """Every list that this person may take out; below them, who took what and why."""
    mine = [listed for listed in LISTS.values() if request.actor.may(listed.permission)]
    log = _log(request) if request.actor.may("audit.view") else None
    return page(request, "board/exports/page.html", {"lists": mine, "log": log}, here=EXPORTS)


@permit("export.run")
def listed(request: Request, code: str) -> HttpResponseBase:
    """The form that asks why; sent, the file."""
    chosen = LISTS.get(code)
    if chosen is None:
        raise NotFound(what=f"清单 {code[:40]}", what_en=f"The list {code[:40]}")
    request.actor.require(chosen.permission)
    if request.method == "POST":
        return _file(request, chosen)
    return page(request, "board/exports/form.html", _facts(request, chosen), here=EXPORTS)


def _file(request: Request, chosen: Listed) -> HttpResponseBase:
    """What was asked for, as a download."""
    by = request.actor
    reason = reason_kept(request.POST.get("reason", ""))
    asked = forms.asked(request.POST, chosen, by=by, lang=request.lang)
    approval, most = _allowed(request)
    try:
        file, name = made(chosen, asked, reason=reason, most=most, approval=approval, by=by, at=request.at)
    except ApprovalAwaited as awaited:
        awaited.href = f"/board/approvals/{awaited.facts['number']}"
        raise
    return FileResponse(file, as_attachment=True, filename=name, content_type=TYPES[asked.kind])


def _allowed(request: Request) -> tuple[int | None, int]:
    """The approval that the form names, and how many rows it allows; without one, what everybody may take alone."""
    if not request.POST.get("approval"):
        return None, _most(request)
    number = number_of(request, "approval", Text("审批号", "The number of the approval"))
    asked = approvals.request(number, at=request.at, scope=request.actor.scope)
    grown = policy_book(hall_id=request.actor.hall_id, at=request.at)[EXPORT_GROWN]
    return number, max(asked.size * (100 + grown) // 100, _most(request))


def _most(request: Request) -> int:
    return policy_book(hall_id=request.actor.hall_id, at=request.at)[EXPORT_ROWS]


def _facts(request: Request, chosen: Listed) -> dict[str, Any]:
    halls = request.actor.halls
    return {
        "listed": chosen,
        "formats": open_formats(),
        "most": _most(request),
        "halls": [
            ("here", Text("本厅", "this hall")),
            ("all", Text("我能看的全部营业厅", "every hall that I may see")),
        ]
        if halls is None or len(halls) > 1
        else [],
        "may_personal": chosen.personal and request.actor.may("export.personal"),
    }


def _log(request: Request) -> list[dict[str, Any]]:
    """One line for each export, also where it held rows of several halls."""
    lines: dict[str, Line] = {}
    for line in trail(scope=request.actor.scope, limit=SIZE, action="export.run"):
        lines.setdefault(line.subject_id, line)
    return [{"line": line, "name": _name(line), "days": _days(line)} for line in lines.values()]


def _name(line: Line) -> Text:
    known = LISTS.get(str(line.details.get("list")))
    return known.name if known else Text(str(line.details.get("list")), str(line.details.get("list")))


def _days(line: Line) -> str:
    start, end = line.details.get("from") or "", line.details.get("to") or ""
    return f"{start} – {end}" if start or end else ""
