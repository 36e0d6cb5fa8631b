"""Issuing papers and recording their prints, inside the caller's transaction."""

import base64
import secrets
from collections.abc import Callable
from datetime import datetime
from typing import Any

from onehall.foundation.database import (
    Asking,
    Question,
    asks,
    at_the_end,
    fetch_all,
    fetch_one,
    in_transaction,
)
from onehall.foundation.documents import queries
from onehall.foundation.documents.contracts import (
    AlreadyPrinted,
    Document,
    Kind,
    Medium,
    Outcome,
    PrintJob,
    ReprintNeedsReason,
)
from onehall.foundation.documents.forms import Form, as_content, canonical, sha256
from onehall.foundation.documents.ports import Answer
from onehall.foundation.documents.signed import SIGNATURE, Signed
from onehall.foundation.scopes import Actor
from onehall.foundation.values.ids import DocumentId, HallId
from onehall.foundation.values.text import Text
from onehall.foundation.vault import encrypt

_ISSUE = """
    insert into documents_document (id, kind, hall_id, hall_name_zh, hall_name_en, code, serial, template_version, content,
                                    content_sha256, amount_fen, subject, subject_id, issued_by_id, issued_at)
    values (%(id)s, %(kind)s, %(hall_id)s, %(hall_zh)s, %(hall_en)s, %(code)s, %(serial)s, %(version)s, %(content)s,
            %(sha256)s, %(amount)s, %(subject)s, %(subject_id)s, %(by)s, %(at)s)
"""

_ASK = """
    insert into documents_printjob (document_id, copy, medium, printer, hall_id, counter_id, place_zh, place_en, reason,
                                    by_id, at)
    values (%(document)s, %(copy)s, %(medium)s, %(printer)s, %(hall)s, %(counter)s, %(place_zh)s, %(place_en)s,
            %(reason)s, %(by)s, %(at)s)
    returning id
"""


@in_transaction
@asks
def reserve_paper() -> Asking[DocumentId]:
    """The id that a paper of this procedure will have. Put ahead, it lets the paper itself travel with the commit."""
    (row,) = yield Question("select nextval('documents_document_id_seq') as id")
    return DocumentId(row["id"])


@in_transaction
def issue_document(
    form: Form,
    *,
    hall_id: int,
    serial: str,
    subject: str,
    subject_id: int,
    by: Actor,
    at: datetime,
    reserved: DocumentId | None = None,
) -> Document:
    """Stores a paper: one insert, no typesetting, so it can stand in the middle of a sale. The PDF comes on demand.

    Under a `reserved` id it is stored at the end of the procedure, which does not read it.
    """
    amount = None if form.amount is None else form.amount.fen
    paper = _paper(
        id=reserved or reserve_paper(), kind=form.kind, hall_id=HallId(hall_id), hall_name=form.head.hall, serial=serial, template_version=form.version,
        content=as_content(form), subject=subject, subject_id=subject_id, by=by, at=at,
    )  # fmt: skip
    return _stored(*paper, amount=amount, by=by, write=at_the_end if reserved else fetch_all)


@in_transaction
def issue_signed(form: Document, *, signed: Signed, by: Actor, at: datetime) -> Document:
    """The document of record of a signed form: its content to the letter, with the signature joined to it (LAW-32)."""
    content = {**form.content, SIGNATURE: as_content(signed)}
    paper = _paper(
        id=reserve_paper(), kind=form.kind, hall_id=form.hall_id, hall_name=form.hall_name, serial=form.serial, content=content,
        template_version=form.template_version, subject=form.subject, subject_id=form.subject_id, by=by, at=at,
    )  # fmt: skip
    return _stored(*paper, amount=form.content["total"]["fen"], by=by, write=fetch_all)


def _paper(*, content: dict[str, Any], by: Actor, at: datetime, **facts: Any) -> tuple[Document, str]:
    """The paper, and its content as it is spelled and stored."""
    spelled = canonical(content)
    paper = Document(
        code=base64.b32encode(secrets.token_bytes(8)).decode()[:12], content=content,
        sha256=sha256(spelled).hex(), issued_by=f"{by.name}（{by.staff_no}）", issued_at=at, **facts,
    )  # fmt: skip
    return paper, spelled


def _stored(
    paper: Document,
    spelled: str,
    *,
    amount: int | None,
    by: Actor,
    write: Callable[[str, dict[str, Any]], object],
) -> Document:
    write(
        _ISSUE,
        {
            "id": paper.id, "kind": paper.kind.value, "hall_id": paper.hall_id, "hall_zh": paper.hall_name.zh, "hall_en": paper.hall_name.en,
            "code": paper.code, "serial": paper.serial, "version": paper.template_version, "sha256": bytes.fromhex(paper.sha256),
            "content": encrypt(spelled, context=queries.CONTENT), "amount": amount,
            "subject": paper.subject, "subject_id": paper.subject_id, "by": by.user_id, "at": paper.issued_at,
        },
    )  # fmt: skip
    return paper


@in_transaction
def ask_print(
    *,
    document_id: int,
    medium: Medium,
    place: Text,
    by: Actor,
    at: datetime,
    printer: str = "",
    reprint: bool = False,
    reason: str = "",
) -> PrintJob:
    """Claims the next copy of a paper. A copy that failed is claimed again under its own number; every other one counts.
    A file for the browser is as good as printed; a printer's answer is recorded by `record_print`.

    Raises AlreadyPrinted where a receipt's original may already be on paper and no reprint is asked for, ReprintNeedsReason.
    """
    paper = _locked(document_id, by)
    copy = next_copy(queries.print_jobs(document_id, scope=by.scope))
    if copy > 1 and paper.kind in (Kind.RECEIPT, Kind.RED_RECEIPT):
        _only_as_reprint(paper, reprint, reason)
    (row,) = fetch_all(
        _ASK,
        {
            "document": document_id, "copy": copy, "medium": medium.value, "printer": printer, "hall": by.hall_id,
            "counter": by.counter_id, "place_zh": place.zh, "place_en": place.en, "reason": reason.strip(),
            "by": by.user_id, "at": at,
        },
    )  # fmt: skip
    if medium is Medium.PDF:
        record_print(job_id=row["id"], answer=Answer(Outcome.PRINTED), at=at)
    return queries.print_job(row["id"], scope=by.scope)


@in_transaction
def record_print(*, job_id: int, answer: Answer, at: datetime) -> None:
    """Says how a print ended; it ends once."""
    fetch_all(
        "insert into documents_printoutcome (job_id, outcome, failure, at)"
        " values (%(job)s, %(outcome)s, %(why)s, %(at)s)",
        {"job": job_id, "outcome": answer.outcome.value, "why": answer.failure[:200], "at": at},
    )


def next_copy(jobs: list[PrintJob]) -> int:
    """The number of the next copy: one more than those that are, or may be, on paper."""
    return 1 + max((job.copy for job in jobs if job.outcome is not Outcome.FAILED), default=0)


def _locked(document_id: int, by: Actor) -> Document:
    """Two who print the same paper at once get one copy number each, in turn."""
    fetch_one("select id from documents_document where id = %(id)s for update", {"id": document_id})
    return queries.document(document_id, scope=by.scope)


def _only_as_reprint(paper: Document, reprint: bool, reason: str) -> None:
    if not reprint:
        heading = paper.kind.heading
        raise AlreadyPrinted(title=heading.zh, title_en=heading.en, serial=paper.serial)
    if not reason.strip():
        raise ReprintNeedsReason(field="reason")
