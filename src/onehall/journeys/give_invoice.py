"""发放发票文件 The paper of an invoice, to print it or to hand it out as a file (RCP-05)."""

from datetime import datetime

from onehall.contexts.invoicing import api as invoicing
from onehall.foundation.database import transaction
from onehall.foundation.documents.contracts import Document
from onehall.foundation.scopes import Actor
from onehall.steps.invoice_papers import paper_of
from onehall.steps.invoices import told


def give_invoice(*, invoice_id: int, file: str, by: Actor, at: datetime) -> Document:
    """`file` says as what, for the record (pdf, ofd); the paper is made once. Raises NotFound, InvoiceRefused."""
    with transaction():
        by.require("invoice.ask")
        invoice = invoicing.invoice(invoice_id, at=at, scope=by.scope)
        invoicing.hold_payment(invoice.payment, scope=by.scope)
        paper = paper_of(invoice, by=by, at=at)
        told(invoice, "given", by=by, at=at, file=file)
    return paper
