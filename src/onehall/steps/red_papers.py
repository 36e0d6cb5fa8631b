"""红字收据: the paper of a reversed sale, void with every copy, else undone by a red one with its own number (RCP-01)."""

from dataclasses import dataclass, replace
from datetime import datetime

from onehall.contexts.customers import api as customers
from onehall.contexts.invoicing import api as invoicing
from onehall.contexts.ledger import api as ledger
from onehall.contexts.numbers import api as numbers
from onehall.contexts.orders import api as orders
from onehall.contexts.organisation import api as organisation
from onehall.foundation.documents import forms
from onehall.foundation.documents.services import issue_document
from onehall.foundation.scopes import Actor
from onehall.foundation.values.ids import CounterId, DocumentId
from onehall.foundation.values.money import Money
from onehall.foundation.values.period import local
from onehall.steps import sale_papers
from onehall.steps.collection import RECEIPT
from onehall.steps.papers import head_of

RED_RECEIPT = "red_receipt"
"""The subject of a red receipt's paper."""


@dataclass(frozen=True, slots=True)
class PaperUndone:
    """The numbers of the receipts that are void now, and the red receipt where copies are still with the customer."""

    void: tuple[str, ...] = ()
    red: str = ""
    document: DocumentId | None = None


def undo_paper(
    *, paid: ledger.Payment, counter: CounterId, reason: str, copies_present: int, by: Actor, at: datetime
) -> PaperUndone:
    """Void with every copy, or a red receipt with its own number from this counter's book (RCP-01).

    The payment is reversed before. Raises MoreThanAll, BookUsedUp, PaperUndone.
    """
    standing = [one for one in ledger.receipts_of_payment(paid.id, scope=by.scope) if one.voided_at is None]
    done = PaperUndone()
    for receipt in standing:
        how = invoicing.undoing(number=receipt.number, copies=receipt.copies, present=copies_present)
        if how is invoicing.Undoing.VOID:
            ledger.void_receipt(
                receipt=receipt.id, reason=reason, copies_present=copies_present, by=by, at=at
            )
            done = replace(done, void=(*done.void, receipt.number))
        else:
            done = _red(receipt, paid, counter, reason, by, at)
    return done


def _red(
    receipt: ledger.Receipt, paid: ledger.Payment, counter: CounterId, reason: str, by: Actor, at: datetime
) -> PaperUndone:
    drawn = numbers.draw_number(kind=RECEIPT, counter_id=counter)
    red = invoicing.issue_red(
        receipt=receipt.id, hall=receipt.hall, amount=receipt.amount, copies=receipt.copies, number=drawn.number,
        book=drawn.book_id, reason=reason, counter=counter, by=by, at=at,
    )  # fmt: skip
    form = _red_paper(receipt, paid, counter, reason, by, at)
    paper = issue_document(
        form, hall_id=receipt.hall, serial=red.number, subject=RED_RECEIPT, subject_id=red.id, by=by, at=at
    )
    return PaperUndone((), red.number, paper.id)


def _red_paper(
    receipt: ledger.Receipt, paid: ledger.Payment, counter: CounterId, reason: str, by: Actor, at: datetime
) -> forms.RedReceipt:
    """红字收据: what the receipt said, each amount with the opposite sign, and which receipt it undoes and why."""
    sold = orders.orders_of_basket(basket_id=paid.basket, scope=by.scope)
    issuer = organisation.issuer(hall_id=receipt.hall, counter_id=counter, scope=by.scope)
    _, address = customers.payer(paid.party, dwelling_id=sold[0].dwelling_id, scope=by.scope)
    day = f"{local(receipt.issued_at):%Y-%m-%d}"
    return forms.RedReceipt(
        head=head_of(issuer), payer=receipt.payer, account=str(sold[0].details.get("account", "")),
        address=address,
        lines=tuple(
            forms.ReceiptLine(label=order.name, quantity=order.quantity, amount=-order.amount) for order in sold
        ),
        total=-receipt.amount,
        tenders=tuple(
            forms.TenderLine(label=sale_papers.means_name(one.means), amount=-one.amount) for one in paid.tenders
        ),
        received=-Money.total(one.amount for one in paid.tenders if one.means is not ledger.Means.PREPAID), change=Money.zero(), cashier=sale_papers.name_of(by), counter=issuer.counter_no,
        paid_at=at,
        remark=f"冲销 {day} 收据 {receipt.number}：{reason} / Reverses receipt {receipt.number} of {day}",
    )  # fmt: skip
