"""冲销 Take an earlier sale back whole once a second person agreed: money, paper, orders, terms, access, work orders (RCP-01, SEC-04)."""

from dataclasses import asdict, dataclass
from datetime import datetime
from uuid import UUID

from onehall.contexts.invoicing import api as invoicing
from onehall.contexts.ledger import api as ledger
from onehall.foundation.database import transaction
from onehall.foundation.idempotency import once
from onehall.foundation.policy.services import policy_book
from onehall.foundation.scopes import Actor, Scope
from onehall.foundation.values.ids import PaymentId
from onehall.steps import reversing
from onehall.steps.second_person import ask_approval, use_approval
from onehall.steps.undoing import SaleReversed, undo_sale


@dataclass(frozen=True, slots=True)
class ReversalAsked:
    """Why; how many copies of the receipt are at hand; the request by which a second person agreed."""

    reason: str
    copies_present: int = 0
    approval: int | None = None


def reverse_sale(
    *, payment_id: PaymentId, asked: ReversalAsked, intent: UUID, by: Actor, at: datetime
) -> SaleReversed:
    """Undoes the sale, all or nothing, dated now, the cash out of the actor's own drawer.

    Raises ReversalAwaited once its request stands, ReversalRefused (what was rendered or has begun stays), UndoneAlready,
    OrderNotVoidable, LaterSaleDepends, DrawerShort, NoOpenDrawer, and what refuses an approval.
    """
    awaited = 0
    with transaction():
        by.require("sale.reverse")
        body = {"payment": payment_id, **asdict(asked)}
        attempt = once(key=intent, journey="reverse_sale", by=by, body=body, at=at)
        done = attempt.result
        if done is None:
            book = policy_book(hall_id=by.hall_id, at=at)
            paid = ledger.payment(payment_id, scope=Scope.of(by.hall_id))
            invoicing.check_not_invoiced(payment=paid.id, scope=by.scope)
            wanted = reversing.wanted(paid, reason=asked.reason, by=by, at=at)
            if asked.approval is None:
                done = {"awaited": ask_approval(wanted, book=book, by=by, at=at).id}
            else:
                use_approval(asked.approval, wanted=wanted, what=f"payment {payment_id}", by=by, at=at)
                done = asdict(undo_sale(paid, **asdict(asked), book=book, by=by, at=at))
            attempt.finish(done)
        awaited = done.get("awaited", 0)
    if awaited:
        raise reversing.ReversalAwaited(number=awaited)
    return SaleReversed(**{**done, "void": tuple(done["void"])})
