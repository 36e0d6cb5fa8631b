"""出单 Send a claimed slip to the printer, outside any transaction, and keep how it ended; the sale stands whatever happens (RCP-01)."""

from datetime import datetime

from onehall.foundation.audit import record
from onehall.foundation.database import transaction
from onehall.foundation.documents.contracts import Claim, Medium, Outcome, PrintJob
from onehall.foundation.documents.plugs import printer_at
from onehall.foundation.documents.queries import document, print_job
from onehall.foundation.documents.services import record_print
from onehall.foundation.outbox import publish
from onehall.foundation.scopes import Actor


def send_print(*, claim: Claim, lang: str = "zh", by: Actor, at: datetime) -> PrintJob:
    """The job with its outcome. A claim that another press made first is left to that one; so are files for the browser."""
    if not claim.mine or claim.job.medium is not Medium.THERMAL or claim.job.outcome is not Outcome.SENDING:
        return print_job(claim.job.id, scope=by.scope)
    paper = document(claim.job.document_id, scope=by.scope)
    answer = printer_at(claim.job.printer).print(document=paper, job=claim.job, lang=lang)
    with transaction():
        record_print(job_id=claim.job.id, answer=answer, at=at)
        record(
            action=f"print.{answer.outcome.value}",
            subject="document",
            subject_id=paper.id,
            hall_id=paper.hall_id,
            by=by,
            at=at,
            rule="RCP-01",
            details={"job": claim.job.id, "copy": claim.job.copy, "failure": answer.failure},
        )
        publish(
            topic=f"print.{answer.outcome.value}", hall_id=paper.hall_id, at=at, payload={"job": claim.job.id}
        )
    return print_job(claim.job.id, scope=by.scope)
