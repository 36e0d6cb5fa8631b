"""冲销 at the desk: asked for, waited for, and carried out once a second person agreed (RCP-01, SEC-04)."""

from typing import Any
from uuid import uuid4

from django.http import HttpResponse
from django.shortcuts import render

from onehall.contexts.customers import api as customers
from onehall.contexts.invoicing import api as invoicing
from onehall.contexts.ledger import api as ledger
from onehall.entrances.desk.baskets.paid import giving_back
from onehall.entrances.desk.counter.forms import intent_of, whole_number
from onehall.entrances.desk.counter.surroundings import surroundings
from onehall.foundation.approvals import REVERSAL, State
from onehall.foundation.approvals import Request as Asked
from onehall.foundation.approvals import queries as approvals
from onehall.foundation.documents.queries import documents_of
from onehall.foundation.values.ids import PaymentId
from onehall.foundation.web.permit import permit
from onehall.foundation.web.requests import Request
from onehall.journeys.reverse_sale import ReversalAsked, reverse_sale
from onehall.steps import reversing
from onehall.steps.red_papers import RED_RECEIPT

_SHOWN = 20  # structural: one person's requests that still matter are fewer


@permit("sale.reverse")
def reversal(request: Request, payment_id: int) -> HttpResponse:
    """What was sold and whether it can be taken back; sent without an approval it asks for one, sent with it it is done."""
    if request.method == "GET":
        return render(request, "desk/baskets/reversal.html", _facts(request, payment_id))
    return render(request, "desk/baskets/reversed.html", _sent(request, payment_id))


def _sent(request: Request, payment_id: int) -> dict[str, Any]:
    """Asked for (which is told as a refusal), or done."""
    asked = ReversalAsked(
        reason=request.POST.get("reason", ""), copies_present=whole_number(request, "copies", 0),
        approval=whole_number(request, "approval", 0) or None,
    )  # fmt: skip
    done = reverse_sale(
        payment_id=PaymentId(payment_id), asked=asked, intent=intent_of(request), by=request.actor, at=request.at
    )  # fmt: skip
    back = giving_back(ledger.payment(done.payment_id, scope=request.actor.scope))
    paper = f"/desk/documents/{done.document_id}"
    return {**surroundings(request), **back, "done": done, "paper_href": paper}


def _facts(request: Request, payment_id: int) -> dict[str, Any]:
    scope = request.actor.scope
    paid = ledger.payment(PaymentId(payment_id), scope=scope)
    receipts = ledger.receipts_of_payment(paid.id, scope=scope)
    reds = invoicing.red_receipts([one.id for one in receipts], scope=scope)
    sold = reversing.read_sold(paid, scope=scope)
    asked = _asked(request, paid.id)
    return {
        **surroundings(request), **giving_back(paid), "paid": paid, "receipts": receipts, "sold": sold, "intent": uuid4(),
        "reds": [(one, documents_of(RED_RECEIPT, one.id, scope=scope)[-1]) for one in reds],
        "card": customers.card(paid.party, scope=scope), "refusal": reversing.refusal_of(sold, at=request.at),
        "asked": asked, "approved": asked is not None and asked.state is State.APPROVED,
        "back_href": f"/desk/baskets/{paid.basket}/payment", "on_paper": any(one.copies for one in receipts),
    }  # fmt: skip


def _asked(request: Request, payment_id: int) -> Asked | None:
    """This person's request for this payment that waits or may be used."""
    mine = approvals.asked_by(by=request.actor, at=request.at, limit=_SHOWN)
    open_ones = [one for one in mine if one.state in (State.WAITING, State.APPROVED)]
    return next(
        (one for one in open_ones if one.kind == REVERSAL and one.body["payment"] == payment_id), None
    )
