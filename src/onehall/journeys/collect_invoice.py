"""领取发票 An invoice is handed out against its receipt (RCP-04)."""

from datetime import datetime

from onehall.contexts.invoicing import api as invoicing
from onehall.contexts.ledger import api as ledger
from onehall.foundation.database import transaction
from onehall.foundation.scopes import Actor
from onehall.steps.invoices import told


def collect_invoice(*, invoice_id: int, receipt: str, by: Actor, at: datetime) -> invoicing.Invoice:
    """Once, in time, to whoever shows its receipt, whose number is `receipt`. Raises NotFound, InvoiceRefused."""
    with transaction():
        by.require("invoice.ask")
        invoice = invoicing.invoice(invoice_id, at=at, scope=by.scope)
        invoicing.hold_payment(invoice.payment, scope=by.scope)
        invoice = invoicing.invoice(invoice_id, at=at, scope=by.scope)
        number = ledger.receipt(invoice.receipt, scope=by.scope).number
        same = "".join(receipt.split()).upper() == number
        done = invoicing.collect(invoice=invoice, same_receipt=same, by=by, at=at)
        told(done, "collected", by=by, at=at)
    return done
