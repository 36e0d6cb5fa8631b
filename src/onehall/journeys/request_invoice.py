"""申请开票 An invoice for a payment or a part of it, asked for with the receipt (RCP-03, RCP-04, LAW-31)."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from uuid import UUID

from onehall.contexts.invoicing import api as invoicing
from onehall.contexts.ledger import api as ledger
from onehall.foundation.database import transaction
from onehall.foundation.idempotency import once
from onehall.foundation.policy import PolicyBook
from onehall.foundation.policy.services import policy_book
from onehall.foundation.scopes import Actor
from onehall.foundation.values.ids import OrderId, PaymentId
from onehall.foundation.values.money import Money
from onehall.steps.invoice_papers import issue_slip
from onehall.steps.invoices import HandwrittenAwaited, receipt_shown, sold_of, told, wanted_by_hand
from onehall.steps.second_person import ask_approval, use_approval


@dataclass(frozen=True, slots=True)
class InvoiceAsked:
    """Who it is made out to, which kind, how much of which service (all that is left where none is named).

    `receipt` is the number on the receipt that the customer shows; `reason` and `approval` are for one written by hand.
    """

    title: str
    receipt: str
    tax_no: str = ""
    mail: str = ""
    kind: invoicing.InvoiceKind = invoicing.InvoiceKind.ELECTRONIC
    amounts: Mapping[OrderId, Money] | None = None
    reason: str = ""
    approval: int | None = None


def request_invoice(*, payment_id: PaymentId, asked: InvoiceAsked, intent: UUID, by: Actor, at: datetime) -> invoicing.Invoice:  # fmt: skip
    """Asked for; an electronic one goes to the tax side after the commit. Raises InvoiceRefused, BadBuyer, HandwrittenAwaited."""
    awaited = 0
    with transaction():
        by.require("invoice.ask")
        body = {**asdict(asked), "payment": payment_id, "amounts": sorted((asked.amounts or {}).items())}
        attempt = once(key=intent, journey="request_invoice", by=by, body=body, at=at)
        done = attempt.result
        if done is None:
            book = policy_book(hall_id=by.hall_id, at=at)
            done = _asked(payment_id, asked, intent, book, by, at)
            attempt.finish(done)
        awaited = done.get("awaited", 0)
    if awaited:
        raise HandwrittenAwaited(number=awaited)
    return invoicing.invoice(done["invoice"], at=at, scope=by.scope)


def _asked(payment_id: PaymentId, asked: InvoiceAsked, intent: UUID, book: PolicyBook, by: Actor, at: datetime) -> dict[str, int]:  # fmt: skip
    invoicing.hold_payment(payment_id, scope=by.scope)
    paid = ledger.payment(payment_id, scope=by.scope)
    receipt = receipt_shown(paid, asked.receipt, scope=by.scope)
    buyer = invoicing.buyer_of(asked.title, asked.tax_no, asked.mail)
    if asked.kind not in book[invoicing.OPEN_KINDS]:
        raise invoicing.refused("not_open", field="kind")
    sold = sold_of(paid, scope=by.scope)
    invoicing.check_time(paid.at, months=book[invoicing.REQUEST_MONTHS], at=at)
    lines = invoicing.lines_of(sold, asked.amounts, table=book[invoicing.CATEGORIES])
    if asked.kind is invoicing.InvoiceKind.HANDWRITTEN:
        wanted = wanted_by_hand(paid, lines, reason=invoicing.reason_of(asked.reason))
        if asked.approval is None:
            return {"awaited": ask_approval(wanted, book=book, by=by, at=at).id}
        use_approval(asked.approval, wanted=wanted, what=f"payment {payment_id}", by=by, at=at)
    made = invoicing.ask_invoice(
        payment=paid.id, receipt=receipt.id, kind=asked.kind, buyer=buyer, lines=lines, approval=asked.approval,
        intent=intent, book=book, by=by, at=at,
    )  # fmt: skip
    issue_slip(made, receipt=receipt.number, by=by, at=at)
    told(made, "asked", by=by, at=at)
    return {"invoice": made.id}
