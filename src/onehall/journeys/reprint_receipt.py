"""补打 Another copy of a receipt, marked and numbered, with its reason; an original that never left the printer stays one (RCP-01)."""

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


def reprint_receipt(
    *, intent: UUID, document_id: int, reason: str, medium: Medium, printer: str = "", by: Actor, at: datetime
) -> Claim:
    """Refuses without a reason (ReprintNeedsReason)."""
    if medium is Medium.THERMAL:
        printer_at(printer)
    with transaction():
        by.require("receipt.reprint")
        body = {"document": document_id, "medium": medium.value, "printer": printer, "reason": reason}
        attempt = once(key=intent, journey="reprint_receipt", by=by, body=body, at=at)
        if attempt.result is not None:
            return Claim(print_job(attempt.result["job"], scope=by.scope), mine=False)
        job = ask_print(
            document_id=document_id,
            medium=medium,
            place=place_of(by),
            printer=printer,
            reprint=True,
            reason=reason,
            by=by,
            at=at,
        )
        record(
            action="receipt.reprinted",
            subject="document",
            subject_id=document_id,
            hall_id=document(document_id, scope=by.scope).hall_id,
            by=by,
            at=at,
            rule="RCP-01",
            details={"job": job.id, "copy": job.copy, "medium": medium.value},
        )
        attempt.finish({"job": job.id})
    return Claim(job, mine=True)
