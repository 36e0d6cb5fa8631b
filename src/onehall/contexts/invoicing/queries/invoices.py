"""Reading invoices, as they stand at a moment."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import QuerySet

from onehall.contexts.invoicing import rules
from onehall.contexts.invoicing.contracts import Buyer, Invoice, InvoiceKind, InvoiceLine
from onehall.contexts.invoicing.models.invoices import Invoice as Row
from onehall.foundation.database import fetch_all, fetch_one
from onehall.foundation.scopes import NotFound, Scope
from onehall.foundation.values.ids import HallId, OrderId, PaymentId, ReceiptId, UserId
from onehall.foundation.values.money import Money
from onehall.foundation.values.period import local
from onehall.foundation.values.text import Text

_BY_ORDER = """
    select order_id as "order", sum(amount)::bigint as amount from pub_invoicing_invoice_line
    where payment_id = %(payment)s and counts and (%(halls)s::bigint[] is null or hall_id = any(%(halls)s))
    group by order_id
"""

_REVERSED = """
    select l.order_id as "order", -sum(l.amount)::bigint as amount
    from pub_invoicing_invoice_line l join pub_invoicing_invoice i on i.id = l.invoice_id
    where i.of_id = %(blue)s and i.dead is null and (%(halls)s::bigint[] is null or i.hall_id = any(%(halls)s))
    group by l.order_id
"""


def invoice(number: int, *, at: datetime, scope: Scope) -> Invoice:
    """One invoice. Raises NotFound outside the scope."""
    found = _read(_rows(scope).filter(pk=number), at)
    if not found:
        raise NotFound(what="这张发票", what_en="This invoice")
    return found[0]


def invoices_of_payment(payment: PaymentId, *, at: datetime, scope: Scope) -> tuple[Invoice, ...]:
    """Blue and red ones, in the order in which they were asked for."""
    return _read(_rows(scope).filter(payment_id=payment), at)


def invoices_of_hall(hall: HallId, *, at: datetime, limit: int, scope: Scope) -> tuple[Invoice, ...]:
    """The newest invoices of a hall, the newest first."""
    scope.require(hall)
    return _read(_rows(scope).filter(hall_id=hall).order_by("-pk")[:limit], at)


def invoiced_by_order(payment: PaymentId, *, scope: Scope) -> dict[OrderId, Money]:
    """What is invoiced of each service by now: blue ones asked for or issued, less the red ones issued."""
    rows = fetch_all(_BY_ORDER, {"payment": payment, "halls": scope.hall_list})
    return {OrderId(row["order"]): Money(row["amount"]) for row in rows}


def reversed_by_order(blue: int, *, scope: Scope) -> dict[OrderId, Money]:
    """What red ones reverse of each line of an invoice, those that are still to be issued among them; positive."""
    rows = fetch_all(_REVERSED, {"blue": blue, "halls": scope.hall_list})
    return {OrderId(row["order"]): Money(row["amount"]) for row in rows}


def left_invoiced(payment: PaymentId, *, scope: Scope) -> Money:
    """The sum of all that: what stands in the way of taking the sale back."""
    return Money.total(invoiced_by_order(payment, scope=scope).values())


def hold_payment(payment: PaymentId, *, scope: Scope) -> None:
    """Two who invoice one payment, or take it back meanwhile, do it one after the other."""
    del scope  # it shows nothing: whoever reads or writes afterwards does so within theirs
    fetch_one("select invoicing_hold(%(payment)s)", {"payment": payment})


def _rows(scope: Scope) -> "QuerySet[Row]":
    rows = Row.objects.order_by("pk").select_related("pending").prefetch_related("lines", "steps")
    return rows if scope.halls is None else rows.filter(hall_id__in=scope.halls)


def _read(rows: Iterable[Row], at: datetime) -> tuple[Invoice, ...]:
    return tuple(_invoice(row, at) for row in rows)


def _invoice(row: Row, at: datetime) -> Invoice:
    steps = {one.step: one for one in row.steps.all()}
    issued, told = steps.get("issued"), steps.get("refused") or steps.get("withdrawn")
    kind, pending = InvoiceKind(row.kind), getattr(row, "pending", None)
    return Invoice(
        id=row.pk, hall=HallId(row.hall_id), payment=PaymentId(row.payment_id), receipt=ReceiptId(row.receipt_id),
        serial=row.serial, kind=kind, of=row.of_id, amount=Money(row.amount), reason=row.reason, asked_at=row.asked_at,
        buyer=Buyer(row.title, row.tax_no or "", row.mail or ""), ready_on=row.ready_on, collect_by=row.collect_by,
        lines=tuple(
            InvoiceLine(
                OrderId(line.order_id), Text(line.name_zh, line.name_en), line.quantity, Money(line.amount), line.category,
                line.rate, Money(line.tax),
            )
            for line in sorted(row.lines.all(), key=lambda line: line.pk)
        ),
        by=UserId(row.by_id), approval=row.approval,
        state=rules.state_of(steps, kind, collect_by=row.collect_by, today=local(at).date()),
        number=issued.number if issued else "", issued_at=issued.at if issued else None,
        signed=tuple(UserId(one.by_id) for one in row.steps.all() if one.step == "signed" and one.by_id),
        why=told.why if told else pending.why if pending else "", attempts=pending.attempts if pending else None,
    )  # fmt: skip
