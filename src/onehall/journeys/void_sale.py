"""当班作废 Take a whole sale back in the shift that made it: receipt, money, orders, terms, access, work orders (RCP-01)."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from onehall.contexts.balances import api as balances
from onehall.contexts.invoicing import api as invoicing
from onehall.contexts.ledger import api as ledger
from onehall.contexts.orders import api as orders
from onehall.foundation.audit import record
from onehall.foundation.database import transaction
from onehall.foundation.idempotency import once
from onehall.foundation.outbox import publish
from onehall.foundation.policy.services import policy_book
from onehall.foundation.scopes import Actor
from onehall.foundation.values.ids import PaymentId
from onehall.foundation.values.money import Money
from onehall.steps.charging import send_back
from onehall.steps.collection import give_back, is_same_shift
from onehall.steps.settlement import take_back
from onehall.steps.work import withdraw_work


@dataclass(frozen=True, slots=True)
class SaleVoided:
    """What goes back to the customer, and which receipts are void."""

    payment_id: PaymentId
    fen: int
    receipts: tuple[str, ...]

    @property
    def amount(self) -> Money:
        """The sum given back."""
        return Money(self.fen)


def void_sale(
    *, payment_id: PaymentId, reason: str, copies_present: int, intent: UUID, by: Actor, at: datetime
) -> SaleVoided:
    """Undoes the sale, all or nothing. Refused after the shift, once work has begun, or without every copy of the receipt."""
    with transaction():
        by.require("sale.void")
        body = {"payment": payment_id, "reason": reason, "copies": copies_present}
        attempt = once(key=intent, journey="void_sale", by=by, body=body, at=at)
        if attempt.result is not None:
            return SaleVoided(**{**attempt.result, "receipts": tuple(attempt.result["receipts"])})
        book = policy_book(hall_id=by.hall_id, at=at)
        paid = ledger.payment(payment_id, scope=by.scope)
        invoicing.check_not_invoiced(payment=paid.id, scope=by.scope)
        voided = orders.void_basket_orders(
            basket_id=paid.basket, reason=reason, same_shift=is_same_shift(paid=paid, by=by), by=by, at=at
        )
        withdraw_work(voided=voided, reason=reason, by=by, at=at)
        take_back(voided=voided, book=book, by=by, at=at)
        void = give_back(paid=paid, reason=reason, copies_present=copies_present, by=by, at=at)
        send_back(payment=payment_id, reason=reason, book=book, by=by, at=at)
        balances.put_back(payment=payment_id, hall=paid.hall, by=by, at=at)
        attempt.finish({"payment_id": payment_id, "fen": paid.amount.fen, "receipts": void})
        record(
            action="sale.voided",
            subject="payment",
            subject_id=payment_id,
            hall_id=paid.hall,
            by=by,
            at=at,
            rule="RCP-01",
            policy_version=book.version,
            details={"receipts": void, "fen": paid.amount.fen, "orders": [order.id for order in voided]},
        )
        publish(topic="sale.voided", hall_id=paid.hall, at=at, payload={"basket": paid.basket})
    return SaleVoided(payment_id, paid.amount.fen, void)
