"""收款 Take the payment of a basket: money, receipt, orders, terms, access and work orders, all or nothing (PAY-01, LED-03)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from onehall.contexts.custody import api as custody
from onehall.contexts.customers import api as customers
from onehall.contexts.ledger import api as ledger
from onehall.contexts.numbers import api as numbers
from onehall.contexts.orders import api as orders
from onehall.foundation.audit import record
from onehall.foundation.database import transaction
from onehall.foundation.documents.services import issue_document
from onehall.foundation.idempotency import once
from onehall.foundation.outbox import publish
from onehall.foundation.policy import PolicyBook
from onehall.foundation.policy.services import policy_book
from onehall.foundation.scopes import Actor
from onehall.foundation.values.ids import BasketId, CounterId, DocumentId, PaymentId
from onehall.foundation.values.money import Money
from onehall.steps import sale_papers
from onehall.steps.settlement import Delivered, deliver
from onehall.steps.work import issue_work

RECEIPT = "receipt"
"""The kind of book that receipts are drawn from."""


@dataclass(frozen=True, slots=True)
class PaymentTaken:
    """What the clerk sees and calls out. `secrets` (account, initial password) come once and are kept nowhere (LAW-03)."""

    payment_id: PaymentId
    basket_id: BasketId
    receipt_number: str
    document_id: DocumentId
    fen: int
    tendered_fen: int
    change_fen: int
    receipts_left: int
    seconds: int
    pending: bool
    secrets: tuple[tuple[str, str], ...] = ()

    @property
    def amount(self) -> Money:
        """What was paid."""
        return Money(self.fen)

    @property
    def tendered(self) -> Money:
        """What was handed over."""
        return Money(self.tendered_fen)

    @property
    def change(self) -> Money:
        """What goes back."""
        return Money(self.change_fen)


def take_payment(
    *, basket_id: BasketId, due: Money, tendered: Money, intent: UUID, by: Actor, at: datetime
) -> PaymentTaken:
    """Settles the basket in cash. `due` is what the clerk's screen showed: if the basket changed meanwhile, nothing is taken.

    Pressed twice, or the answer lost: the first payment comes back (ORD-13).
    """
    with transaction():
        by.require("payment.take")
        body = {"basket": basket_id, "due": due.fen, "tendered": tendered.fen}
        attempt = once(key=intent, journey="take_payment", by=by, body=body, at=at)
        if attempt.result is not None:
            return PaymentTaken(**attempt.result)
        if by.counter_id is None:
            raise custody.NoOpenDrawer()
        book = policy_book(hall_id=by.hall_id, at=at)
        settlement = orders.settle_basket(basket_id=basket_id, amount=due, by=by, at=at)
        tender = ledger.pay_in_cash(due, tendered)
        payment = _book(settlement, tender, by.counter_id, intent, book, by, at)
        delivered = deliver(settlement=settlement, book=book, by=by, at=at)
        issue_work(party_id=settlement.party_id, work=delivered.work, book=book, by=by, at=at)
        drawn, document_id = _receipt(settlement, payment, tender, delivered, by.counter_id, book, by, at)
        facts: dict[str, Any] = {
            "payment_id": payment,
            "basket_id": basket_id,
            "receipt_number": drawn.number,
            "document_id": document_id,
            "fen": due.fen,
            "tendered_fen": tender.tendered.fen,
            "change_fen": tender.change.fen,
            "receipts_left": drawn.remaining,
            "seconds": settlement.handling_seconds,
            "pending": delivered.pending,
        }
        attempt.finish(facts)
        _announce(settlement, facts, delivered, book, by, at)
    return PaymentTaken(**facts, secrets=tuple((slip.account, slip.secret) for slip in delivered.slips))


def _book(
    settlement: orders.Settlement,
    tender: ledger.Tender,
    counter_id: CounterId,
    intent: UUID,
    book: PolicyBook,
    by: Actor,
    at: datetime,
) -> PaymentId:
    open_means = book[ledger.OPEN_MEANS]
    posted = ledger.post_payment(
        intent=intent,
        hall=by.hall_id,
        counter=counter_id,
        basket=settlement.basket_id,
        party=settlement.party_id,
        lines=[(order.revenue_account, order.amount) for order in settlement.orders],
        tenders=[tender],
        open_means=open_means,
        policy_version=book.version,
        by=by,
        at=at,
    )
    passed = custody.Passed(means=tender.means, received=tender.tendered, returned=tender.change)
    custody.take_in(counter=counter_id, payment=posted.payment, passed=[passed], by=by, at=at)
    return posted.payment


def _receipt(
    settlement: orders.Settlement,
    payment: PaymentId,
    tender: ledger.Tender,
    delivered: Delivered,
    counter_id: CounterId,
    book: PolicyBook,
    by: Actor,
    at: datetime,
) -> tuple[numbers.DrawnNumber, DocumentId]:
    """The book's row is locked last: it is what clerks of one counter would wait for."""
    payer, address = customers.payer(
        settlement.party_id, dwelling_id=settlement.orders[0].dwelling_id, scope=by.scope
    )
    form = sale_papers.receipt(
        settlement=settlement,
        terms={term.order_id: term.period for term in delivered.terms if term.order_id is not None},
        tenders=[tender],
        payer=payer,
        address=address,
        by=by,
        at=at,
    )
    drawn = numbers.draw_number(kind=RECEIPT, counter_id=counter_id)
    issued = ledger.issue_receipt(
        payment=payment,
        kind=RECEIPT,
        number=drawn.number,
        book=drawn.book_id,
        payer=payer,
        copies=book[ledger.RECEIPT_COPIES],
        by=by,
        at=at,
    )
    paper = issue_document(
        form,
        hall_id=by.hall_id,
        serial=drawn.number,
        subject=RECEIPT,
        subject_id=issued.receipt,
        by=by,
        at=at,
    )
    return drawn, paper.id


def _announce(
    settlement: orders.Settlement,
    facts: dict[str, Any],
    delivered: Delivered,
    book: PolicyBook,
    by: Actor,
    at: datetime,
) -> None:
    record(
        action="payment.taken",
        subject="payment",
        subject_id=str(facts["payment_id"]),
        hall_id=by.hall_id,
        by=by,
        at=at,
        rule="PAY-01",
        policy_version=book.version,
        details={
            "basket": settlement.basket_id,
            "receipt": facts["receipt_number"],
            "fen": facts["fen"],
            "orders": [order.id for order in settlement.orders],
            "seconds": settlement.handling_seconds,
        },
    )
    publish(
        topic="payment.taken",
        hall_id=by.hall_id,
        at=at,
        payload={"basket": settlement.basket_id, "work": len(delivered.work)},
    )
