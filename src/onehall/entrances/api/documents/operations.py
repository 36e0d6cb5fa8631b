"""Papers and their copies."""

from typing import Any

from django.http import HttpResponse

from onehall.entrances.api.shared.operation import Noun
from onehall.entrances.api.shared.schema import Bilingual, Given, Key, Moment, Sentence, Shown
from onehall.foundation.documents.contracts import Kind, Medium, Outcome
from onehall.foundation.documents.plugs import base_url
from onehall.foundation.documents.queries import document, print_job, print_jobs
from onehall.foundation.documents.typesetting import Copy, typeset
from onehall.foundation.scopes import NotFound
from onehall.foundation.values.text import Text
from onehall.foundation.web.requests import Request
from onehall.journeys.print_document import print_document
from onehall.journeys.reprint_receipt import reprint_receipt

noun = Noun(Text("单据", "Papers"))


class Print(Shown):
    """A copy: `copy_no` 1 is the original. Its file is at …/copies/{id}.pdf."""

    id: int
    document_id: int
    copy_no: int
    medium: Medium
    at: Moment
    by: str
    place: Bilingual
    reason: str
    outcome: Outcome


class Paper(Shown):
    """A stored paper; `code` proves it to whoever holds it."""

    id: int
    kind: Kind
    hall_id: int
    serial: str
    code: str
    sha256: str
    subject: str
    subject_id: int
    issued_by: str
    issued_at: Moment
    prints: list[Print]


class ReprintGiven(Given):
    """Why another copy is needed."""

    reason: Sentence


def _print(job: Any) -> dict[str, Any]:
    own = {name: getattr(job, name) for name in Print.model_fields if name != "copy_no"}
    return {**own, "copy_no": job.copy}


@noun.operation(
    "GET", "/documents/{int:document_id}", permission="document.print", words=Text("一张单据", "A paper"), shows=Paper
)  # fmt: skip
def show(request: Request, document_id: int) -> Any:
    paper = document(document_id, scope=request.actor.scope)
    jobs = print_jobs(document_id, scope=request.actor.scope)
    own = {name: getattr(paper, name) for name in Paper.model_fields if name != "prints"}
    return {**own, "prints": [_print(job) for job in jobs]}


@noun.operation(
    "POST", "/documents/{int:document_id}/prints", permission="document.print", words=Text("打印一份", "Claim the next copy"), shows=Print, status=201
)  # fmt: skip
def print_now(request: Request, document_id: int, key: Key) -> Any:
    claim = print_document(
        intent=key, document_id=document_id, medium=Medium.PDF, by=request.actor, at=request.at
    )
    return _print(claim.job)


@noun.operation(
    "POST", "/documents/{int:document_id}/reprints", permission="receipt.reprint", words=Text("补打", "Claim a reprint"), shows=Print, status=201
)  # fmt: skip
def reprint(request: Request, document_id: int, given: ReprintGiven, key: Key) -> Any:
    claim = reprint_receipt(
        intent=key, document_id=document_id, reason=given.reason, medium=Medium.PDF, by=request.actor, at=request.at
    )  # fmt: skip
    return _print(claim.job)


@noun.operation(
    "GET",
    "/documents/{int:document_id}/copies/{int:job_id}.pdf",
    permission="document.print",
    words=Text("一份的文件（PDF）", "The file of a copy (PDF)"),
    shows=None,
    media="application/pdf",
)
def copy(request: Request, document_id: int, job_id: int) -> Any:
    paper = document(document_id, scope=request.actor.scope)
    job = print_job(job_id, scope=request.actor.scope)
    if job.document_id != paper.id:
        raise NotFound(what="这份单据", what_en="This copy")
    file = typeset(paper, Copy.of(job), base_url=base_url(), lang=request.lang)
    return HttpResponse(file, content_type="application/pdf")
