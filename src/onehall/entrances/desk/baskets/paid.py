"""What the desk shows of a sale that is paid."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from django.conf import settings

from onehall.contexts.customers import api as customers
from onehall.contexts.fieldwork import api as fieldwork
from onehall.contexts.ledger import api as ledger
from onehall.contexts.orders import api as orders
from onehall.entrances.desk.backdating.facts import written_facts
from onehall.entrances.desk.counter.surroundings import surroundings
from onehall.entrances.desk.counter.wording import spoken
from onehall.foundation.documents.contracts import Document, Outcome
from onehall.foundation.documents.queries import documents_of, print_jobs
from onehall.foundation.scopes import NotFound, Scope
from onehall.foundation.values.ids import BasketId
from onehall.foundation.values.money import Money
from onehall.foundation.values.text import Text
from onehall.foundation.web.requests import Request
from onehall.journeys.take_payment import PaymentTaken
from onehall.steps.collection import RECEIPT


def sale_page(request: Request, paid: PaymentTaken) -> dict[str, Any]:
    """Right after paying: also the call-out and the new accounts' initial passwords, this once (LAW-03)."""
    facts = payment_page(request, paid.basket_id)
    return {**facts, "fresh": paid, "call": _call(facts)}


@dataclass(frozen=True, slots=True)
class JustPaid:
    """What the desk says of a payment of this moment, when the browser was sent on to its page."""

    seconds: int
    pending: bool
    secrets: tuple[tuple[str, str], ...] = ()

    @classmethod
    def address(cls, paid: PaymentTaken) -> str:
        """Where the browser is sent: taking money answers at once, the page reads what there is to show."""
        return f"/desk/baskets/{paid.basket_id}/payment?taken={paid.seconds}&pending={int(paid.pending)}"

    @classmethod
    def of(cls, request: Request) -> "JustPaid | None":
        """From that address; None where the page is looked at later."""
        taken = request.GET.get("taken", "")
        return (
            cls(int(taken), request.GET.get("pending") == "1")
            if taken.isdecimal() and len(taken) < 10
            else None
        )


def later_page(request: Request, basket_id: int) -> dict[str, Any]:
    """The page of a sale, with the call-out where the browser comes straight from paying (PAY-02)."""
    facts = payment_page(request, basket_id)
    fresh = JustPaid.of(request)
    if fresh is not None:
        facts |= {"fresh": fresh, "call": _call(facts)}
    return facts


def _call(facts: dict[str, Any]) -> ledger.CallOut:
    tender = facts["tender"]
    return ledger.call_out(facts["payment"].amount, tender["tendered"], tender["balance"])


def payment_page(request: Request, basket_id: int) -> dict[str, Any]:
    """The sale of a basket: orders, receipt, its prints, what is left to do. NotFound while it is not paid."""
    scope = request.actor.scope
    basket = orders.basket(basket_id=BasketId(basket_id), scope=scope)
    paid = ledger.payments_of_baskets([basket.id], scope=scope)
    if not paid:
        raise NotFound(what="这张受理单的收款", what_en="A payment of this basket")
    payment = paid[0]
    receipts = ledger.receipts_of_payment(payment.id, scope=scope)
    papers = [paper for receipt in receipts for paper in documents_of(RECEIPT, receipt.id, scope=scope)]
    sold = orders.orders_of_basket(basket_id=basket.id, scope=scope)
    signed = orders.signature(basket_id=basket.id, scope=scope)
    return {
        **surroundings(request),
        "basket": basket,
        "card": customers.card(basket.party_id, scope=scope),
        "payment": payment,
        "tender": _tender(payment),
        "parts": _parts(payment),
        "receipt": receipts[-1] if receipts else None,
        "paper": papers[-1] if papers else None,
        **_prints(papers[-1:], scope=scope),
        "orders": sold,
        "work": [case for order in sold if (case := fieldwork.work_order_of(order.id, scope=scope))],
        **written_facts(orders.paper_form(basket_id=basket.id, scope=scope), scope),
        "signed": signed,
        "spoken": spoken("closing" if signed else "signing", scope=scope),
        "signature_href": f"/desk/baskets/{basket.id}/signature",
        "customer_href": f"/desk/customers/{basket.party_id}",
        "void_href": f"/desk/payments/{payment.id}/void",
        "invoice_href": f"/desk/payments/{payment.id}/invoices",
        "reverse_href": f"/desk/payments/{payment.id}/reversal",
        "intents": {"print": uuid4(), "slip": uuid4(), "reprint": uuid4()},
        "slip_printer": settings.RECEIPT_PRINTER,
    }


def _tender(payment: ledger.Payment) -> dict[str, Money]:
    """What was handed over and given back; what the balance paid was handed over by nobody (PAY-02)."""
    from_balance = [one for one in payment.tenders if one.means is ledger.Means.PREPAID]
    return {
        "tendered": Money.total(one.tendered for one in payment.tenders if one not in from_balance),
        "change": Money.total(one.change for one in payment.tenders),
        "balance": Money.total(one.amount for one in from_balance),
    }


def _parts(payment: ledger.Payment) -> list[tuple[Text, Money]]:
    """What came by which means; nothing to say where all was cash."""
    if all(one.means is ledger.Means.CASH for one in payment.tenders):
        return []
    return [(ledger.MEANS_NAMES[one.means], one.amount) for one in payment.tenders]


def _prints(papers: Sequence[Document], *, scope: Scope) -> dict[str, Any]:
    """Every copy on record, whether the original is still to come, and what stopped the last attempt (RCP-01)."""
    jobs = [job for paper in papers for job in print_jobs(paper.id, scope=scope)]
    waits = bool(papers) and all(job.outcome is Outcome.FAILED for job in jobs)
    last = jobs[-1] if jobs else None
    return {
        "prints": jobs,
        "original_waits": waits,
        "failed": last if last and last.outcome is Outcome.FAILED else None,
    }


def giving_back(payment: ledger.Payment) -> dict[str, Any]:
    """What the clerk hands out, and what goes back by the means it came in, never out of the drawer (PAY-03)."""
    elsewhere = [one for one in payment.tenders if one.means is not ledger.Means.CASH]
    return {
        "cash": payment.amount - Money.total(one.amount for one in elsewhere),
        "elsewhere": [(ledger.MEANS_NAMES[one.means], one.amount) for one in elsewhere],
    }
