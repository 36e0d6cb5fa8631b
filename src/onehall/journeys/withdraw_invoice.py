"""撤回开票申请 An invoice that is not made after all (RCP-04)."""

from datetime import datetime

from onehall.contexts.invoicing import api as invoicing
from onehall.foundation.database import transaction
from onehall.foundation.scopes import Actor
from onehall.steps.invoices import told


def withdraw_invoice(*, invoice_id: int, reason: str, by: Actor, at: datetime) -> invoicing.Invoice:
    """Once: afterwards it is refused as decided. Raises NotFound, InvoiceRefused."""
    with transaction():
        by.require("invoice.ask")
        why = invoicing.reason_of(reason)
        invoice = invoicing.invoice(invoice_id, at=at, scope=by.scope)
        invoicing.hold_payment(invoice.payment, scope=by.scope)
        invoice = invoicing.invoice(invoice_id, at=at, scope=by.scope)
        done = invoicing.withdraw(invoice=invoice, reason=why, by=by, at=at)
        told(done, "withdrawn", by=by, at=at)
    return done
