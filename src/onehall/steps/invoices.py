"""发票: what is invoiced of a sale, how an invoice is told, and its way to the tax side (RCP-03, RCP-04, RCP-05)."""

from collections.abc import Callable
from datetime import datetime
from functools import lru_cache
from typing import cast

from django.conf import settings
from django.utils.module_loading import import_string

from onehall.contexts.invoicing import api as invoicing
from onehall.contexts.ledger import api as ledger
from onehall.contexts.numbers import api as numbers
from onehall.contexts.orders import api as orders
from onehall.foundation.approvals import INVOICE, Wanted
from onehall.foundation.audit import record
from onehall.foundation.outbox import publish
from onehall.foundation.refusals import Refusal
from onehall.foundation.scopes import Actor, Scope
from onehall.foundation.values.ids import OrderId
from onehall.foundation.values.money import Money
from onehall.foundation.values.text import Text

INVOICE_BOOK = "invoice"
"""The kind of book that invoices on paper are drawn from."""
_State, _Kind = invoicing.InvoiceState, invoicing.InvoiceKind
STATES = {
    _State.REQUESTED: ("info", Text("待开", "to be made")), _State.ISSUED: ("good", Text("已开", "issued")),
    _State.COLLECTED: ("good", Text("已领取", "collected")), _State.LAPSED: ("bad", Text("逾期作废", "lapsed")),
    _State.REFUSED: ("bad", Text("税务端退回", "refused by the tax side")),
    _State.WITHDRAWN: ("plain", Text("已撤回", "withdrawn")),
}  # fmt: skip
"""How each state is marked and called on every screen."""
KINDS = {
    _Kind.ELECTRONIC: Text("数电票", "Electronic"), _Kind.PAPER: Text("纸质发票", "On paper"),
    _Kind.HANDWRITTEN: Text("手写发票", "Handwritten"),
}  # fmt: skip


class HandwrittenAwaited(Refusal):
    """The responsible leader was asked; nothing is made yet."""

    code = "invoicing.handwritten_awaited"
    rule = "RCP-03"
    zh = "手写发票要负责人事先批准；已经替您提交申请（第 {number} 号），批准前不要开。"
    en = "A handwritten invoice needs the responsible leader's approval first, which was asked for (no. {number}); write nothing yet."
    alternative_zh = "批准后回到这一页，再提交一次。"
    alternative_en = "Once approved, come back to this page and send it again."


def receipt_shown(paid: ledger.Payment, shown: str, *, scope: Scope) -> ledger.Receipt:
    """The receipt that the customer shows is the standing one of this payment (RCP-04). Raises InvoiceRefused."""
    for one in ledger.receipts_of_payment(paid.id, scope=scope):
        if one.voided_at is None and one.number == "".join(shown.split()).upper():
            return one
    if paid.reversed_at is not None:
        raise invoicing.refused("undone")
    raise invoicing.refused("other_receipt", field="receipt")


def sold_of(paid: ledger.Payment, *, scope: Scope) -> tuple[invoicing.Sold, ...]:
    """The paid services of a payment, with what is invoiced of each. Raises InvoiceRefused where the sale was undone."""
    if paid.reversed_at is not None:
        raise invoicing.refused("undone")
    invoiced = invoicing.invoiced_by_order(paid.id, scope=scope)
    return tuple(
        invoicing.Sold(
            order.id, order.name, order.quantity, order.amount, order.revenue_account, invoiced.get(order.id, Money.zero())
        )
        for order in orders.orders_of_basket(basket_id=paid.basket, scope=scope)
        if order.amount
    )  # fmt: skip


def wanted_by_hand(paid: ledger.Payment, lines: tuple[invoicing.InvoiceLine, ...], *, reason: str) -> Wanted:
    """What the responsible leader is asked for: this payment, these sums (RCP-03)."""
    total = Money.total(line.amount for line in lines)
    sums = {str(line.order): line.amount.fen for line in lines}
    return Wanted(INVOICE, "payment", {"payment": paid.id, "fen": total.fen, "lines": sums}, len(lines), reason, (paid.hall,))  # fmt: skip


def told(
    invoice: invoicing.Invoice, happened: str, *, by: Actor | None, at: datetime, **more: object
) -> None:
    """On record and told; titles, tax numbers and addresses are in neither (SEC-07)."""
    record(
        action=f"invoice.{happened}", subject="invoice", subject_id=invoice.id, hall_id=invoice.hall, by=by, at=at,
        rule="RCP-04", details={
            "serial": invoice.serial, "kind": invoice.kind.value, "fen": invoice.amount.fen, "number": invoice.number,
            "payment": invoice.payment, **more,
        },
    )  # fmt: skip
    publish(topic="invoice.changed", hall_id=invoice.hall, at=at, payload={"invoice": invoice.id, "payment": invoice.payment})  # fmt: skip


def note(invoice: invoicing.Invoice, *, answer: invoicing.Answer, at: datetime) -> None:
    """What the tax side said about an invoice, in the caller's transaction."""
    changed = invoicing.note_answer(invoice=invoice, answer=answer, at=at)
    if changed is not None:
        told(changed, "issued" if changed.number else "refused", by=None, at=at)


def on_paper(invoice: invoicing.Invoice, *, by: Actor, at: datetime) -> invoicing.Invoice:
    """Made out under the next number of this counter's book (RCP-01). Raises BookUsedUp, InvoiceRefused."""
    if by.counter_id is None:
        raise invoicing.refused("no_counter")
    drawn = numbers.draw_number(kind=INVOICE_BOOK, counter_id=by.counter_id)
    return invoicing.issue_on_paper(invoice=invoice, number=drawn.number, book_id=drawn.book_id, by=by, at=at)


def tax_side() -> invoicing.TaxSide | None:
    """The tax side, plugged in by settings; None where none is connected: then electronic invoices wait."""
    return _tax_side(settings.PLUGS["tax_side"], settings.INVOICE_URL, settings.INVOICE_KEY)


@lru_cache(maxsize=2)
def _tax_side(plug: str, url: str, key: str) -> invoicing.TaxSide | None:
    return cast(Callable[[str, str], invoicing.TaxSide], import_string(plug))(url, key) if url else None


def amounts(typed: dict[int, Money]) -> dict[OrderId, Money]:
    """Sums by service as a form or a programme gave them; none of a service is not a line."""
    return {OrderId(order): amount for order, amount in typed.items() if amount}
