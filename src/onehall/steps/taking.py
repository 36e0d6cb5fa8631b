"""What a payment brings about in every room: money, receipt, orders, terms, access, work, charges used, balance spent (PAY-01, LED-03)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from onehall.contexts.acquiring import api as acquiring
from onehall.contexts.ledger import api as ledger
from onehall.contexts.numbers import api as numbers
from onehall.contexts.orders import api as orders
from onehall.foundation.audit import record
from onehall.foundation.outbox import publish
from onehall.foundation.policy import PolicyBook
from onehall.foundation.scopes import Actor
from onehall.foundation.values.ids import CounterId, DocumentId, PaymentId
from onehall.foundation.values.money import Money
from onehall.steps import charging
from onehall.steps.collection import collect, give_receipt
from onehall.steps.prepaying import spend, with_balance
from onehall.steps.settlement import Delivered, deliver
from onehall.steps.work import issue_work


@dataclass(frozen=True, slots=True)
class Taken:
    """The payment, its receipt, and what it brought."""

    payment: PaymentId
    drawn: numbers.DrawnNumber
    document_id: DocumentId
    tenders: Sequence[ledger.Tender]
    delivered: Delivered


def take(
    *, settlement: orders.Settlement, charges: Sequence[acquiring.Charge], cash: Money, balance: Money, counter_id: CounterId,
    copies: int, intent: UUID, book: PolicyBook, by: Actor, at: datetime,
) -> Taken:  # fmt: skip
    """Everything that a settled basket is paid with: what was charged before, so much of the customer's `balance`, the rest in `cash`.

    `copies` is how many the receipt has on paper. Raises what any of the rooms refuses: then nothing was paid.
    """
    tenders = ledger.pay_mixed(settlement.amount, cash, with_balance(charging.by_means(charges), balance))
    money: dict[str, Any] = {"settlement": settlement, "tenders": tenders, "counter_id": counter_id}
    stamp: dict[str, Any] = {"book": book, "by": by, "at": at}
    collected = collect(**money, intent=intent, **stamp)
    delivered = deliver(settlement=settlement, **stamp)
    issue_work(party_id=settlement.party_id, work=delivered.work, **stamp)
    payment, drawn, document_id = give_receipt(
        **money, collected=collected, terms=delivered.spans, copies=copies, by=by, at=at
    )
    charging.use(charges, basket_id=settlement.basket_id, payment=payment, book=book, at=at)
    spend(balance, settlement=settlement, payment=payment, by=by, at=at)
    return Taken(payment, drawn, document_id, tenders, delivered)


def tell_taken(taken: Taken, settlement: orders.Settlement, *, version: int, by: Actor, at: datetime) -> None:
    """On record, and announced."""
    record(
        action="payment.taken", subject="payment", subject_id=taken.payment, hall_id=by.hall_id, by=by, at=at, rule="PAY-01",
        policy_version=version,
        details={
            "basket_id": settlement.basket_id, "receipt_number": taken.drawn.number, "fen": settlement.amount.fen,
            "seconds": settlement.handling_seconds, "orders": [order.id for order in settlement.orders],
        },
    )  # fmt: skip
    publish(topic="payment.taken", hall_id=by.hall_id, at=at, payload={"basket": settlement.basket_id})
