"""手写发票签字 The responsible leader and the hall director sign before a handwritten invoice is written (RCP-03)."""

from datetime import datetime

from onehall.contexts.invoicing import api as invoicing
from onehall.foundation.approvals.queries import person_of
from onehall.foundation.database import transaction
from onehall.foundation.scopes import Actor, NotPermitted
from onehall.steps.invoices import told

PERMISSION = "invoice.sign"


def sign_invoice(*, invoice_id: int, by: Actor, at: datetime) -> invoicing.Invoice:
    """Two people, by no login the same, neither of them whoever asked; a programme signs nothing. Raises InvoiceRefused."""
    with transaction():
        by.require(PERMISSION)
        if by.token_id is not None:
            raise NotPermitted(permission=PERMISSION)
        invoice = invoicing.invoice(invoice_id, at=at, scope=by.scope)
        invoicing.hold_payment(invoice.payment, scope=by.scope)
        invoice = invoicing.invoice(invoice_id, at=at, scope=by.scope)
        others = {person_of(user) for user in (invoice.by, *invoice.signed)}
        done = invoicing.sign(invoice=invoice, same_people=person_of(by.user_id) in others, by=by, at=at)
        told(done, "signed", by=by, at=at)
    return done
