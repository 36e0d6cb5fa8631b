"""Writing invoices: ask, sign, issue, note what the tax side said, withdraw, collect, reverse. Nothing is ever changed.

Every verb first holds the payment, so that two counters never invoice it beyond its sum (RCP-04); migration 0112 keeps it besides.
"""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from onehall.contexts.invoicing import queries
from onehall.contexts.invoicing.contracts import Buyer, Invoice, InvoiceKind, InvoiceLine, InvoiceState
from onehall.contexts.invoicing.models.invoices import Invoice as Row
from onehall.contexts.invoicing.models.invoices import InvoiceLine as LineRow
from onehall.contexts.invoicing.models.invoices import InvoiceStep, Pending
from onehall.contexts.invoicing.policies import ASK_SECONDS, COLLECT_DAYS, READY_DAYS
from onehall.contexts.invoicing.ports import Answer, Said
from onehall.contexts.invoicing.rules import pause, promised, refused
from onehall.foundation.database import in_transaction
from onehall.foundation.policy import PolicyBook
from onehall.foundation.scopes import Actor, Scope
from onehall.foundation.values.ids import BookId, PaymentId, ReceiptId
from onehall.foundation.values.money import Money
from onehall.foundation.values.period import local

_ALL = Scope.operator()
_SIGNATURES = 2  # structural: the responsible leader and the hall director (RCP-03)


@in_transaction
def ask_invoice(
    *, payment: PaymentId, receipt: ReceiptId, kind: InvoiceKind, buyer: Buyer, lines: Sequence[InvoiceLine],
    approval: int | None, intent: UUID, book: PolicyBook, by: Actor, at: datetime,
) -> Invoice:  # fmt: skip
    """An invoice over these lines of a held payment; an electronic one goes to the tax side after the commit."""
    row = _write(payment, receipt, kind, buyer, lines, intent, book, by, at, approval=approval)
    return queries.invoice(row.pk, at=at, scope=by.scope)


@in_transaction
def ask_red(
    *, blue: Invoice, lines: Sequence[InvoiceLine], reason: str, intent: UUID, book: PolicyBook, by: Actor, at: datetime
) -> Invoice:  # fmt: skip
    """红冲: lines with the opposite sign beside the blue invoice, which stays as it is (LAW-31). Raises InvoiceRefused."""
    if blue.of is not None or not blue.number:
        raise refused("not_issued")
    row = _write(
        blue.payment, blue.receipt, blue.kind, blue.buyer, lines, intent, book, by, at, of_id=blue.id, reason=reason,
        approval=blue.approval,
    )  # fmt: skip
    return queries.invoice(row.pk, at=at, scope=by.scope)


def _write(
    payment: PaymentId, receipt: ReceiptId, kind: InvoiceKind, buyer: Buyer, lines: Sequence[InvoiceLine], intent: UUID,
    book: PolicyBook, by: Actor, at: datetime, **more: object,
) -> Row:  # fmt: skip
    ready, collect_by = promised(at, ready_days=book[READY_DAYS], collect_days=book[COLLECT_DAYS])
    row = Row.objects.create(
        hall_id=by.hall_id, payment_id=payment, receipt_id=receipt, kind=kind, title=buyer.title, mail=buyer.mail or None,
        tax_no=buyer.tax_no or None, serial=f"FP{local(at):%Y%m%d}{intent.hex[:16].upper()}", asked_at=at, ready_on=ready,
        amount=Money.total(line.amount for line in lines).fen, collect_by=collect_by, counter_id=by.counter_id,
        by_id=by.user_id, **more,
    )  # fmt: skip
    LineRow.objects.bulk_create(
        LineRow(
            invoice=row, order_id=line.order, name_zh=line.name.zh, name_en=line.name.en, quantity=line.quantity,
            amount=line.amount.fen, category=line.category, rate=line.rate, tax=line.tax.fen,
        )
        for line in lines
    )  # fmt: skip
    if kind is InvoiceKind.ELECTRONIC:
        Pending.objects.create(invoice=row, next_at=at)
    return row


@in_transaction
def sign(*, invoice: Invoice, same_people: bool, by: Actor, at: datetime) -> Invoice:
    """One of the two signatures before a handwritten invoice (RCP-03); `same_people` where the signer asked or signed before."""
    if invoice.kind is not InvoiceKind.HANDWRITTEN or invoice.state is not InvoiceState.REQUESTED:
        raise refused("decided")
    if same_people or len(invoice.signed) >= _SIGNATURES:
        raise refused("same_person")
    InvoiceStep.objects.create(invoice_id=invoice.id, step="signed", by_id=by.user_id, at=at)
    return queries.invoice(invoice.id, at=at, scope=by.scope)


@in_transaction
def issue_on_paper(*, invoice: Invoice, number: str, book_id: BookId, by: Actor, at: datetime) -> Invoice:
    """Made out under a number of the book (RCP-01); a handwritten one with both signatures (RCP-03). Raises InvoiceRefused."""
    if invoice.kind is InvoiceKind.ELECTRONIC:
        raise refused("electronic")
    if invoice.state is not InvoiceState.REQUESTED:
        raise refused("decided")
    if invoice.kind is InvoiceKind.HANDWRITTEN and invoice.of is None and len(invoice.signed) < _SIGNATURES:
        raise refused("unsigned", signed=len(invoice.signed))
    InvoiceStep.objects.create(
        invoice_id=invoice.id, step="issued", number=number, book_id=book_id, by_id=by.user_id, at=at
    )
    return queries.invoice(invoice.id, at=at, scope=by.scope)


@in_transaction
def note_answer(*, invoice: Invoice, answer: Answer, at: datetime) -> Invoice | None:
    """What the tax side said; None where that changed nothing. Said twice, late or in another order, it happens once."""
    queries.hold_payment(invoice.payment, scope=_ALL)
    now = queries.invoice(invoice.id, at=at, scope=_ALL)
    if now.state is not InvoiceState.REQUESTED:
        return None
    if answer.said is Said.UNKNOWN:
        Pending.objects.filter(invoice_id=now.id).update(why=answer.why[:200])
        return None
    issued = answer.said is Said.ISSUED
    InvoiceStep.objects.create(
        invoice_id=now.id, step="issued" if issued else "refused", number=answer.number if issued else "",
        why="" if issued else answer.why[:200], at=(answer.issued_at or at) if issued else at,
    )  # fmt: skip
    Pending.objects.filter(invoice_id=now.id).delete()
    return queries.invoice(now.id, at=at, scope=_ALL)


@in_transaction
def withdraw(*, invoice: Invoice, reason: str, by: Actor, at: datetime) -> Invoice:
    """It is not made after all; one that may have reached the tax side is not withdrawn. Raises InvoiceRefused."""
    if invoice.state not in (InvoiceState.REQUESTED, InvoiceState.LAPSED) or invoice.number:
        raise refused("decided")
    waiting = Pending.objects.select_for_update().filter(invoice_id=invoice.id).first()
    if waiting is not None and waiting.attempts:
        raise refused("sent")
    Pending.objects.filter(invoice_id=invoice.id).delete()
    InvoiceStep.objects.create(invoice_id=invoice.id, step="withdrawn", why=reason, by_id=by.user_id, at=at)
    return queries.invoice(invoice.id, at=at, scope=by.scope)


@in_transaction
def collect(*, invoice: Invoice, same_receipt: bool, by: Actor, at: datetime) -> Invoice:
    """Handed out against its receipt, in time, once (RCP-04). Raises InvoiceRefused."""
    if not same_receipt:
        raise refused("other_receipt", field="receipt")
    if invoice.state is InvoiceState.LAPSED:
        raise refused("lapsed", day=invoice.collect_by)
    if invoice.state is InvoiceState.REQUESTED:
        raise refused("not_ready", day=invoice.ready_on)
    if invoice.state is not InvoiceState.ISSUED:
        raise refused("decided")
    InvoiceStep.objects.create(invoice_id=invoice.id, step="collected", by_id=by.user_id, at=at)
    return queries.invoice(invoice.id, at=at, scope=by.scope)


@in_transaction
def take_due(*, limit: int, book: PolicyBook, at: datetime) -> tuple[Invoice, ...]:
    """Invoices to put to the tax side now, each leased until its next turn: two processes never take the same."""
    due = (
        Pending.objects.select_for_update(skip_locked=True).filter(next_at__lte=at).order_by("next_at", "pk")
    )
    taken = []
    for row in due[:limit]:
        wait = pause(row.attempts, first_seconds=book[ASK_SECONDS])
        Pending.objects.filter(pk=row.pk).update(attempts=row.attempts + 1, next_at=at + wait)
        taken.append(queries.invoice(row.invoice_id, at=at, scope=_ALL))
    return tuple(taken)


@in_transaction
def check_not_invoiced(*, payment: PaymentId, scope: Scope) -> None:
    """A sale is taken back only once its invoices are reversed or withdrawn; held against who invoices it meanwhile (LAW-31)."""
    queries.hold_payment(payment, scope=scope)
    left = queries.left_invoiced(payment, scope=scope)
    if left:
        raise refused("invoiced", left=left.text)
