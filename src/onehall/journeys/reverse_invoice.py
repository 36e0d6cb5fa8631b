"""红冲 A red invoice beside the blue one, whole or in part; the blue one is never deleted (RCP-05, LAW-31)."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from onehall.contexts.invoicing import api as invoicing
from onehall.foundation.database import transaction
from onehall.foundation.idempotency import once
from onehall.foundation.policy.services import policy_book
from onehall.foundation.scopes import Actor
from onehall.foundation.values.ids import OrderId
from onehall.foundation.values.money import Money
from onehall.steps.invoices import on_paper, told


def reverse_invoice(
    *, invoice_id: int, amounts: Mapping[OrderId, Money] | None, reason: str, intent: UUID, by: Actor, at: datetime
) -> invoicing.Invoice:  # fmt: skip
    """An electronic one goes to the tax side; one of paper bears the next number of this counter's book at once.

    Without `amounts` all that is left of it. Raises NotFound, InvoiceRefused, BookUsedUp.
    """
    with transaction():
        by.require("invoice.reverse")
        sums = {str(order): amount.fen for order, amount in (amounts or {}).items()}
        body = {"invoice": invoice_id, "reason": reason, "amounts": sums}
        attempt = once(key=intent, journey="reverse_invoice", by=by, body=body, at=at)
        if attempt.result is not None:
            return invoicing.invoice(attempt.result["invoice"], at=at, scope=by.scope)
        book, why = policy_book(hall_id=by.hall_id, at=at), invoicing.reason_of(reason)
        blue = invoicing.invoice(invoice_id, at=at, scope=by.scope)
        invoicing.hold_payment(blue.payment, scope=by.scope)
        taken = invoicing.reversed_by_order(blue.id, scope=by.scope)
        lines = invoicing.red_lines(blue.lines, taken, amounts)
        red = invoicing.ask_red(blue=blue, lines=lines, reason=why, intent=intent, book=book, by=by, at=at)
        if red.kind is not invoicing.InvoiceKind.ELECTRONIC:
            red = on_paper(red, by=by, at=at)
        attempt.finish({"invoice": red.id})
        told(red, "reversed", by=by, at=at, of=blue.number)
    return red
