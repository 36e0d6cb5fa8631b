"""开出纸质发票 An invoice is made out under the next number of the counter's book (RCP-01, RCP-03)."""

from datetime import datetime
from uuid import UUID

from onehall.contexts.invoicing import api as invoicing
from onehall.foundation.database import transaction
from onehall.foundation.idempotency import once
from onehall.foundation.scopes import Actor
from onehall.steps.invoices import on_paper, told


def issue_invoice(*, invoice_id: int, intent: UUID, by: Actor, at: datetime) -> invoicing.Invoice:
    """Raises NotFound, InvoiceRefused (decided, electronic, not signed by two), BookUsedUp."""
    with transaction():
        by.require("invoice.issue")
        attempt = once(key=intent, journey="issue_invoice", by=by, body={"invoice": invoice_id}, at=at)
        if attempt.done:
            return invoicing.invoice(invoice_id, at=at, scope=by.scope)
        invoice = invoicing.invoice(invoice_id, at=at, scope=by.scope)
        invoicing.hold_payment(invoice.payment, scope=by.scope)
        invoice = invoicing.invoice(invoice_id, at=at, scope=by.scope)
        done = on_paper(invoice, by=by, at=at)
        attempt.finish({"invoice": done.id})
        told(done, "issued", by=by, at=at)
    return done
