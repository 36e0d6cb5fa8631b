"""Invoices of a payment (RCP-04, RCP-05, LAW-31)."""

from collections.abc import Sequence
from typing import Any

from onehall.contexts.invoicing import api as invoicing
from onehall.contexts.ledger import api as ledger
from onehall.entrances.api.invoices import schemas
from onehall.entrances.api.shared.operation import Noun
from onehall.entrances.api.shared.schema import Key
from onehall.foundation.values.ids import OrderId, PaymentId
from onehall.foundation.values.money import Money
from onehall.foundation.values.text import Text
from onehall.foundation.web.requests import Request
from onehall.journeys.collect_invoice import collect_invoice
from onehall.journeys.request_invoice import InvoiceAsked, request_invoice
from onehall.journeys.reverse_invoice import reverse_invoice
from onehall.journeys.withdraw_invoice import withdraw_invoice

noun = Noun(Text("发票", "Invoices"))


@noun.operation(
    "GET", "/payments/{int:payment_id}/invoices", permission="invoice.ask", words=Text("一笔收款的发票", "The invoices of a payment"), shows=schemas.Invoices
)  # fmt: skip
def of_payment(request: Request, payment_id: int) -> Any:
    scope = request.actor.scope
    paid = ledger.payment(PaymentId(payment_id), scope=scope)
    return {"items": invoicing.invoices_of_payment(paid.id, at=request.at, scope=scope)}


@noun.operation(
    "POST", "/payments/{int:payment_id}/invoices", permission="invoice.ask", words=Text("申请开票", "Ask for an invoice"), shows=schemas.Invoice, status=201
)  # fmt: skip
def ask(request: Request, payment_id: int, given: schemas.InvoiceGiven, key: Key) -> Any:
    asked = InvoiceAsked(
        title=given.title, receipt=given.receipt, tax_no=given.tax_no, mail=given.mail, kind=invoicing.InvoiceKind(given.kind),
        amounts=_amounts(given.lines), reason=given.reason, approval=given.approval,
    )  # fmt: skip
    return request_invoice(
        payment_id=PaymentId(payment_id), asked=asked, intent=key, by=request.actor, at=request.at
    )


@noun.operation(
    "GET", "/invoices/{int:invoice_id}", permission="invoice.ask", words=Text("一张发票", "An invoice"), shows=schemas.Invoice
)  # fmt: skip
def show(request: Request, invoice_id: int) -> Any:
    return invoicing.invoice(invoice_id, at=request.at, scope=request.actor.scope)


@noun.operation(
    "POST", "/invoices/{int:invoice_id}/collection", permission="invoice.ask", words=Text("领取发票", "Hand an invoice out"), shows=schemas.Invoice
)  # fmt: skip
def collect(request: Request, invoice_id: int, given: schemas.CollectionGiven) -> Any:
    return collect_invoice(invoice_id=invoice_id, receipt=given.receipt, by=request.actor, at=request.at)


@noun.operation(
    "POST", "/invoices/{int:invoice_id}/withdrawal", permission="invoice.ask", words=Text("撤回开票申请", "Withdraw an invoice"), shows=schemas.Invoice
)  # fmt: skip
def withdraw(request: Request, invoice_id: int, given: schemas.WithdrawalGiven) -> Any:
    return withdraw_invoice(invoice_id=invoice_id, reason=given.reason, by=request.actor, at=request.at)


@noun.operation(
    "POST", "/invoices/{int:invoice_id}/red-letter", permission="invoice.reverse", words=Text("红冲发票", "Reverse an invoice"), shows=schemas.Invoice, status=201
)  # fmt: skip
def reverse(request: Request, invoice_id: int, given: schemas.RedGiven, key: Key) -> Any:
    return reverse_invoice(
        invoice_id=invoice_id, amounts=_amounts(given.lines), reason=given.reason, intent=key, by=request.actor, at=request.at
    )  # fmt: skip


def _amounts(lines: Sequence[schemas.LineGiven]) -> dict[OrderId, Money] | None:
    return {OrderId(line.order): Money(line.amount_fen) for line in lines} or None
