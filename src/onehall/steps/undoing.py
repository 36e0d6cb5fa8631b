"""A whole sale taken back later than in its shift: orders, work, terms, access, money, paper (RCP-01, LED-01)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from onehall.contexts.balances import api as balances
from onehall.contexts.custody import api as custody
from onehall.contexts.ledger import api as ledger
from onehall.contexts.orders import api as orders
from onehall.foundation.audit import record
from onehall.foundation.outbox import publish
from onehall.foundation.policy import PolicyBook
from onehall.foundation.scopes import Actor
from onehall.foundation.values.ids import PaymentId
from onehall.foundation.values.money import Money
from onehall.steps.charging import send_back
from onehall.steps.red_papers import undo_paper
from onehall.steps.settlement import take_back
from onehall.steps.work import withdraw_work


@dataclass(frozen=True, slots=True)
class SaleReversed:
    """What goes back to the customer, which receipts are void, or the red receipt with its paper."""

    payment_id: PaymentId
    fen: int
    void: tuple[str, ...]
    red: str
    document_id: int | None

    @property
    def amount(self) -> Money:
        """The sum given back."""
        return Money(self.fen)


def undo_sale(
    paid: ledger.Payment, *, reason: str, copies_present: int, approval: int | None, book: PolicyBook, by: Actor, at: datetime
) -> SaleReversed:  # fmt: skip
    """Undoes all of it, what was paid by telephone to where it came from (PAY-03), the cash out of the actor's own drawer. A second person has agreed: `approval` says where.

    The basket's row is held first, as a void holds it: of two at once the second finds it undone. Raises what these verbs raise.
    """
    if by.counter_id is None:
        raise custody.NoOpenDrawer()
    why: dict[str, Any] = {"reason": reason, "by": by, "at": at}
    voided = orders.void_basket_orders(basket_id=paid.basket, same_shift=False, approved=True, **why)
    withdraw_work(voided=voided, approved=True, **why)
    take_back(voided=voided, book=book, by=by, at=at)
    undone = ledger.reverse_payment(payment=paid.id, counter=by.counter_id, **why)
    custody.pay_out(counter=by.counter_id, payment=paid.id, refunds=undone.refunds, by=by, at=at)
    send_back(payment=paid.id, book=book, **why)
    balances.put_back(payment=paid.id, hall=paid.hall, by=by, at=at)
    paper = undo_paper(paid=paid, counter=by.counter_id, copies_present=copies_present, **why)
    done = SaleReversed(paid.id, paid.amount.fen, paper.void, paper.red, paper.document)
    sold = [order.id for order in voided]
    details = {"fen": done.fen, "void": done.void, "red": done.red, "approval": approval, "orders": sold}
    record(
        action="sale.reversed", subject="payment", subject_id=paid.id, hall_id=paid.hall, by=by, at=at, rule="RCP-01",
        policy_version=book.version, details=details,
    )  # fmt: skip
    publish(topic="sale.reversed", hall_id=paid.hall, at=at, payload={"basket": paid.basket})
    return done
