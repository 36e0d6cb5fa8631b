"""打印 Claim a copy of a stored paper. A file is made by whoever shows it; a slip is sent by `send_print` after the commit."""

from datetime import datetime
from uuid import UUID

from onehall.foundation.audit import record
from onehall.foundation.database import transaction
from onehall.foundation.documents.contracts import Claim, Medium
from onehall.foundation.documents.plugs import printer_at
from onehall.foundation.documents.queries import document, print_job
from onehall.foundation.documents.services import ask_print
from onehall.foundation.idempotency import once
from onehall.foundation.scopes import Actor
from onehall.steps.papers import place_of


def print_document(
    *, intent: UUID, document_id: int, medium: Medium, printer: str = "", by: Actor, at: datetime
) -> Claim:
    """Refuses a second original of a receipt (AlreadyPrinted) and a counter without printer (NoPrinter)."""
    if medium is Medium.THERMAL:
        printer_at(printer)
    with transaction():
        by.require("document.print")
        body = {"document": document_id, "medium": medium.value, "printer": printer}
        attempt = once(key=intent, journey="print_document", by=by, body=body, at=at)
        if attempt.result is not None:
            return Claim(print_job(attempt.result["job"], scope=by.scope), mine=False)
        job = ask_print(
            document_id=document_id, medium=medium, place=place_of(by), printer=printer, by=by, at=at
        )
        record(
            action="document.printed",
            subject="document",
            subject_id=document_id,
            hall_id=document(document_id, scope=by.scope).hall_id,
            by=by,
            at=at,
            rule="REC-03",
            details={"job": job.id, "copy": job.copy, "medium": medium.value},
        )
        attempt.finish({"job": job.id})
    return Claim(job, mine=True)
