"""The hall's invoices, what waits for whom, and one of them with its lines, signatures and red letters."""

from typing import Any

from django.http import HttpResponse

from onehall.contexts.invoicing import api as invoicing
from onehall.entrances.board.pages import SIZE, Unreadable, intent_of, page
from onehall.foundation.policy.services import policy_book
from onehall.foundation.values.ids import OrderId
from onehall.foundation.values.money import Money
from onehall.foundation.web.permit import permit
from onehall.foundation.web.requests import Request
from onehall.foundation.web.responses import go
from onehall.journeys.reverse_invoice import reverse_invoice
from onehall.journeys.sign_invoice import sign_invoice
from onehall.steps.drawer_papers import name_of
from onehall.steps.invoices import KINDS, STATES

LIST = "/board/invoices/"
_State = invoicing.InvoiceState
_AMOUNT = "amount_"


@permit("invoice.view", methods=("GET",))
def listed(request: Request) -> HttpResponse:
    """What is to be done first, then the newest."""
    by = request.actor
    found = invoicing.invoices_of_hall(by.hall_id, at=request.at, limit=SIZE, scope=by.scope)
    rows = [(one, *STATES[one.state], KINDS[one.kind]) for one in found]
    facts = {
        "open": [row for row in rows if row[0].state in (_State.REQUESTED, _State.LAPSED, _State.REFUSED)],
        "done": [row for row in rows if row[0].state not in (_State.REQUESTED, _State.LAPSED, _State.REFUSED)],
        "topics": "invoice.changed", "source": LIST,
    }  # fmt: skip
    return page(request, "board/invoices/list.html", facts, here=LIST)


@permit("invoice.view", methods=("GET",))
def one(request: Request, invoice_id: int) -> HttpResponse:
    """An invoice, and what this person may do with it."""
    return page(request, "board/invoices/one.html", _told(request, invoice_id), here=LIST)


@permit("invoice.sign", methods=("POST",))
def sign(request: Request, invoice_id: int) -> HttpResponse:
    """One of the two signatures on a handwritten one."""
    sign_invoice(invoice_id=invoice_id, by=request.actor, at=request.at)
    return go(request, f"{LIST}{invoice_id}")


@permit("invoice.reverse", methods=("POST",))
def reverse(request: Request, invoice_id: int) -> HttpResponse:
    """红冲, whole or in the sums typed."""
    red = reverse_invoice(
        invoice_id=invoice_id, amounts=_amounts(request), reason=request.POST.get("reason", ""), intent=intent_of(request),
        by=request.actor, at=request.at,
    )  # fmt: skip
    return go(request, f"{LIST}{red.of}")


def _amounts(request: Request) -> dict[OrderId, Money] | None:
    typed = {name.removeprefix(_AMOUNT): value for name, value in request.POST.items() if name.startswith(_AMOUNT)}  # fmt: skip
    if any(not order.isdecimal() or len(order) > 18 for order in typed):
        raise Unreadable(what="红冲金额", what_en="The sums to reverse", field="amount")
    return {OrderId(int(order)): Money.yuan(str(value) or "0") for order, value in typed.items()} or None


def _told(request: Request, invoice_id: int) -> dict[str, Any]:
    by, at = request.actor, request.at
    invoice = invoicing.invoice(invoice_id, at=at, scope=by.scope)
    taken = invoicing.reversed_by_order(invoice.id, scope=by.scope)
    left = [(line, line.amount - taken.get(line.order, Money.zero())) for line in invoice.lines]
    others = invoicing.invoices_of_payment(invoice.payment, at=at, scope=by.scope)
    return {
        "invoice": invoice, "mark": STATES[invoice.state][0], "state": STATES[invoice.state][1], "kind": KINDS[invoice.kind],
        "left": left, "reds": [(one, *STATES[one.state]) for one in others if one.of == invoice.id],
        "blue": next((one for one in others if one.id == invoice.of), None), "topics": "invoice.changed",
        "source": f"{LIST}{invoice.id}", **_people(request, invoice), **_may(request, invoice, any(rest for _, rest in left)),
    }  # fmt: skip


def _people(request: Request, invoice: invoicing.Invoice) -> dict[str, Any]:
    """Who asked, who signed, and until when the stub is kept."""
    scope, issued = request.actor.scope, invoice.issued_at
    years = policy_book(hall_id=invoice.hall, at=request.at)[invoicing.STUB_YEARS]
    return {
        "asked_by": name_of(invoice.by, scope=scope), "signed": [name_of(user, scope=scope) for user in invoice.signed],
        "kept": invoicing.kept_until(issued, years=years) if issued else None,
    }  # fmt: skip


def _may(request: Request, invoice: invoicing.Invoice, left: bool) -> dict[str, bool]:
    by, hand = request.actor, invoice.kind is invoicing.InvoiceKind.HANDWRITTEN
    unsigned = hand and invoice.state is _State.REQUESTED and by.user_id not in (invoice.by, *invoice.signed)
    return {
        "may_sign": unsigned and by.may("invoice.sign"),
        "may_reverse": bool(invoice.number) and invoice.of is None and left and by.may("invoice.reverse"),
    }
