"""Registers on screen, for managers: upload, preview, commit, undo, and what was imported before (API-03)."""

from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.shortcuts import render

from onehall.contexts.registers import api as registers
from onehall.entrances.board.imports import work
from onehall.entrances.board.imports.words import shown_of
from onehall.entrances.board.pages import Unreadable, page
from onehall.foundation.policy.services import policy_book
from onehall.foundation.sheetreader import Limits, Sheet, read_sheet
from onehall.foundation.sheetreader.guards import MEGABYTE, check_size
from onehall.foundation.web.permit import permit
from onehall.foundation.web.requests import Request
from onehall.foundation.web.responses import go
from onehall.journeys.begin_import import begin_import
from onehall.journeys.stage_register import stage_register
from onehall.journeys.undo_import import undo_import

IMPORTS = "/board/imports/"
_SHOWN = 100


@permit("import.view")
def imports(request: Request) -> HttpResponse:
    """The form and the history; by POST a file is judged and shown."""
    if request.method == "POST":
        form = _format(request)
        content, sheet = _uploaded(request)
        kept = stage_register(sheet=sheet, content=content, form=form, by=request.actor, at=request.at)
        return go(request, f"{IMPORTS}uploads/{kept}")
    formats = [(code, form.name) for code, form in registers.FORMATS.items()]
    made = registers.imports_made(scope=request.actor.scope, limit=_SHOWN)
    rows = [{"made": one, "name": registers.FORMATS[one.format].name} for one in made]
    return page(request, "board/imports/list.html", {"formats": formats, "rows": rows}, here=IMPORTS)


@permit("import.view", methods=("GET",))
def preview(request: Request, upload_id: int) -> HttpResponse:
    """The verdicts, a page at a time, and what can be done."""
    kept = registers.upload(upload_id, at=request.at, scope=request.actor.scope)
    return page(request, "board/imports/preview.html", _facts(request, kept), here=IMPORTS)


@permit("import.view", methods=("GET",))
def progress(request: Request, upload_id: int) -> HttpResponse:
    """How far the import is, asked every second while it runs; when it is over the page is shown anew."""
    found = registers.upload_work(upload_id, at=request.at, scope=request.actor.scope)
    if found.state is not registers.WorkState.RUNNING:
        return HttpResponse(headers={"HX-Refresh": "true"})
    return render(request, "board/imports/progress.html", {"work": found, "upload": upload_id})


@permit("import.run", methods=("POST",))
def commit(request: Request, upload_id: int) -> HttpResponse:
    """All of it or nothing; refused rows are left out only where that was chosen. It goes on behind the page."""
    skip, limits = request.POST.get("skip") == "1", _limits(request)
    kept = begin_import(upload_id=upload_id, skip_refused=skip, by=request.actor, at=request.at)
    work.begin(
        kept=kept, sheet=lambda: read_sheet(kept.content, name=kept.file_name, limits=limits), skip=skip,
        by=request.actor, at=request.at,
    )  # fmt: skip
    return go(request, f"{IMPORTS}uploads/{upload_id}")


@permit("import.run", methods=("POST",))
def undo(request: Request, import_id: int) -> HttpResponse:
    """Takes an import back whole, or says what refers to it."""
    undo_import(import_id=import_id, by=request.actor, at=request.at)
    return go(request, IMPORTS)


def _facts(request: Request, kept: registers.UploadKept) -> dict[str, Any]:
    kind, asked = request.GET.get("kind", "all"), request.GET.get("page", "0")
    number = int(asked) if asked.isdecimal() and len(asked) < len(str(_SHOWN)) * 2 else 0
    return {
        "kept": kept,
        "name": registers.FORMATS[kept.format].name,
        **shown_of(kept, kind, number, IMPORTS),
    }


def _format(request: Request) -> str:
    form = request.POST.get("format", "")
    if form not in registers.FORMATS:
        raise Unreadable(what="登记表种类", what_en="The kind of register", field="format")
    return form


def _uploaded(request: Request) -> tuple[bytes, Sheet]:
    file = request.FILES.get("file")
    if not isinstance(file, UploadedFile) or file.size is None:
        raise Unreadable(what="文件", what_en="The file", field="file")
    check_size(file.size, _limits(request))
    content = file.read()
    return content, _sheet(request, content, file.name or "")


def _sheet(request: Request, content: bytes, name: str) -> Sheet:
    return read_sheet(content, name=name, limits=_limits(request))


def _limits(request: Request) -> Limits:
    book = policy_book(hall_id=request.actor.hall_id, at=request.at)
    return Limits(
        size=book[registers.MOST_MEGABYTES] * MEGABYTE,
        unpacked=book[registers.MOST_UNPACKED] * MEGABYTE,
        ratio=book[registers.MOST_RATIO],
        rows=book[registers.MOST_ROWS],
    )
