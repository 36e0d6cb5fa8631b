"""收款 Take the payment of a basket: money, receipt, orders, terms, access and work orders, all or nothing (PAY-01, LED-03)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from onehall.contexts.custody import api as custody
from onehall.contexts.ledger import api as ledger
from onehall.contexts.orders import api as orders
from onehall.foundation.database import ahead, transaction
from onehall.foundation.idempotency import once
from onehall.foundation.policy.services import policy_book
from onehall.foundation.scopes import Actor
from onehall.foundation.values.ids import BasketId, DocumentId, PaymentId
from onehall.foundation.values.money import Money
from onehall.steps import papers_due
from onehall.steps.charging import held
from onehall.steps.taking import Taken, take, tell_taken

_NOTHING = Money.zero()


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
    *,
    basket_id: BasketId,
    due: Money,
    tendered: Money,
    charges: Sequence[int] = (),
    balance: Money = _NOTHING,
    intent: UUID,
    by: Actor,
    at: datetime,
) -> PaymentTaken:
    """Settles the basket in cash (`tendered`), with what was charged for it before, which is used up by this payment alone, and
    with so much of the customer's prepaid `balance`.

    `due` is what the clerk's screen showed: if the basket changed meanwhile, nothing is taken.

    Pressed twice, or the answer lost: the first payment comes back (ORD-13).
    """
    with transaction():
        by.require("payment.take")
        body = {
            "basket": basket_id,
            "due": due.fen,
            "tendered": tendered.fen,
            **({"charges": list(charges)} if charges else {}),
            **({"balance": balance.fen} if balance else {}),
        }
        claim = ahead(once, key=intent, journey="take_payment", by=by, body=body, at=at)
        settling = ahead(orders.settle_basket, basket_id=basket_id, amount=due, by=by, at=at)
        attempt = claim.answer()
        if attempt.result is not None:
            settling.disregard()
            return PaymentTaken(**attempt.result)
        settlement = settling.answer()
        if by.counter_id is None:
            raise custody.NoOpenDrawer()
        book = policy_book(hall_id=by.hall_id, at=at, version=by.policy_version)
        papers_due.check_complete(settlement.orders, scope=by.scope)
        taken = take(
            settlement=settlement, charges=held(charges, basket_id), cash=tendered, balance=balance, counter_id=by.counter_id,
            copies=book[ledger.RECEIPT_COPIES], intent=intent, book=book, by=by, at=at,
        )  # fmt: skip
        facts = _facts(taken, settlement)
        attempt.finish(facts)
        tell_taken(taken, settlement, version=book.version, by=by, at=at)
    return PaymentTaken(**facts, secrets=tuple((slip.account, slip.secret) for slip in taken.delivered.slips))


def _facts(taken: Taken, settlement: orders.Settlement) -> dict[str, Any]:
    return {
        "payment_id": taken.payment,
        "basket_id": settlement.basket_id,
        "receipt_number": taken.drawn.number,
        "document_id": taken.document_id,
        "fen": settlement.amount.fen,
        "tendered_fen": sum(one.tendered.fen for one in taken.tenders),
        "change_fen": sum(one.change.fen for one in taken.tenders),
        "receipts_left": taken.drawn.remaining,
        "seconds": settlement.handling_seconds,
        "pending": taken.delivered.pending,
    }
