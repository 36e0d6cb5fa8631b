"""Printing at the desk. The sale stands whatever the printer does; every copy is on record (REC-03, RCP-01)."""

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render

from onehall.contexts.orders import api as orders
from onehall.entrances.desk.counter.forms import intent_of
from onehall.entrances.desk.counter.surroundings import surroundings
from onehall.foundation.documents.contracts import Claim, Kind, Medium
from onehall.foundation.documents.plugs import base_url
from onehall.foundation.documents.queries import document, print_job, print_jobs
from onehall.foundation.documents.typesetting import Copy, typeset
from onehall.foundation.scopes import NotFound
from onehall.foundation.values.ids import BasketId, SubscriptionId
from onehall.foundation.web.permit import permit
from onehall.foundation.web.requests import Request
from onehall.foundation.web.responses import go
from onehall.journeys.issue_acceptance_form import issue_acceptance_form
from onehall.journeys.issue_registration import issue_registration
from onehall.journeys.print_document import print_document
from onehall.journeys.reprint_receipt import reprint_receipt
from onehall.journeys.send_print import send_print


@permit("document.print", methods=("POST",))
def acceptance_form(request: Request, basket_id: int) -> HttpResponse:
    """Issues the acceptance form of a basket and goes to its page."""
    paper = issue_acceptance_form(basket_id=BasketId(basket_id), by=request.actor, at=request.at)
    return go(request, f"/desk/documents/{paper.id}")


@permit("document.print", methods=("POST",))
def registration(request: Request, subscription_id: int) -> HttpResponse:
    """Issues the registration form of a line and goes to its page."""
    paper = issue_registration(
        subscription_id=SubscriptionId(subscription_id), by=request.actor, at=request.at
    )
    return go(request, f"/desk/documents/{paper.id}")


@permit("document.print", methods=("GET",))
def show(request: Request, document_id: int) -> HttpResponse:
    """A paper and the record of its copies."""
    paper = document(document_id, scope=request.actor.scope)
    facts = {"paper": paper, "prints": print_jobs(document_id, scope=request.actor.scope)}
    if paper.subject == "basket":
        basket = orders.basket(basket_id=BasketId(paper.subject_id), scope=request.actor.scope)
        facts["back_href"] = f"/desk/customers/{basket.party_id}"
        if paper.kind is Kind.ACCEPTANCE:
            facts["signature_href"] = f"/desk/baskets/{basket.id}/signature"
    if paper.subject == "subscription":
        facts["back_href"] = f"/desk/accounts/{paper.subject_id}"
    return render(request, "desk/papers/show.html", {**surroundings(request), **facts})


@permit("document.print", methods=("POST",))
def print_now(request: Request, document_id: int) -> HttpResponse:
    """The next copy: a file for the browser, or a slip."""
    medium = Medium.THERMAL if request.POST.get("medium") == Medium.THERMAL else Medium.PDF
    claim = print_document(
        intent=intent_of(request),
        document_id=document_id,
        medium=medium,
        printer=settings.RECEIPT_PRINTER if medium is Medium.THERMAL else "",
        by=request.actor,
        at=request.at,
    )
    return _out(request, claim)


@permit("receipt.reprint", methods=("POST",))
def reprint(request: Request, document_id: int) -> HttpResponse:
    """A further copy of a receipt, marked 补打 and numbered, with its reason."""
    claim = reprint_receipt(
        intent=intent_of(request),
        document_id=document_id,
        reason=request.POST.get("reason", ""),
        medium=Medium.PDF,
        by=request.actor,
        at=request.at,
    )
    return _out(request, claim)


def _out(request: Request, claim: Claim) -> HttpResponse:
    """A slip goes to the printer after the commit; a file opens beside the desk."""
    if claim.job.medium is Medium.THERMAL:
        send_print(claim=claim, lang=request.lang, by=request.actor, at=request.at)
        paper = document(claim.job.document_id, scope=request.actor.scope)
        receipt = paper.kind is Kind.RECEIPT
        return go(request, f"/desk/receipts/{paper.subject_id}" if receipt else f"/desk/documents/{paper.id}")
    return go(request, f"/desk/documents/{claim.job.document_id}/copies/{claim.job.id}.pdf")


@permit("document.print", methods=("GET",))
def copy(request: Request, document_id: int, job_id: int) -> HttpResponse:
    """The file of a copy that was claimed: the same copy looks the same whenever it is asked for."""
    paper = document(document_id, scope=request.actor.scope)
    job = print_job(job_id, scope=request.actor.scope)
    if job.document_id != paper.id:
        raise NotFound(what="这份单据", what_en="This copy")
    file = typeset(paper, Copy.of(job), base_url=base_url(), lang=request.lang)
    answer = HttpResponse(file, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{paper.kind.value}-{paper.serial}-{job.copy}.pdf"'
    return answer
