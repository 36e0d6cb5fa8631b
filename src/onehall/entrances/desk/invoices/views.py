"""发票 of a payment: what was invoiced, what may still be, and handing it out (RCP-04)."""

from typing import Any
from uuid import uuid4

from django.http import HttpResponse
from django.shortcuts import render

from onehall.contexts.customers import api as customers
from onehall.contexts.invoicing import api as invoicing
from onehall.contexts.ledger import api as ledger
from onehall.entrances.desk.counter.forms import BadRequest, intent_of, whole_number
from onehall.entrances.desk.counter.surroundings import surroundings
from onehall.foundation.approvals import INVOICE, State
from onehall.foundation.approvals import queries as approvals
from onehall.foundation.documents.ofd import MIME, ofd
from onehall.foundation.documents.queries import documents_of
from onehall.foundation.policy.services import policy_book
from onehall.foundation.refusals import Refusal
from onehall.foundation.values.ids import OrderId, PaymentId
from onehall.foundation.values.money import Money
from onehall.foundation.web.permit import permit
from onehall.foundation.web.requests import Request
from onehall.foundation.web.responses import go
from onehall.journeys.collect_invoice import collect_invoice
from onehall.journeys.give_invoice import give_invoice
from onehall.journeys.issue_invoice import issue_invoice
from onehall.journeys.request_invoice import InvoiceAsked, request_invoice
from onehall.journeys.withdraw_invoice import withdraw_invoice
from onehall.steps.invoice_papers import REQUEST
from onehall.steps.invoices import KINDS, STATES, sold_of

_SHOWN = 20  # structural: one person's requests that still matter are fewer
_AMOUNT = "amount_"


@permit("invoice.ask")
def of_payment(request: Request, payment_id: int) -> HttpResponse:
    """The invoices of a payment, and the form for another; sent it is asked for."""
    ledger.payment(PaymentId(payment_id), scope=request.actor.scope)
    if request.method == "POST":
        request_invoice(
            payment_id=PaymentId(payment_id), asked=_asked(request), intent=intent_of(request), by=request.actor, at=request.at
        )  # fmt: skip
        return go(request, _page(payment_id))
    return render(request, "desk/invoices/page.html", _facts(request, payment_id))


@permit("invoice.ask", methods=("POST",))
def collect(request: Request, invoice_id: int) -> HttpResponse:
    """Handed out against its receipt."""
    done = collect_invoice(
        invoice_id=invoice_id, receipt=request.POST.get("receipt", ""), by=request.actor, at=request.at
    )
    return go(request, _page(done.payment))


@permit("invoice.ask", methods=("POST",))
def withdraw(request: Request, invoice_id: int) -> HttpResponse:
    """It is not needed."""
    done = withdraw_invoice(
        invoice_id=invoice_id, reason=request.POST.get("reason", ""), by=request.actor, at=request.at
    )
    return go(request, _page(done.payment))


@permit("invoice.issue", methods=("POST",))
def issue(request: Request, invoice_id: int) -> HttpResponse:
    """Made out under the next number of this counter's book."""
    done = issue_invoice(invoice_id=invoice_id, intent=intent_of(request), by=request.actor, at=request.at)
    return go(request, _page(done.payment))


@permit("invoice.ask", methods=("POST",))
def file(request: Request, invoice_id: int) -> HttpResponse:
    """As a paper to print, or as an OFD file."""
    wanted = "ofd" if request.POST.get("file") == "ofd" else "pdf"
    paper = give_invoice(invoice_id=invoice_id, file=wanted, by=request.actor, at=request.at)
    if wanted == "pdf":
        return go(request, f"/desk/documents/{paper.id}")
    answer = HttpResponse(ofd(paper), content_type=MIME)
    answer["Content-Disposition"] = f'attachment; filename="invoice-{paper.serial}.ofd"'
    return answer


def _page(payment_id: int) -> str:
    return f"/desk/payments/{payment_id}/invoices"


def _asked(request: Request) -> InvoiceAsked:
    typed = request.POST
    try:
        kind = invoicing.InvoiceKind(typed.get("kind", "electronic"))
    except ValueError:
        raise BadRequest(field="kind", field_name="kind") from None
    sums = {name.removeprefix(_AMOUNT): value for name, value in typed.items() if name.startswith(_AMOUNT)}
    if any(not order.isdecimal() or len(order) > 18 for order in sums):
        raise BadRequest(field="amount", field_name="amount")
    return InvoiceAsked(
        title=typed.get("title", ""), receipt=typed.get("receipt", ""), tax_no=typed.get("tax_no", ""), kind=kind,
        mail=typed.get("mail", ""), reason=typed.get("reason", ""), approval=whole_number(request, "approval", 0) or None,
        amounts={OrderId(int(order)): Money.yuan(str(value) or "0") for order, value in sums.items()} or None,
    )  # fmt: skip


def _facts(request: Request, payment_id: int) -> dict[str, Any]:
    by, at = request.actor, request.at
    paid = ledger.payment(PaymentId(payment_id), scope=by.scope)
    made = invoicing.invoices_of_payment(paid.id, at=at, scope=by.scope)
    receipts = [one for one in ledger.receipts_of_payment(paid.id, scope=by.scope) if one.voided_at is None]
    book = policy_book(hall_id=by.hall_id, at=at)
    return {
        **surroundings(request), "paid": paid, "receipts": receipts, "card": customers.card(paid.party, scope=by.scope),
        "rows": [(one, *STATES[one.state], KINDS[one.kind], documents_of(REQUEST, one.id, scope=by.scope)) for one in made],
        "kinds": [(kind.value, words) for kind, words in KINDS.items() if kind in book[invoicing.OPEN_KINDS]],
        "intent": uuid4(), "back_href": f"/desk/baskets/{paid.basket}/payment", "source": _page(payment_id),
        "issues": by.may("invoice.issue"), **_left(request, paid),
    }  # fmt: skip


def _left(request: Request, paid: ledger.Payment) -> dict[str, Any]:
    """What may still be invoiced, or why nothing may."""
    by, book = request.actor, policy_book(hall_id=request.actor.hall_id, at=request.at)
    try:
        invoicing.check_time(paid.at, months=book[invoicing.REQUEST_MONTHS], at=request.at)
        sold = sold_of(paid, scope=by.scope)
        if any(one.left for one in sold):
            invoicing.lines_of(sold, None, table=book[invoicing.CATEGORIES])
    except Refusal as refusal:
        return {"refusal": refusal, "sold": (), "open": False}
    own = [one for one in sold if not invoicing.is_left_out(one.account, book[invoicing.CATEGORIES])]
    return {"sold": own, "open": any(one.left for one in own), **_by_hand(request, paid)}


def _by_hand(request: Request, paid: ledger.Payment) -> dict[str, Any]:
    """The approval of a handwritten one that waits, or may be used."""
    mine = approvals.asked_by(by=request.actor, at=request.at, limit=_SHOWN)
    fitting = {one.state: one for one in mine if one.kind == INVOICE and one.body["payment"] == paid.id}
    approved, waiting = fitting.get(State.APPROVED), fitting.get(State.WAITING)
    return {
        "approved": approved,
        "waiting": waiting,
        "kind": invoicing.InvoiceKind.HANDWRITTEN if approved or waiting else "",
    }
