"""Reading papers and the record of their prints."""

import json
from typing import Any

from onehall.foundation.database import fetch_all, fetch_one
from onehall.foundation.documents.contracts import (
    Document,
    Kind,
    Medium,
    Outcome,
    PrintJob,
    Verification,
)
from onehall.foundation.scopes import NotFound, Scope
from onehall.foundation.values.ids import DocumentId, HallId
from onehall.foundation.values.money import Money
from onehall.foundation.values.text import Text
from onehall.foundation.vault import decrypt

CONTENT = "documents_document.content"
"""What the encrypted content is bound to: its table and column."""

_DOCUMENT = """
    select d.id, d.kind, d.hall_id, d.hall_name_zh, d.hall_name_en, d.code, d.serial, d.template_version, d.content,
           d.content_sha256, d.subject, d.subject_id, d.issued_at, u.name || '（' || u.staff_no || '）' as issued_by
    from documents_document d join identity_user u on u.id = d.issued_by_id
"""

_JOBS = """
    select j.id, j.document_id, j.copy, j.medium, j.printer, j.place_zh, j.place_en, j.reason, j.at,
           u.name || '（' || u.staff_no || '）' as by, coalesce(o.outcome, 'sending') as outcome,
           coalesce(o.failure, '') as failure
    from documents_printjob j
    join documents_document d on d.id = j.document_id
    join identity_user u on u.id = j.by_id
    left join documents_printoutcome o on o.job_id = j.id
    where (%(halls)s::bigint[] is null or d.hall_id = any(%(halls)s))
"""


def document(document_id: int, *, scope: Scope) -> Document:
    """One paper; raises NotFound, also for another hall's."""
    return _seen(fetch_one(f"{_DOCUMENT} where d.id = %(id)s", {"id": document_id}), scope)


def documents_of(subject: str, subject_id: int, *, scope: Scope) -> list[Document]:
    """Every paper issued about one thing, oldest first."""
    rows = fetch_all(
        f"{_DOCUMENT} where d.subject = %(subject)s and d.subject_id = %(id)s"
        " and (%(halls)s::bigint[] is null or d.hall_id = any(%(halls)s)) order by d.id",
        {"subject": subject, "id": subject_id, "halls": scope.hall_list},
    )
    return [_document(row) for row in rows]


def print_job(job_id: int, *, scope: Scope) -> PrintJob:
    """One attempt to print; raises NotFound."""
    row = fetch_one(f"{_JOBS} and j.id = %(id)s", {"id": job_id, "halls": scope.hall_list})
    if row is None:
        raise NotFound(what="这次打印", what_en="This print")
    return _job(row)


def print_jobs(document_id: int, *, scope: Scope) -> list[PrintJob]:
    """Every attempt to print a paper, oldest first."""
    rows = fetch_all(
        f"{_JOBS} and d.id = %(id)s order by j.id", {"id": document_id, "halls": scope.hall_list}
    )
    return [_job(row) for row in rows]


def verify_code(code: str) -> Verification | None:
    """What a paper's code proves to whoever holds the paper; None for a code that was never issued.

    Open to the public, so there is no scope and no personal data (REC-03). Case, spaces and dashes are forgiven.
    """
    spelled = "".join(code.split()).replace("-", "").upper()
    row = fetch_one(
        "select d.kind, d.hall_name_zh, d.hall_name_en, d.issued_at, d.serial, d.amount_fen, d.content_sha256,"
        " (select count(*) from documents_printjob j join documents_printoutcome o on o.job_id = j.id"
        "  where j.document_id = d.id and o.outcome = 'printed') as prints"
        " from documents_document d where d.code = %(code)s",
        {"code": spelled},
    )
    if row is None:
        return None
    return Verification(
        kind=Kind(row["kind"]),
        hall=Text(row["hall_name_zh"], row["hall_name_en"]),
        issued_at=row["issued_at"],
        serial=row["serial"],
        amount=None if row["amount_fen"] is None else Money(row["amount_fen"]),
        sha256=bytes(row["content_sha256"]).hex(),
        prints=row["prints"],
    )


def _seen(row: dict[str, Any] | None, scope: Scope) -> Document:
    if row is None or not scope.allows(row["hall_id"]):
        raise NotFound(what="这张单据", what_en="This paper")
    return _document(row)


def _document(row: dict[str, Any]) -> Document:
    return Document(
        id=DocumentId(row["id"]),
        kind=Kind(row["kind"]),
        hall_id=HallId(row["hall_id"]),
        hall_name=Text(row["hall_name_zh"], row["hall_name_en"]),
        code=row["code"],
        serial=row["serial"],
        template_version=row["template_version"],
        content=json.loads(decrypt(bytes(row["content"]), context=CONTENT)),
        sha256=bytes(row["content_sha256"]).hex(),
        issued_by=row["issued_by"],
        issued_at=row["issued_at"],
        subject=row["subject"],
        subject_id=row["subject_id"],
    )


def _job(row: dict[str, Any]) -> PrintJob:
    return PrintJob(
        id=row["id"],
        document_id=DocumentId(row["document_id"]),
        copy=row["copy"],
        medium=Medium(row["medium"]),
        printer=row["printer"],
        place=Text(row["place_zh"], row["place_en"]),
        by=row["by"],
        at=row["at"],
        reason=row["reason"],
        outcome=Outcome(row["outcome"]),
        failure=row["failure"],
    )
