"""What may be taken out as a file, and who took what (SEC-04)."""

import errno
import tempfile
from typing import Any

from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase

from onehall.entrances.board.exports import forms
from onehall.entrances.board.pages import SIZE, page
from onehall.foundation.audit import Line, trail
from onehall.foundation.documents.policies import EXPORT_ROWS
from onehall.foundation.documents.tables import open_formats
from onehall.foundation.policy.services import policy_book
from onehall.foundation.refusals import Refusal
from onehall.foundation.scopes import NotFound
from onehall.foundation.values.text import Text
from onehall.foundation.web.permit import permit
from onehall.foundation.web.requests import Request
from onehall.journeys.record_export import Taken, check_reason, record_export
from onehall.readings.exports import LISTS, Draft, Listed, draft

EXPORTS = "/board/exports/"
_TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}


class NoRoom(Refusal):
    """The disk was full before the file was whole."""

    code = "export.no_room"
    rule = "API-03"
    status = 507
    zh = "服务器磁盘已满，文件没有做成。"
    en = "The server's disk is full; the file was not made."
    alternative_zh = "请联系系统管理员腾出空间后再导出。"
    alternative_en = "Ask the administrator to make room, then export again."


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
    """The log line stands before the file is handed out; a file that was not finished has no name and is gone."""
    by, most = request.actor, _most(request)
    reason = check_reason(request.POST.get("reason", ""))
    asked = forms.asked(request.POST, chosen, by=by, lang=request.lang)
    file = tempfile.TemporaryFile()  # noqa: SIM115 - the answer closes it when it was sent
    try:
        with draft(chosen, asked, file, scope=by.scope, at_most=most) as made:
            serial = record_export(taken=_taken(made, reason), hall_id=by.hall_id, by=by, at=request.at)
            made.finish(serial=serial, who=f"{by.name} {by.staff_no}", reason=reason, at=request.at)
    except OSError as error:
        if error.errno == errno.ENOSPC:
            raise NoRoom() from error
        raise
    file.seek(0)
    name = f"{chosen.name.in_(request.lang)}_{serial}.{asked.kind}"
    return FileResponse(file, as_attachment=True, filename=name, content_type=_TYPES[asked.kind])


def _taken(made: Draft, reason: str) -> Taken:
    asked, chosen = made.asked, made.listed
    return Taken(
        what=chosen.code, permission=chosen.permission, kind=asked.kind, reason=reason, rows=made.rows,
        halls=made.halls, personal=asked.personal, start=asked.start, end=asked.end,
    )  # fmt: skip


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
