"""退余额 Pay a customer what is left on their balance, in cash, once a second person agreed (PAY-03, SEC-04)."""

from datetime import datetime
from uuid import UUID

from onehall.contexts.customers import api as customers
from onehall.foundation.database import transaction
from onehall.foundation.idempotency import once
from onehall.foundation.policy.services import policy_book
from onehall.foundation.scopes import Actor
from onehall.foundation.values.ids import PartyId
from onehall.foundation.values.money import Money
from onehall.steps.paying_out import BalanceRefundAwaited, pay_balance_out, wanted_refund
from onehall.steps.second_person import ask_approval, use_approval


def refund_balance(
    *, party_id: PartyId, amount: Money, reason: str, approval: int | None, intent: UUID, by: Actor, at: datetime
) -> Money:  # fmt: skip
    """What was paid out of the actor's own drawer. Without an `approval` one is asked for.

    Raises BalanceRefundAwaited, BalanceRefused, ReversalReason, NoOpenDrawer, DrawerShort, and what refuses an approval.
    """
    with transaction():
        by.require("sale.reverse")
        root = PartyId(customers.root(party_id, scope=by.scope))
        body = {"party": root, "fen": amount.fen, "reason": reason, "approval": approval}
        attempt = once(key=intent, journey="refund_balance", by=by, body=body, at=at)
        done = attempt.result
        if done is None:
            wanted = wanted_refund(root, amount, reason, by)
            if approval is None:
                book = policy_book(hall_id=by.hall_id, at=at)
                done = {"awaited": ask_approval(wanted, book=book, by=by, at=at).id}
            else:
                use_approval(approval, wanted=wanted, what=f"balance {root}", by=by, at=at)
                pay_balance_out(root, amount, approval, by=by, at=at)
                done = {"fen": amount.fen}
            attempt.finish(done)
    if "awaited" in done:
        raise BalanceRefundAwaited(number=done["awaited"])
    return Money(done["fen"])
