"""A paper is stored and its copy claimed by POST; the file of a claimed copy may be fetched again."""

from datetime import date
from uuid import uuid5

from django.http import HttpResponse

from onehall.entrances.board.pages import Unreadable, day_asked, intent_of
from onehall.foundation.documents.contracts import Kind, Medium
from onehall.foundation.documents.queries import document, print_job
from onehall.foundation.documents.typesetting import Copy, typeset
from onehall.foundation.scopes import NotFound
from onehall.foundation.web.permit import permit
from onehall.foundation.web.requests import Request
from onehall.foundation.web.responses import go
from onehall.journeys.issue_field_paper import issue_field_paper
from onehall.journeys.print_document import print_document

_SHEETS = {kind.value: kind for kind in (Kind.INSTALLATION, Kind.FOLLOW_UP)}
_SHOWN_BY_THE_BROWSER = (
    "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'none'"
)
"""The browser's own viewer needs a plug-in and its style; a file runs no script."""


@permit("document.print", methods=("POST",))
def of_case(request: Request, work_order: int) -> HttpResponse:
    """装机单 or 回访单 as the case stands now."""
    kind = _SHEETS.get(request.POST.get("kind", ""))
    if kind is None:
        raise Unreadable(what="单据种类", what_en="The kind of paper", field="kind")
    return _printed(request, kind, work_order=work_order)


@permit("document.print", methods=("POST",))
def register(request: Request) -> HttpResponse:
    """发单登记表 of the day (WRK-02)."""
    return _printed(request, Kind.DISPATCH, day=day_asked(request))


@permit("document.print", methods=("GET",))
def copy(request: Request, document_id: int, job_id: int) -> HttpResponse:
    """The file of one claimed copy, in the language of the page."""
    scope = request.actor.scope
    paper, job = document(document_id, scope=scope), print_job(job_id, scope=scope)
    if job.document_id != paper.id:
        raise NotFound(what="这份打印", what_en="This copy")
    made = typeset(paper, Copy.of(job), base_url=request.build_absolute_uri("/"), lang=request.lang)
    answer = HttpResponse(made, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{paper.kind.value}-{paper.id}-{job.copy}.pdf"'
    answer["Content-Security-Policy"] = _SHOWN_BY_THE_BROWSER
    return answer


def _printed(
    request: Request, kind: Kind, *, work_order: int | None = None, day: date | None = None
) -> HttpResponse:
    intent = intent_of(request)
    paper = issue_field_paper(kind=kind, work_order=work_order, day=day, by=request.actor, at=request.at)
    claim = print_document(
        intent=uuid5(intent, str(paper.id)),
        document_id=paper.id,
        medium=Medium.PDF,
        by=request.actor,
        at=request.at,
    )
    return go(request, f"/board/papers/{paper.id}/copies/{claim.job.id}.pdf")
