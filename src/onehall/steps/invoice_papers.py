"""Invoices and their request slips as papers (RCP-04, RCP-05)."""

from datetime import datetime

from onehall.contexts.invoicing import api as invoicing
from onehall.contexts.ledger import api as ledger
from onehall.foundation.documents.contracts import Document
from onehall.foundation.documents.invoices import Invoice, InvoiceLine, InvoiceRequest
from onehall.foundation.documents.queries import documents_of
from onehall.foundation.documents.services import issue_document
from onehall.foundation.scopes import Actor
from onehall.foundation.values.money import Money
from onehall.foundation.values.text import Text
from onehall.steps.invoices import KINDS
from onehall.steps.papers import letterhead
from onehall.steps.sale_papers import name_of

INVOICE, REQUEST = "invoice", "invoice_request"
"""The subjects of an invoice's paper and of the slip of its request."""
_RED = Text("红字发票", "Red invoice")


def issue_slip(invoice: invoicing.Invoice, *, receipt: str, by: Actor, at: datetime) -> Document:
    """开票申请单: what the customer keeps until the invoice is ready."""
    form = InvoiceRequest(
        head=letterhead(invoice.hall, scope=by.scope), buyer=invoice.buyer.title, what=KINDS[invoice.kind], receipt=receipt,
        total=invoice.amount, asked_at=at, ready_on=invoice.ready_on, collect_by=invoice.collect_by, clerk=name_of(by),
    )  # fmt: skip
    return issue_document(
        form,
        hall_id=invoice.hall,
        serial=invoice.serial,
        subject=REQUEST,
        subject_id=invoice.id,
        by=by,
        at=at,
    )


def paper_of(invoice: invoicing.Invoice, *, by: Actor, at: datetime) -> Document:
    """The invoice as a paper, made when it is first wanted, the same ever after. Raises InvoiceRefused while it has no number."""
    if invoice.issued_at is None:
        raise invoicing.refused("not_ready", day=invoice.ready_on)
    made = documents_of(INVOICE, invoice.id, scope=by.scope)
    if made:
        return made[0]
    form = _form(invoice, invoice.issued_at, by, at)
    return issue_document(
        form,
        hall_id=invoice.hall,
        serial=invoice.number,
        subject=INVOICE,
        subject_id=invoice.id,
        by=by,
        at=at,
    )


def _form(invoice: invoicing.Invoice, issued_at: datetime, by: Actor, at: datetime) -> Invoice:
    blue = invoicing.invoice(invoice.of, at=at, scope=by.scope).number if invoice.of else ""
    tax = Money.total(line.tax for line in invoice.lines)
    return Invoice(
        head=letterhead(invoice.hall, scope=by.scope), title=_RED if invoice.of else KINDS[invoice.kind],
        buyer=invoice.buyer.title, buyer_tax_no=invoice.buyer.tax_no, net=invoice.amount - tax, tax=tax,
        lines=tuple(
            InvoiceLine(
                label=line.name, category=line.category, quantity=line.quantity, net=line.amount - line.tax, tax=line.tax,
                rate="不征税" if line.rate is None else f"{line.rate}%",
            )
            for line in invoice.lines
        ),
        total=invoice.amount, receipt=ledger.receipt(invoice.receipt, scope=by.scope).number, issued_at=issued_at,
        issuer=name_of(by), remark=f"红冲 {blue}：{invoice.reason} / Reverses {blue}" if blue else "",
    )  # fmt: skip
